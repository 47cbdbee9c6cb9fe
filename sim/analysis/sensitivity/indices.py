"""Designs over factors and what they tell, through SALib: Sobol's and Morris's indices."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from sim.analysis.sensitivity.methods import Method
from sim.model.arrays import Vector
from sim.statistics.intervals import CONFIDENCE, Interval

LEVELS = 4
"""Levels of Morris's grid."""
RESAMPLES = 1000


Found = list[tuple[Interval, Interval, float | None]]
"""For each factor: alone, in all, uneven; see `sim.analysis.sensitivity.sensitivity.Index`."""


def design(method: Method, factors: Sequence[str], samples: int, seed: int) -> Vector:
    """Return points of the unit cube, shape (point, factor)."""
    from SALib.sample import morris, sobol  # noqa: PLC0415  an extra that takes a while to load

    problem, seed = _problem(factors), seed % 2**32
    if method is Method.MORRIS:
        return np.asarray(morris.sample(problem, samples, num_levels=LEVELS, seed=seed))
    return np.asarray(sobol.sample(problem, samples, calc_second_order=False, seed=seed))


def indices(
    method: Method, factors: Sequence[str], points: Vector, found: Vector, seed: int
) -> Found:
    """Return the indices of each factor from what was found at the points, shape (point,)."""
    problem, seed = _problem(factors), seed % 2**32
    if method is Method.MORRIS:
        return _morris(problem, points, found, seed)
    return _sobol(problem, found, seed)


def _problem(factors: Sequence[str]) -> dict[str, Any]:
    return {"num_vars": len(factors), "names": list(factors), "bounds": [[0, 1]] * len(factors)}


def _sobol(problem: dict[str, Any], found: Vector, seed: int) -> Found:
    from SALib.analyze import sobol  # noqa: PLC0415

    told = sobol.analyze(
        problem,
        found,
        calc_second_order=False,
        conf_level=CONFIDENCE,
        num_resamples=RESAMPLES,
        seed=seed,
    )
    rows = zip(told["S1"], told["S1_conf"], told["ST"], told["ST_conf"], strict=True)
    return [(_around(s1, c1), _around(st, ct), None) for s1, c1, st, ct in rows]


def _morris(problem: dict[str, Any], points: Vector, found: Vector, seed: int) -> Found:
    from SALib.analyze import morris  # noqa: PLC0415

    told = morris.analyze(
        problem,
        points,
        found,
        conf_level=CONFIDENCE,
        num_resamples=RESAMPLES,
        num_levels=LEVELS,
        seed=seed,
    )
    rows = zip(told["mu"], told["mu_star"], told["mu_star_conf"], told["sigma"], strict=True)
    return [
        (Interval(float(mu), np.nan, np.nan), _around(star, half), float(sigma))
        for mu, star, half, sigma in rows
    ]


def _around(value: float, half: float) -> Interval:
    return Interval(float(value), float(value - half), float(value + half))
