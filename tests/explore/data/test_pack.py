"""A pack is one file from which header and arrays come back."""

from __future__ import annotations

import gzip
import json
from typing import Any

import numpy as np
import pytest

from sim.errors import RequestError
from sim.explore.data.arrays import pack_bits, pack_counts
from sim.explore.data.pack import PACK_FORMAT, decode_pack, encode_pack


def small() -> dict[str, Any]:
    """Return a header with arrays at two depths."""
    return {
        "format": PACK_FORMAT,
        "title": "Überfall, 10 % – “so”",
        "parts": [{"values": pack_counts(np.array([3, 4, 9]))}],
        "flags": pack_bits(np.array([True, False])),
        "nothing": None,
    }


def test_header_and_arrays_come_back() -> None:
    header = decode_pack(encode_pack(small()))
    assert header["title"] == "Überfall, 10 % – “so”"
    assert header["parts"][0]["values"].values.tolist() == [3, 4, 9]
    assert header["flags"].values.tolist() == [1, 0]
    assert header["nothing"] is None


def test_the_file_is_laid_out_as_documented() -> None:
    raw = gzip.decompress(encode_pack(small()))
    length = int.from_bytes(raw[4:8], "little")
    header = json.loads(raw[8 : 8 + length])
    assert raw[:4] == b"SIMX"
    assert length % 4 == 0
    assert header["parts"][0]["values"]["offset"] == 0
    assert header["flags"]["offset"] == 4
    assert raw[8 + length :] == bytes([0, 1, 6, 0, 1, 0, 0, 0])


def test_the_same_pack_is_the_same_bytes() -> None:
    assert encode_pack(small()) == encode_pack(small())


@pytest.mark.parametrize(
    ("packed", "message"),
    [
        (b"no gzip", "not compressed by gzip"),
        (gzip.compress(b"SIM" * 5), "does not begin with SIMX"),
        (encode_pack({"format": 99}), "format 99\n    allowed: 1"),
    ],
    ids=["no gzip", "another file", "another format"],
)
def test_what_is_no_pack_is_refused(packed: bytes, message: str) -> None:
    with pytest.raises(RequestError, match=message):
        decode_pack(packed)
