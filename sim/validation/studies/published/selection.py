"""T7: reliable allies are tested less, so those seen tested are the less reliable (Smith 1995)."""

from __future__ import annotations

import numpy as np

from sim.model.arrays import Vector, total
from sim.model.theory.contest import challenge_value, win_chance
from sim.model.theory.crisis import challenge_considerations, contest_considerations
from sim.model.theory.quantal_response import chance, log_odds
from sim.validation.studies.published.comparison import Result, Tried

ENSEMBLES, WORLDS, SEED = 200, 2000, 1995


def selection() -> Result:
    """Return in how many ensembles the allies of those attacked are less reliable than most."""
    luck = np.random.default_rng(SEED)
    found = [_ensemble(luck) for _ in range(ENSEMBLES)]
    less = sum(tested < every for tested, every in found)
    gap = float(np.mean([every - tested for tested, every in found]))
    return Result(
        code="T7",
        claim="Attackers avoid those whose allies are sure to come, so reliability seen where "
        "it is tested understates reliability.",
        target=f"lower where attacked than on average, in all of {ENSEMBLES} ensembles",
        rules="challenge_considerations, contest_considerations (sim/model/theory/crisis.py), "
        "challenge_value, win_chance (sim/model/theory/contest.py)",
        sources=("smith-1995",),
        tried=(Tried("ensembles in which it is lower", ENSEMBLES, less),),
        note=f"On average {100 * gap:.1f} points lower. Only the sign is published.",
    )


def _ensemble(luck: np.random.Generator) -> tuple[float, float]:
    """Return how reliable allies are where their partner is attacked, and everywhere.

    Strengths, stake, cost, rationality and the spread of reliability differ between ensembles;
    within one only reliability does, from world to world.
    """
    kept, broken = luck.uniform(0.5, 4, 2)
    reliability = luck.beta(kept, broken, WORLDS)
    target, ally = luck.uniform(0.3, 1.5, 2)
    attacked = attack_chances(
        reliability,
        strengths=(1.0, target, ally),
        stake=luck.uniform(0.3, 1.0),
        cost=luck.uniform(0.0, 0.5),
        rationality=luck.uniform(0.5, 4.0),
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
    value = challenge_value(worth, winning, chance(total(reply.values())), costs)
    reference = challenge_value(worth, usual, 0.5 * even, costs)
    terms = challenge_considerations(log_odds(0.1 * even), firm, value, reference)
    return chance(total(terms.values()))
