"""T7: reliable allies are tested less, so the tested ones are less reliable (Smith 1995)."""

from __future__ import annotations

import numpy as np

from sim.model.arrays import Vector, total
from sim.model.theory.contest import challenge_value, win_chance
from sim.model.theory.crisis import challenge_considerations, contest_considerations
from sim.model.theory.quantal_response import log_odds, logistic
from sim.validation.studies.published.comparison import PublishedResult, ResultSpec

_ENSEMBLES, _WORLDS, _SEED = 200, 2000, 1995


def selection_result(spec: ResultSpec) -> PublishedResult:
    """Return in how many ensembles the allies of those attacked are less reliable than average."""
    generator = np.random.default_rng(_SEED)
    simulated = [_simulate_ensemble(generator) for _ in range(_ENSEMBLES)]
    lower = sum(attacked < average for attacked, average in simulated)
    gap = float(np.mean([average - attacked for attacked, average in simulated]))
    return spec.compare(lambda: lower, points_lower=100 * gap)


def _simulate_ensemble(generator: np.random.Generator) -> tuple[float, float]:
    """Return the reliability of allies whose partner is attacked, and of all allies.

    Strengths, stake, cost, rationality and the distribution of reliability differ between
    ensembles. Within an ensemble only reliability differs between worlds.
    """
    honoured, reneged = generator.uniform(0.5, 4, 2)
    reliability = generator.beta(honoured, reneged, _WORLDS)
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

    The third intervenes for the second with the chance `reliability`. All chances follow the
    model's rules; in the baseline no ally intervened, half of all challenges were resisted and a
    tenth of the opportunities led to a challenge.
    """
    even = np.ones_like(reliability)
    first, second, third = (strength * even for strength in strengths)
    winning = win_chance(first, second + reliability * third)
    baseline = win_chance(first, second)
    precision, worth, costs = rationality * even, stake * even, cost * even
    reply = contest_considerations(
        log_odds(0.5 * even), precision, worth, 1 - winning, 1 - baseline
    )
    value = challenge_value(worth, winning, logistic(total(reply.values())), costs)
    reference = challenge_value(worth, baseline, 0.5 * even, costs)
    terms = challenge_considerations(log_odds(0.1 * even), precision, value, reference)
    return logistic(total(terms.values()))
