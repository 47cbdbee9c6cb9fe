"""T7: reliable allies are tested less, so those seen tested are the less reliable (Smith 1995)."""

from __future__ import annotations

import numpy as np

from sim.model.arrays import Vector, total
from sim.model.theory.contest import challenge_value, win_chance
from sim.model.theory.crisis import challenge_considerations, contest_considerations
from sim.model.theory.quantal_response import log_odds, logistic
from sim.validation.studies.published.comparison import FigureComparison, PublishedResult

_ENSEMBLES, _WORLDS, _SEED = 200, 2000, 1995


def selection_result() -> PublishedResult:
    """Return in how many ensembles the allies of those attacked are less reliable than most."""
    luck = np.random.default_rng(_SEED)
    found = [_simulate_ensemble(luck) for _ in range(_ENSEMBLES)]
    less = sum(tested < every for tested, every in found)
    gap = float(np.mean([every - tested for tested, every in found]))
    return PublishedResult(
        code="T7",
        claim="Attackers avoid those whose allies are sure to come, so reliability seen where "
        "it is tested understates reliability.",
        target=f"lower where attacked than on average, in all of {_ENSEMBLES} ensembles",
        engine_functions="challenge_considerations, contest_considerations (sim/model/theory/crisis.py), "
        "challenge_value, win_chance (sim/model/theory/contest.py)",
        sources=("smith-1995",),
        comparisons=(FigureComparison("ensembles in which it is lower", _ENSEMBLES, less),),
        note=f"On average {100 * gap:.1f} points lower. Only the sign is published.",
    )


def _simulate_ensemble(generator: np.random.Generator) -> tuple[float, float]:
    """Return how reliable allies are where their partner is attacked, and everywhere.

    Strengths, stake, cost, rationality and the spread of reliability differ between ensembles;
    within one only reliability does, from world to world.
    """
    kept, broken = generator.uniform(0.5, 4, 2)
    reliability = generator.beta(kept, broken, _WORLDS)
    target, ally = generator.uniform(0.3, 1.5, 2)
    attacked = attack_chances(
        reliability,
        strengths=(1.0, target, ally),
        stake=generator.uniform(0.3, 1.0),
        cost=generator.uniform(0.0, 0.5),
        rationality=generator.uniform(0.5, 4.0),
    )
    return float(np.average(reliability, weights=attacked)), float(reliability.mean())


def attack_chances(
    reliability: Vector,
    *,
    strengths: tuple[float, float, float],
    stake: float,
    cost: float,
    rationality: float,
) -> Vector:
    """Return the chances, (world,), that the first of three actors challenges the second.

    The third comes to the second's aid with the chance `reliability`. All is weighed by the
    engine's rules; in the record no ally came, half of all challenges were met and a tenth of the
    occasions used.
    """
    even = np.ones_like(reliability)
    first, second, third = (strength * even for strength in strengths)
    winning, usual = win_chance(first, second + reliability * third), win_chance(first, second)
    firm, worth, costs = rationality * even, stake * even, cost * even
    reply = contest_considerations(log_odds(0.5 * even), firm, worth, 1 - winning, 1 - usual)
    value = challenge_value(worth, winning, logistic(total(reply.values())), costs)
    reference = challenge_value(worth, usual, 0.5 * even, costs)
    terms = challenge_considerations(log_odds(0.1 * even), firm, value, reference)
    return logistic(total(terms.values()))
