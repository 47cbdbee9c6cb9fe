"""T17: which of several options prevails where all are put against each other."""

from __future__ import annotations

import numpy as np

from sim.model.arrays import Vector
from sim.model.theory.contest import win_chance
from sim.validation.studies.published.comparison import Result, Tried
from sim.validation.studies.published.examples import column

OPTIONS = ("first", "second", "third")
SUPPORT = ((0.0, 0.170, 0.039), (1.975, 0.0, 1.599), (0.809, 0.563, 0.0))
PREVAILS = {(1, 0): 0.9209, (1, 2): 0.7396, (2, 0): 0.9535}
IN_THE_END = (0.0054, 0.7502, 0.2444)
IF_ALL_CHALLENGE_ALIKE = (0.0360, 0.6914, 0.2726)
DIGITS = 2e-4
"""What the log's own inputs, of five digits, leave open."""


def condorcet() -> Result:
    """Return the support, the chances of pairs and the distribution in the end."""
    worth = np.stack([column("election", name) for name in OPTIONS], axis=1)
    backing = support(column("election", "weight"), worth)
    over = win_chance(backing, backing.T)
    tried = [
        Tried(f"support for {OPTIONS[a]} over {OPTIONS[b]}", row[b], float(backing[a, b]), 7e-4)
        for a, row in enumerate(SUPPORT)
        for b in range(len(row))
        if a != b
    ]
    tried += [
        Tried(f"{OPTIONS[a]} over {OPTIONS[b]}", chance, float(over[a, b]), DIGITS)
        for (a, b), chance in PREVAILS.items()
    ]
    alike = np.ones_like(over) / len(over)
    driven = (backing * over) / (backing * over).sum(axis=0)
    for what, challenged, published in (
        ("in the end", driven, IN_THE_END),
        ("if all challenge alike", alike, IF_ALL_CHALLENGE_ALIKE),
    ):
        found = settled(over, challenged)
        tried += [
            Tried(f"{name} {what}", one, float(other), DIGITS)
            for name, one, other in zip(OPTIONS, published, found, strict=True)
        ]
    return Result(
        code="T17",
        claim="Where options are put against each other and more support prevails more often, "
        "what is chosen in the end is a distribution.",
        target=".0054, .7502 and .2444 for the three options",
        rules="win_chance (sim/model/theory/contest.py)",
        sources=("ktab",),
        tried=tuple(tried),
        note="The chance that strength prevails is the engine's; councils in the worlds count "
        "votes and vetoes instead.",
    )


def support(weight: Vector, worth: Vector) -> Vector:
    """Return the support for each option over each other, (option, other).

    Every voter brings its weight times v(d) = (d + d^3) / 2, d being how much more the option is
    worth to it, where that is more.

    Args:
        weight: of each voter, (voter,).
        worth: of each option to each voter, (voter, option).
    """
    more = (worth[:, :, None] - worth[:, None, :]).clip(min=0)
    return np.einsum("v,vab->ab", weight, (more + more**3) / 2)


def settled(over: Vector, challenged: Vector) -> Vector:
    """Return how likely each option holds in the end, (option,), all being alike at first.

    Args:
        over: chance that an option prevails over another, (option, other).
        challenged: chance that the one challenged is challenged by an option, (option, challenged).
    """
    holds = np.ones(len(over)) / len(over)
    for _ in range(10_000):
        meets = holds[:, None] * challenged.T
        after = (over * (meets + meets.T)).sum(axis=1)
        if abs(after - holds).max() < 1e-12:
            break
        holds = after
    return holds
