"""The generator of the streams, evaluated for scattered counters at once.

numpy's generator yields the numbers of one key after another, which is the fastest way to a number
for every world. For a few worlds of many keys it is evaluated here, with equal results: Philox with
four lanes of 64 bits and ten rounds (Salmon and others 2011).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.model.arrays import Vector

Words = NDArray[np.uint64]

LANES = 4
"""Numbers that Philox generates from one counter."""
_ROUNDS = 10
_FACTORS = np.array([0xD2E7470EE14C6C93, 0xCA5A826395121157], np.uint64)
_KEY_STEPS = np.array([0x9E3779B97F4A7C15, 0xBB67AE8584CAA73B], np.uint64)
"""Of the two lanes that are multiplied."""
_HALF, _LOW_HALF = np.array(32, np.uint64), np.array(0xFFFFFFFF, np.uint64)
"""Arrays of no axis, since numpy takes a microsecond to make one of a number."""
_UNUSED_BITS, _UNIT = np.uint64(11), 2.0**-53


def scattered_uniform(keys: Words, months: Words, worlds: Words) -> Vector:
    """Return one number in [0, 1) for each case, (case,): the one that a stream has for it.

    Args:
        keys: the generator's key of each case, (2, case).
        months: month of each case, the second word of its counter, (case,).
        worlds: number of the world of each case, (case,).
    """
    counters = worlds // np.uint64(LANES) + np.uint64(1)  # numpy counts before it generates
    zeros = np.zeros_like(counters)
    lanes = _generate(np.stack([counters, zeros]), np.stack([months, zeros]), keys)
    drawn = lanes[(worlds % np.uint64(LANES)).astype(np.intp), np.arange(len(worlds))]
    return (drawn >> _UNUSED_BITS).astype(np.float64) * _UNIT


def _generate(outer: Words, inner: Words, keys: Words) -> Words:
    """Return what the generator makes of its four lanes, (lane, case).

    Two lanes at a time are worked on as one array.

    Args:
        outer: the first and the third lane, which every round multiplies, (2, case).
        inner: the second and the fourth, (2, case).
        keys: the generator's key, (2, case).
    """
    factors, steps = (pair.repeat(keys.shape[1]).reshape(2, -1) for pair in (_FACTORS, _KEY_STEPS))
    halves = factors & _LOW_HALF, factors >> _HALF
    keys = keys.copy()
    for _ in range(_ROUNDS):
        upper, lower = _upper_words(outer, *halves), outer * factors
        outer, inner = upper[::-1] ^ inner, lower[::-1]
        outer ^= keys
        keys += steps
    return np.stack([outer, inner], axis=1).reshape(LANES, -1)


def _upper_words(words: Words, factor_low: Words, factor_high: Words) -> Words:
    """Return the upper words of products of 128 bits; factors are given as their halves.

    Sums are made in place, which takes a tenth less time.
    """
    low, high = words & _LOW_HALF, words >> _HALF
    crossed = low * factor_low
    crossed >>= _HALF
    crossed += high * factor_low
    low *= factor_high
    low += crossed & _LOW_HALF  # what stands in the middle
    high *= factor_high
    crossed >>= _HALF
    high += crossed
    low >>= _HALF
    high += low
    return high
