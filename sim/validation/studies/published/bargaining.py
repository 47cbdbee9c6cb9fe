"""T1: one demand, to be taken or fought over (Fearon 1995)."""

from __future__ import annotations

import numpy as np

from sim.model.arrays import Vector
from sim.model.theory.contest import contest_value, foreseen
from sim.validation.studies.published.comparison import Result, Tried

DEMANDS = np.linspace(0, 1.5, 15_001)
"""Demands looked at, in shares of what is at stake; wide enough for demands nobody would accept."""

CASES = (
    # winning, own cost, highest cost of the other: best demand, chance of war
    (0.5, 0.1, 0.4, 0.65, 0.375),
    (0.7, 0.1, 0.4, 0.85, 0.375),
    (0.5, 0.4, 0.4, 0.5, 0.0),
    (0.3, 0.0, 0.4, 0.5, 0.5),
)


def bargaining() -> Result:
    """Return the demands and chances of war that the engine's look ahead gives."""
    tried = []
    for winning, cost, highest, demand, war in CASES:
        best, risk = ultimatum(winning, cost, highest)
        case = f"p {winning:g}, own cost {cost:g}, other's up to {highest:g}"
        tried += [
            Tried(f"{case}: demand", demand, best, 1e-4),
            Tried(f"{case}: chance of war", war, risk, 3e-4),
        ]
    least, most = (float(end) for end in bargaining_range(0.5, 0.1, 0.15))
    tried += [
        Tried("range at p .5, costs .1 and .15: least", 0.40, least, 1e-9),
        Tried("range at p .5, costs .1 and .15: most", 0.65, most, 1e-9),
    ]
    return Result(
        code="T1",
        claim="A demand made under uncertainty risks war, and how much does not depend on who is "
        "stronger; what both prefer to war is a range.",
        target="demands .65, .85, .5, .5 with chances of war .375, .375, 0, .5; range .40 to .65",
        rules="foreseen, contest_value (sim/model/theory/contest.py)",
        sources=("fearon-1995", "own-derivation"),
        tried=tuple(tried),
        note="The best demand is looked for among 15,001; in the worlds a stake is not divided.",
    )


def ultimatum(winning: float, cost: float, highest: float) -> tuple[float, float]:
    """Return the best demand and the chance that it is fought over.

    The other accepts where fighting costs it more than the demand takes beyond its prospects; its
    cost is somewhere between 0 and `highest`.
    """
    refused = ((DEMANDS - winning) / highest).clip(0, 1)
    fight = _fight(winning, cost)
    best = int(foreseen(refused, DEMANDS, fight).argmax())
    return float(DEMANDS[best]), float(refused[best])


def bargaining_range(winning: float, cost: float, other: float) -> tuple[Vector, Vector]:
    """Return the least that one side and the most that it can have for the other to agree."""
    return _fight(winning, cost), 1 - _fight(1 - winning, other)


def _fight(winning: float, cost: float) -> Vector:
    """Return what a fight is worth in shares of the stake: half is what an even one is worth."""
    half, chance, pays = (np.asarray(each) for each in (0.5, winning, cost))
    return contest_value(half, chance, pays) + half
