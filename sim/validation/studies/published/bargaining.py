"""T1: one demand, to be taken or fought over (Fearon 1995)."""

from __future__ import annotations

import numpy as np

from sim.model.arrays import Vector
from sim.model.theory.contest import contest_value, expected_move_value
from sim.validation.studies.published.comparison import FigureComparison, PublishedResult

_DEMANDS = np.linspace(0, 1.5, 15_001)
"""Demands looked at, in shares of what is at stake; wide enough for demands nobody would accept."""

_CASES = (
    # winning, own cost, highest cost of the other: best demand, chance of war
    (0.5, 0.1, 0.4, 0.65, 0.375),
    (0.7, 0.1, 0.4, 0.85, 0.375),
    (0.5, 0.4, 0.4, 0.5, 0.0),
    (0.3, 0.0, 0.4, 0.5, 0.5),
)


def bargaining_result() -> PublishedResult:
    """Return the demands and chances of war that the engine's look ahead gives."""
    tried = []
    for winning, cost, highest, demand, war in _CASES:
        best, risk = solve_ultimatum(winning, cost, highest)
        case = f"p {winning:g}, own cost {cost:g}, other's up to {highest:g}"
        tried += [
            FigureComparison(f"{case}: demand", demand, best, 1e-4),
            FigureComparison(f"{case}: chance of war", war, risk, 3e-4),
        ]
    least, most = (float(end) for end in bargaining_range(0.5, 0.1, 0.15))
    tried += [
        FigureComparison("range at p .5, costs .1 and .15: least", 0.40, least, 1e-9),
        FigureComparison("range at p .5, costs .1 and .15: most", 0.65, most, 1e-9),
    ]
    return PublishedResult(
        code="T1",
        claim="A demand made under uncertainty risks war, and how much does not depend on who is "
        "stronger; what both prefer to war is a range.",
        target="demands .65, .85, .5, .5 with chances of war .375, .375, 0, .5; range .40 to .65",
        engine_functions="foreseen, contest_value (sim/model/theory/contest.py)",
        sources=("fearon-1995", "own-derivation"),
        comparisons=tuple(tried),
        note="The best demand is looked for among 15,001; in the worlds a stake is not divided.",
    )


def solve_ultimatum(
    win_probability: float, cost: float, max_opponent_cost: float
) -> tuple[float, float]:
    """Return the best demand and the chance that it is fought over.

    The other accepts where fighting costs it more than the demand takes beyond its prospects; its
    cost is somewhere between 0 and `max_opponent_cost`.
    """
    refused = ((_DEMANDS - win_probability) / max_opponent_cost).clip(0, 1)
    fight = _war_value(win_probability, cost)
    best = int(expected_move_value(refused, _DEMANDS, fight).argmax())
    return float(_DEMANDS[best]), float(refused[best])


def bargaining_range(
    win_probability: float, cost: float, opponent_cost: float
) -> tuple[Vector, Vector]:
    """Return the least that one side and the most that it can have for the other to agree."""
    return _war_value(win_probability, cost), 1 - _war_value(1 - win_probability, opponent_cost)


def _war_value(win_probability: float, cost: float) -> Vector:
    """Return what a fight is worth in shares of the stake: half is what an even one is worth."""
    half, chance, pays = (np.asarray(each) for each in (0.5, win_probability, cost))
    return contest_value(half, chance, pays) + half
