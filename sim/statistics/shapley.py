"""Shapley values: a difference split fairly over what made it, exactly, over all subsets.

Shapley (1953, Contributions to the Theory of Games II:307). A player's value is what it adds,
averaged over all orders in which the players could come in. The values of all players add up to
what all of them change together.
"""

from __future__ import annotations

from math import factorial
from typing import Any

import numpy as np
from numpy.typing import NDArray

MAX_PLAYERS = 12
"""Players beyond which all subsets would be too many."""


def all_subsets(players: int) -> NDArray[np.bool_]:
    """Return all subsets of so many players, (subset, player); the first is empty, the last full.

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
    found = np.zeros((players, *values.shape[1:]))
    for player in range(players):
        without = np.flatnonzero(~has[:, player])
        added = values[without + 2**player] - values[without]
        found[player] = np.tensordot(weight[has[without].sum(axis=1)], added, axes=1)
    return found


def _order_shares(players: int) -> NDArray[np.float64]:
    """Return the share of all orders in which a player comes in after just so many others."""
    return np.array(
        [
            factorial(size) * factorial(players - size - 1) / factorial(players)
            for size in range(players)
        ]
    )
