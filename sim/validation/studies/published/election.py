"""T17: which of several options prevails where all compete in pairs."""

from __future__ import annotations

import numpy as np

from sim.model.arrays import Vector
from sim.model.theory.contest import win_chance
from sim.validation.studies.published.comparison import PublishedResult, ResultSpec
from sim.validation.studies.published.examples import read_example_column

_OPTIONS = ("first", "second", "third")


def condorcet_result(spec: ResultSpec) -> PublishedResult:
    """Return the support, the chances of pairs and the final distribution."""
    worth = np.stack([read_example_column("election", name) for name in _OPTIONS], axis=1)
    support = _pairwise_support(read_example_column("election", "weight"), worth)
    win = win_chance(support, support.T)
    by_support = (support * win) / (support * win).sum(axis=0)
    values = {
        "support": support,
        "win": win,
        "final": _final_distribution(win, by_support),
        "final_if_even": _final_distribution(win, np.ones_like(win) / len(win)),
    }

    def figure(quantity: str, option: str, other: str | None = None) -> float:
        row = values[quantity][_OPTIONS.index(option)]
        return float(row if other is None else row[_OPTIONS.index(other)])

    return spec.compare(figure)


def _pairwise_support(weight: Vector, worth: Vector) -> Vector:
    """Return the support for each option over each other option, (option, other).

    Every voter adds its weight times v(d) = (d + d^3) / 2, where d is how much more the option is
    worth to it; voters who prefer the other option add nothing.

    Args:
        weight: weight of each voter, (voter,).
        worth: worth of each option to each voter, (voter, option).
    """
    more = (worth[:, :, None] - worth[:, None, :]).clip(min=0)
    return np.einsum("v,vab->ab", weight, (more + more**3) / 2)


def _final_distribution(win_chances: Vector, challenge_chances: Vector) -> Vector:
    """Return the final chance of each option, (option,), starting from equal chances.

    Args:
        win_chances: chance that an option prevails over another, (option, other).
        challenge_chances: chance that an option challenges the current one, (option, current).
    """
    chances = np.ones(len(win_chances)) / len(win_chances)
    for _ in range(10_000):
        meetings = chances[:, None] * challenge_chances.T
        updated = (win_chances * (meetings + meetings.T)).sum(axis=1)
        if abs(updated - chances).max() < 1e-12:
            break
        chances = updated
    return chances
