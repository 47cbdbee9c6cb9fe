"""Arrow arrays of numpy arrays and back, by way of their memory.

Arrow's own conversions load pandas, which takes longer than anything else that a small run loads.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from sim.model.recording.history import Coded


def make_array(values: NDArray[Any]) -> pa.Array:
    """Return numbers, facts or texts as an Arrow array; NaN becomes an empty cell."""
    if values.dtype.kind in "OUT":
        return pa.array(values, pa.string(), from_pandas=True)
    if values.dtype.kind == "b":
        return pa.Array.from_buffers(pa.bool_(), len(values), [None, _pack_bits(values)])
    kind, data = pa.from_numpy_dtype(values.dtype), pa.py_buffer(np.ascontiguousarray(values))
    if values.dtype.kind != "f":
        return pa.Array.from_buffers(kind, len(values), [None, data])
    defined = ~np.isnan(values)
    empty = len(values) - int(np.count_nonzero(defined))
    return pa.Array.from_buffers(
        kind, len(values), [_pack_bits(defined) if empty else None, data], empty
    )


def make_coded(code: Coded) -> pa.DictionaryArray:
    """Return texts that are numbers with a legend as a column with a dictionary."""
    return pa.DictionaryArray.from_arrays(make_array(code.numbers), make_texts(code.legend))


def make_texts(texts: Sequence[str]) -> pa.Array:
    """Return a few texts as an Arrow array."""
    parts = [text.encode() for text in texts]
    ends = np.cumsum([0, *map(len, parts)], dtype=np.int32)
    buffers = [None, pa.py_buffer(ends), pa.py_buffer(b"".join(parts))]
    return pa.Array.from_buffers(pa.string(), len(parts), buffers)


def read_array(column: pa.ChunkedArray) -> NDArray[Any]:
    """Return a column as a numpy array; empty cells of numbers become NaN."""
    kind = column.type
    if not (pa.types.is_boolean(kind) or pa.types.is_integer(kind) or pa.types.is_floating(kind)):
        texts: NDArray[Any] = column.to_numpy()
        return texts
    parts = [_read_part(part) for part in column.chunks]
    return np.concatenate(parts) if parts else np.zeros(0, _find_type(kind))


def _read_part(part: pa.Array) -> NDArray[Any]:
    defined, data = part.buffers()
    if pa.types.is_boolean(part.type):
        values: NDArray[Any] = _unpack_bits(data, part)
    else:
        whole = np.frombuffer(data, _find_type(part.type), part.offset + len(part))
        values = whole[part.offset :]
    if not part.null_count:
        return values
    empty = ~_unpack_bits(defined, part)
    return np.where(empty, np.float32(np.nan) if values.dtype == np.float32 else np.nan, values)


def _find_type(kind: pa.DataType) -> np.dtype[Any]:
    names = {"bool": "bool", "float": "float32", "double": "float64"}
    return np.dtype(names.get(str(kind), str(kind)))


def _unpack_bits(buffer: pa.Buffer, part: pa.Array) -> NDArray[np.bool_]:
    """Return facts that are packed in a buffer, for the rows of a part."""
    bits = np.unpackbits(np.frombuffer(buffer, np.uint8), bitorder="little")
    return bits[part.offset : part.offset + len(part)].astype(bool)


def _pack_bits(facts: NDArray[np.bool_]) -> pa.Buffer:
    return pa.py_buffer(np.packbits(facts, bitorder="little"))
