"""T17: which of several options prevails where all are put against each other."""

from __future__ import annotations

import numpy as np

from sim.model.arrays import Vector
from sim.model.theory.contest import win_chance
from sim.validation.studies.published.comparison import FigureComparison, PublishedResult
from sim.validation.studies.published.examples import read_example_column

_OPTIONS = ("first", "second", "third")
_PUBLISHED_SUPPORT = ((0.0, 0.170, 0.039), (1.975, 0.0, 1.599), (0.809, 0.563, 0.0))
_PUBLISHED_WIN_CHANCES = {(1, 0): 0.9209, (1, 2): 0.7396, (2, 0): 0.9535}
_PUBLISHED_FINAL = (0.0054, 0.7502, 0.2444)
_PUBLISHED_FINAL_IF_EVEN = (0.0360, 0.6914, 0.2726)
_TOLERANCE = 2e-4
"""What the log's own inputs, of five digits, leave open."""


def condorcet_result() -> PublishedResult:
    """Return the support, the chances of pairs and the distribution in the end."""
    worth = np.stack([read_example_column("election", name) for name in _OPTIONS], axis=1)
    backing = _pairwise_support(read_example_column("election", "weight"), worth)
    over = win_chance(backing, backing.T)
    tried = [
        FigureComparison(
            f"support for {_OPTIONS[a]} over {_OPTIONS[b]}", row[b], float(backing[a, b]), 7e-4
        )
        for a, row in enumerate(_PUBLISHED_SUPPORT)
        for b in range(len(row))
        if a != b
    ]
    tried += [
        FigureComparison(f"{_OPTIONS[a]} over {_OPTIONS[b]}", chance, float(over[a, b]), _TOLERANCE)
        for (a, b), chance in _PUBLISHED_WIN_CHANCES.items()
    ]
    alike = np.ones_like(over) / len(over)
    driven = (backing * over) / (backing * over).sum(axis=0)
    for what, challenged, published in (
        ("in the end", driven, _PUBLISHED_FINAL),
        ("if all challenge alike", alike, _PUBLISHED_FINAL_IF_EVEN),
    ):
        found = _final_distribution(over, challenged)
        tried += [
            FigureComparison(f"{name} {what}", one, float(other), _TOLERANCE)
            for name, one, other in zip(_OPTIONS, published, found, strict=True)
        ]
    return PublishedResult(
        code="T17",
        claim="Where options are put against each other and more support prevails more often, "
        "what is chosen in the end is a distribution.",
        target=".0054, .7502 and .2444 for the three options",
        engine_functions="win_chance (sim/model/theory/contest.py)",
        sources=("ktab",),
        comparisons=tuple(tried),
        note="The chance that strength prevails is the engine's; councils in the worlds count "
        "votes and vetoes instead.",
    )


def _pairwise_support(weight: Vector, worth: Vector) -> Vector:
    """Return the support for each option over each other, (option, other).

    Every voter brings its weight times v(d) = (d + d^3) / 2, d being how much more the option is
    worth to it, where that is more.

    Args:
        weight: of each voter, (voter,).
        worth: of each option to each voter, (voter, option).
    """
    more = (worth[:, :, None] - worth[:, None, :]).clip(min=0)
    return np.einsum("v,vab->ab", weight, (more + more**3) / 2)


def _final_distribution(win_chances: Vector, challenge_chances: Vector) -> Vector:
    """Return how likely each option holds in the end, (option,), all being alike at first.

    Args:
        win_chances: chance that an option prevails over another, (option, other).
        challenge_chances: chance that the one challenged is challenged by an option, (option, challenged).
    """
    holds = np.ones(len(win_chances)) / len(win_chances)
    for _ in range(10_000):
        meets = holds[:, None] * challenge_chances.T
        after = (win_chances * (meets + meets.T)).sum(axis=1)
        if abs(after - holds).max() < 1e-12:
            break
        holds = after
    return holds
