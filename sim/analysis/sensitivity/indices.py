"""Designs over factors and what they tell, through SALib: Sobol's and Morris's indices."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from sim.analysis.sensitivity.methods import Method
from sim.statistics.arrays import Vector
from sim.statistics.intervals import CONFIDENCE, Interval

_GRID_LEVELS = 4
"""Levels of Morris's grid."""
_REPLICATES = 1000


FactorEffects = list[tuple[Interval, Interval, float | None]]
"""For each factor: alone, in all, uneven; see `sim.analysis.sensitivity.sensitivity.Index`."""


def sample_unit_points(method: Method, factors: Sequence[str], samples: int, seed: int) -> Vector:
    """Return points of the unit cube, shape (point, factor)."""
    from SALib.sample import morris, sobol  # noqa: PLC0415  an extra that takes a while to load

    problem, seed = _salib_problem(factors), seed % 2**32
    if method is Method.MORRIS:
        return np.asarray(morris.sample(problem, samples, num_levels=_GRID_LEVELS, seed=seed))
    return np.asarray(sobol.sample(problem, samples, calc_second_order=False, seed=seed))


def estimate_indices(
    method: Method, factors: Sequence[str], points: Vector, values: Vector, seed: int
) -> FactorEffects:
    """Return the indices of each factor from what was found at the points, shape (point,)."""
    problem, seed = _salib_problem(factors), seed % 2**32
    if method is Method.MORRIS:
        return _morris_effects(problem, points, values, seed)
    return _sobol_indices(problem, values, seed)


def _salib_problem(factors: Sequence[str]) -> dict[str, Any]:
    return {"num_vars": len(factors), "names": list(factors), "bounds": [[0, 1]] * len(factors)}


def _sobol_indices(problem: dict[str, Any], values: Vector, seed: int) -> FactorEffects:
    from SALib.analyze import sobol  # noqa: PLC0415

    told = sobol.analyze(
        problem,
        values,
        calc_second_order=False,
        conf_level=CONFIDENCE,
        num_resamples=_REPLICATES,
        seed=seed,
    )
    rows = zip(told["S1"], told["S1_conf"], told["ST"], told["ST_conf"], strict=True)
    return [
        (_symmetric_interval(s1, c1), _symmetric_interval(st, ct), None) for s1, c1, st, ct in rows
    ]


def _morris_effects(
    problem: dict[str, Any], points: Vector, values: Vector, seed: int
) -> FactorEffects:
    from SALib.analyze import morris  # noqa: PLC0415

    told = morris.analyze(
        problem,
        points,
        values,
        conf_level=CONFIDENCE,
        num_resamples=_REPLICATES,
        num_levels=_GRID_LEVELS,
        seed=seed,
    )
    rows = zip(told["mu"], told["mu_star"], told["mu_star_conf"], told["sigma"], strict=True)
    return [
        (Interval(float(mu), np.nan, np.nan), _symmetric_interval(star, half), float(sigma))
        for mu, star, half, sigma in rows
    ]


def _symmetric_interval(value: float, half: float) -> Interval:
    return Interval(float(value), float(value - half), float(value + half))
