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
_MULTIPLIERS = np.uint64(0xD2E7470EE14C6C93), np.uint64(0xCA5A826395121157)
_KEY_STEPS = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xBB67AE8584CAA73B)
_HALF, _LOW_HALF = np.uint64(32), np.uint64(0xFFFFFFFF)
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
    lanes = np.stack(_generate((counters, months, zeros, zeros), (keys[0], keys[1])))
    drawn = lanes[(worlds % np.uint64(LANES)).astype(np.intp), np.arange(len(worlds))]
    return (drawn >> _UNUSED_BITS).astype(np.float64) * _UNIT


def _generate(
    counter: tuple[Words, Words, Words, Words], key: tuple[Words, Words]
) -> tuple[Words, Words, Words, Words]:
    first, second, third, fourth = counter
    one, other = key
    for _ in range(_ROUNDS):
        high, low = _multiply(_MULTIPLIERS[0], first)
        higher, lower = _multiply(_MULTIPLIERS[1], third)
        first, second, third, fourth = higher ^ second ^ one, lower, high ^ fourth ^ other, low
        one, other = one + _KEY_STEPS[0], other + _KEY_STEPS[1]
    return first, second, third, fourth


def _multiply(factor: np.uint64, words: Words) -> tuple[Words, Words]:
    """Return the upper and the lower word of a product of 128 bits."""
    factor_low, factor_high = factor & _LOW_HALF, factor >> _HALF
    low, high = words & _LOW_HALF, words >> _HALF
    crossed = high * factor_low + (low * factor_low >> _HALF)
    middle = low * factor_high + (crossed & _LOW_HALF)
    return high * factor_high + (crossed >> _HALF) + (middle >> _HALF), words * factor
