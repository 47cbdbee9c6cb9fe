"""Shapley values: the exact contributions of players to a difference, over all subsets.

Shapley (1953, Contributions to the Theory of Games II:307). A player's value is its marginal
contribution, averaged over all orders in which players could join. The values of all players add up
to the effect of all of them together.
"""

from __future__ import annotations

from math import factorial
from typing import Any

import numpy as np
from numpy.typing import NDArray

MAX_PLAYERS = 12
"""The most players whose subsets are enumerated."""


def all_subsets(players: int) -> NDArray[np.bool_]:
    """Return all subsets of the players, (subset, player); the first is empty, the last full.

    Subset number s has player p where bit p of s is set.
    """
    if not 0 <= players <= MAX_PLAYERS:
        raise ValueError(f"{players} players; at most {MAX_PLAYERS} are possible")
    numbers = np.arange(2**players)
    return (numbers[:, None] >> np.arange(players)) % 2 == 1


def shapley_values(values: NDArray[Any]) -> NDArray[np.float64]:
    """Return each player's value, (player, ...), from the values of all subsets, (subset, ...)."""
    players = len(values).bit_length() - 1
    if len(values) != 2**players:
        raise ValueError(f"{len(values)} subsets; a power of two is needed")
    weight, has = _order_shares(players), all_subsets(players)
    shares = np.zeros((players, *values.shape[1:]))
    for player in range(players):
        without = np.flatnonzero(~has[:, player])
        added = values[without + 2**player] - values[without]
        shares[player] = np.tensordot(weight[has[without].sum(axis=1)], added, axes=1)
    return shares


def _order_shares(players: int) -> NDArray[np.float64]:
    """Return the share of orders in which a player joins after a number of others, by number."""
    return np.array(
        [
            factorial(size) * factorial(players - size - 1) / factorial(players)
            for size in range(players)
        ]
    )
