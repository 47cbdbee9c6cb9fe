"""The limit: the mutual-defence rule of a month in compiled code, world by world.

For every ally that every rival would call, should it begin the war or be attacked, it computes the
relationship (affinity gained, reputation, payment, credibility), the sum of all terms, the chances
of materiel, troops and open war, the keyed draw, and the answer. As in the engine, what does not
change from month to month is passed in: the record that the treaties select, and the facts of the
pairs.

It needs numba, which the package does not.
"""

from __future__ import annotations

from math import exp
from typing import Any

import numpy as np
from numba import njit
from numpy.typing import NDArray

_ROUNDS = 10
_M0, _M1 = np.uint64(0xD2E7470EE14C6C93), np.uint64(0xCA5A826395121157)
_W0, _W1 = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xBB67AE8584CAA73B)
_HALF, _LOW = np.uint64(32), np.uint64(0xFFFFFFFF)
_UNIT = 1.0 / 9007199254740992.0
_ELEVEN = np.uint64(11)


@njit(inline="always")
def _high_product(a: Any, b: Any) -> Any:
    """Return the upper half of a product of two 64-bit numbers."""
    a_low, a_high, b_low, b_high = a & _LOW, a >> _HALF, b & _LOW, b >> _HALF
    low = a_low * b_low
    middle = a_high * b_low + (low >> _HALF)
    other = a_low * b_high + (middle & _LOW)
    return a_high * b_high + (middle >> _HALF) + (other >> _HALF)


@njit(inline="always")
def _philox(counter: Any, month: Any, key0: Any, key1: Any) -> Any:
    """Return the four numbers of Philox4x64-10 (Salmon and others 2011) for one counter."""
    c0, c1, c2, c3 = counter, month, np.uint64(0), np.uint64(0)
    for _ in range(_ROUNDS):
        high0, high1 = _high_product(_M0, c0), _high_product(_M1, c2)
        c0, c1, c2, c3 = high1 ^ c1 ^ key0, _M1 * c2, high0 ^ c3 ^ key1, _M0 * c0
        key0, key1 = key0 + _W0, key1 + _W1
    return c0, c1, c2, c3


@njit(error_model="numpy")
def compute_relationships(pairs: Any, memory: Any, rules: Any, gains: Any, out: Any) -> None:
    """Compute the relationship of ally and partner, (pair, world)."""
    worth, affinity, first, honoured, reneged, succeeded = memory
    interest, reputation, pays, loss, gratitude, mean, weight = rules
    payment, credibility = gains
    for at in range(len(pairs)):
        ally, partner = pairs[at]
        for world in range(out.shape[1]):
            fate = worth[ally, partner, world] + gratitude[world] * (
                affinity[ally, partner, world] - first[ally, partner, world]
            )
            was_honoured = honoured[partner, ally, world]
            seen = weight[world] + was_honoured + reneged[partner, ally, world]
            belief = (mean[world] * weight[world] + was_honoured) / seen
            out[at, world] = (
                interest[world] * fate
                + reputation[world] * (belief - mean[world])
                + pays[world] * payment[at, world]
                + credibility[at, world]
                - loss[world] * succeeded[ally, partner, world]
            )


@njit(error_model="numpy")
def compute_answers(
    constants: Any, relationships: Any, pair: Any, keys: Any, month: Any, weight: Any, out: Any
) -> None:
    """Compute the answer of every ally, (call, world)."""
    at_zero, facts, any_aid, troops, busy, apart = constants
    drawn = np.empty(out.shape[1] + 4)
    for call in range(out.shape[0]):
        _fill_draws(keys[call, 0], keys[call, 1], month, drawn)
        for world in range(out.shape[1]):
            willing = at_zero[call, world] + relationships[pair[call], world] + facts[call, world]
            willing -= weight[world] * busy[call, world]
            against = exp(-willing)
            draw = drawn[world]
            reached = draw * (1 + against) < 1
            level = np.int8(reached)
            level += draw * (1 + against * (troops[call, world] if apart[call] else 1.0)) < 1
            level += draw * (1 + against * (any_aid[call, world] if apart[call] else 1.0)) < 1
            out[call, world] = level


@njit(error_model="numpy")
def _fill_draws(key0: Any, key1: Any, month: Any, drawn: Any) -> None:
    for lane in range(len(drawn) // 4):
        four = _philox(np.uint64(lane + 1), month, key0, key1)
        for at in range(4):
            drawn[4 * lane + at] = (four[at] >> _ELEVEN) * _UNIT


Levels = NDArray[np.int8]
