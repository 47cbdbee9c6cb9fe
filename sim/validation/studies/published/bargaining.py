"""T1: one demand, to be accepted or fought over (Fearon 1995)."""

from __future__ import annotations

import numpy as np

from sim.model.arrays import Vector
from sim.model.theory.contest import contest_value, expected_move_value
from sim.validation.studies.published.comparison import PublishedResult, ResultSpec

_DEMANDS = np.linspace(0, 1.5, 15_001)
"""Demands considered, in shares of the stake; the range includes demands nobody would accept."""


def bargaining_result(spec: ResultSpec) -> PublishedResult:
    """Return the demands and chances of war that the model's expected values give."""
    return spec.compare(_figure)


def _figure(quantity: str, winning: float, cost: float, opponent_cost: float) -> float:
    demand, war = solve_ultimatum(winning, cost, opponent_cost)
    least, most = (float(end) for end in bargaining_range(winning, cost, opponent_cost))
    return {"demand": demand, "war": war, "least": least, "most": most}[quantity]


def solve_ultimatum(
    win_probability: float, cost: float, max_opponent_cost: float
) -> tuple[float, float]:
    """Return the best demand and the chance that it leads to war.

    The opponent accepts if fighting costs it more than the demand takes beyond its prospects. Its
    cost is uniform between 0 and `max_opponent_cost`.
    """
    refused = ((_DEMANDS - win_probability) / max_opponent_cost).clip(0, 1)
    fight = _war_value(win_probability, cost)
    best = int(expected_move_value(refused, _DEMANDS, fight).argmax())
    return float(_DEMANDS[best]), float(refused[best])


def bargaining_range(
    win_probability: float, cost: float, opponent_cost: float
) -> tuple[Vector, Vector]:
    """Return the least share that one side accepts, and the most that the other concedes."""
    return _war_value(win_probability, cost), 1 - _war_value(1 - win_probability, opponent_cost)


def _war_value(win_probability: float, cost: float) -> Vector:
    """Return the value of a war in shares of the stake; without costs an even one is worth half."""
    half = np.asarray(0.5)
    return contest_value(half, np.asarray(win_probability), np.asarray(cost)) + half
