"""A pack: a header and its arrays in one compressed file, written and read.

The file is gzip of: four bytes `SIMX`, the length of the header as four bytes, the header as JSON,
and the arrays, each at a multiple of four bytes. The same header and arrays are the same bytes.
"""

from __future__ import annotations

import gzip
import json
import zlib
from struct import Struct
from typing import Any

from sim.errors import RequestError
from sim.explore.data.arrays import PackedArray, read_array

MAGIC = b"SIMX"
PACK_FORMAT = 1
"""Increases when a page of before can no longer read a pack."""
_LENGTH = Struct("<I")
_ALIGNMENT = 4
_COMPRESSION = 9


def encode_pack(header: dict[str, Any]) -> bytes:
    """Return a pack as a compressed file.

    Args:
        header: what JSON can hold, with an array wherever numbers of the worlds belong.
    """
    arrays = bytearray()
    text = _render(_place(header, arrays))
    text += b" " * (-len(text) % _ALIGNMENT)
    raw = MAGIC + _LENGTH.pack(len(text)) + text + bytes(arrays)
    return gzip.compress(raw, _COMPRESSION, mtime=0)


def decode_pack(packed: bytes) -> dict[str, Any]:
    """Return the header of a compressed file, with its arrays where they belong.

    Raises:
        RequestError: it is no pack, or one of another format.
    """
    try:
        raw = gzip.decompress(packed)
    except (OSError, EOFError, zlib.error):
        raise RequestError("is not a pack of worlds: it is not compressed by gzip") from None
    if raw[: len(MAGIC)] != MAGIC:
        raise RequestError("is not a pack of worlds: it does not begin with SIMX")
    begin = len(MAGIC) + _LENGTH.size
    [length] = _LENGTH.unpack_from(raw, len(MAGIC))
    header = json.loads(raw[begin : begin + length])
    if header["format"] != PACK_FORMAT:
        raise RequestError(f"a pack of format {header['format']}\n    allowed: {PACK_FORMAT}")
    restored: dict[str, Any] = _restore(header, raw[begin + length :])
    return restored


def _place(part: Any, arrays: bytearray) -> Any:
    """Return a part of the header with every array replaced by where its bytes were put."""
    match part:
        case PackedArray():
            offset = len(arrays)
            arrays += part.to_bytes()
            arrays += bytes(-len(arrays) % _ALIGNMENT)
            return part.describe(offset)
        case dict():
            return {name: _place(item, arrays) for name, item in part.items()}
        case list() | tuple():
            return [_place(item, arrays) for item in part]
        case _:
            return part


def _restore(part: Any, data: bytes) -> Any:
    match part:
        case {"offset": _, "dtype": _, "shape": _}:
            return read_array(part, data)
        case dict():
            return {name: _restore(item, data) for name, item in part.items()}
        case list():
            return [_restore(item, data) for item in part]
        case _:
            return part


def _render(header: dict[str, Any]) -> bytes:
    return json.dumps(header, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode()
