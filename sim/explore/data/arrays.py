"""Numbers of the worlds as few bytes: bits, counts, or steps of a scale.

What is stored is a code. The number is `zero + scale * code`; the largest code may stand for a
number that is not defined. Codes may be stored as differences, modulo the number of codes: along
the months, and between a side and the first side. Paired worlds are often the same, and a month is
much like the last, so that most differences are zero and compress well.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.statistics.arrays import FloatArray

Codes = NDArray[Any]
MONTHS, SIDES = "months", "sides"
"""The differences that may be stored: along the last axis, and from the first side."""
BITS = "bits"
_LITTLE_ENDIAN = {"u1": "<u1", "u2": "<u2", "f4": "<f4"}
_FEW, _MANY = 2**8 - 1, 2**16 - 1


@dataclass(frozen=True, eq=False)
class PackedArray:
    """An array of a pack.

    Attributes:
        codes: what is stored before differences are taken, in the array's shape; of bits, true or
            false.
        dtype: `u1`, `u2`, `f4` or `bits`.
        scale, zero: the number is `zero + scale * code`.
        missing: the code of a number that is not defined; None where all are.
        delta: which differences are stored: none, `months`, `sides` or both.
    """

    codes: Codes
    dtype: str
    scale: float = 1.0
    zero: float = 0.0
    missing: int | None = None
    delta: tuple[str, ...] = ()

    @property
    def values(self) -> FloatArray:
        """The numbers, in the array's shape; NaN where one is not defined."""
        values = self.zero + self.scale * self.codes.astype(np.float64)
        return (
            values if self.missing is None else np.where(self.codes == self.missing, np.nan, values)
        )

    def describe(self, offset: int) -> dict[str, Any]:
        """Return the entry of the header, given where the bytes begin."""
        entry: dict[str, Any] = {
            "offset": offset,
            "dtype": self.dtype,
            "shape": list(self.codes.shape),
            "scale": self.scale,
            "zero": self.zero,
        }
        if self.missing is not None:
            entry["missing"] = self.missing
        return entry | ({"delta": list(self.delta)} if self.delta else {})

    def to_bytes(self) -> bytes:
        """Return the bytes, little-endian; each row of bits is filled up to a whole byte."""
        if self.dtype == BITS:
            packed = np.packbits(self.codes.astype(bool), axis=-1, bitorder="little")
            if SIDES in self.delta:
                packed[1:] ^= packed[0]
            return packed.tobytes()
        return _differences(self.codes, self.delta).astype(_LITTLE_ENDIAN[self.dtype]).tobytes()


def read_array(entry: dict[str, Any], data: bytes) -> PackedArray:
    """Return an array of a pack.

    Args:
        entry: its entry in the header.
        data: the bytes after the header.
    """
    shape, dtype = tuple(entry["shape"]), entry["dtype"]
    delta = tuple(entry.get("delta", ()))
    if dtype == BITS:
        rows = (*shape[:-1], -(-shape[-1] // 8))
        packed = np.frombuffer(data, np.uint8, int(np.prod(rows)), entry["offset"]).reshape(rows)
        packed = packed.copy()
        if SIDES in delta:
            packed[1:] ^= packed[0]
        codes = np.unpackbits(packed, axis=-1, count=shape[-1], bitorder="little").astype(bool)
    else:
        stored = np.frombuffer(
            data, _LITTLE_ENDIAN[dtype], int(np.prod(shape)), entry["offset"]
        ).reshape(shape)
        codes = _sums(stored, delta)
    return PackedArray(codes, dtype, entry["scale"], entry["zero"], entry.get("missing"), delta)


def pack_bits(flags: NDArray[np.bool_], delta: Iterable[str] = ()) -> PackedArray:
    """Return facts as bits, of any shape."""
    return PackedArray(flags, BITS, delta=tuple(delta))


def pack_counts(counts: NDArray[Any], delta: Iterable[str] = ()) -> PackedArray:
    """Return whole numbers exactly, of any shape; the lowest has code 0.

    Raises:
        ValueError: they differ by more than two bytes hold.
    """
    zero, span = int(counts.min()), int(np.ptp(counts))
    if span > _MANY:
        raise ValueError(f"counts that differ by {span} do not fit two bytes")
    dtype = "u1" if span <= _FEW else "u2"
    codes = (counts - zero).astype(_LITTLE_ENDIAN[dtype])
    return PackedArray(codes, dtype, 1, zero, delta=tuple(delta))


def pack_numbers(values: FloatArray, dtype: str = "u2", delta: Iterable[str] = ()) -> PackedArray:
    """Return numbers in equal steps from the lowest to the highest, of any shape.

    A number is off by half a step at most; NaN is stored as not defined.
    """
    missing = _FEW if dtype == "u1" else _MANY
    defined = np.isfinite(values)
    low, high = (
        float(end(values[defined], initial=0.0 if not defined.any() else values[defined][0]))
        for end in (np.min, np.max)
    )
    scale = (high - low) / (missing - 1) or 1.0
    codes = np.rint((np.where(defined, values, low) - low) / scale).astype(_LITTLE_ENDIAN[dtype])
    codes[~defined] = missing
    return PackedArray(codes, dtype, scale, low, missing, tuple(delta))


def _differences(codes: Codes, delta: tuple[str, ...]) -> Codes:
    if MONTHS in delta:
        codes = np.diff(codes, axis=-1, prepend=codes.dtype.type(0))
    if SIDES in delta:
        codes = np.concatenate([codes[:1], codes[1:] - codes[:1]])
    return codes


def _sums(stored: Codes, delta: tuple[str, ...]) -> Codes:
    """Return codes from the differences stored: first from the first side, then along months."""
    if SIDES in delta:
        stored = np.concatenate([stored[:1], stored[1:] + stored[:1]])
    if MONTHS in delta:
        stored = np.cumsum(stored, axis=-1, dtype=stored.dtype)
    return stored
