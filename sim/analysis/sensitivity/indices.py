"""Sobol's and Morris's designs and indices, through SALib."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from sim.analysis.sensitivity.methods import Method
from sim.statistics.arrays import Vector
from sim.statistics.intervals import CONFIDENCE, Interval

_GRID_LEVELS = 4
"""Number of levels of Morris's grid."""
_REPLICATES = 1000


FactorEffects = list[tuple[Interval, Interval, float | None]]
"""For each factor: own effect, total effect, effect spread; see `FactorIndex`."""


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
    """Return the indices of each factor from the values at the points, shape (point,)."""
    problem, seed = _salib_problem(factors), seed % 2**32
    if method is Method.MORRIS:
        return _morris_effects(problem, points, values, seed)
    return _sobol_indices(problem, values, seed)


def _salib_problem(factors: Sequence[str]) -> dict[str, Any]:
    return {"num_vars": len(factors), "names": list(factors), "bounds": [[0, 1]] * len(factors)}


def _sobol_indices(problem: dict[str, Any], values: Vector, seed: int) -> FactorEffects:
    from SALib.analyze import sobol  # noqa: PLC0415

    indices = sobol.analyze(
        problem,
        values,
        calc_second_order=False,
        conf_level=CONFIDENCE,
        num_resamples=_REPLICATES,
        seed=seed,
    )
    names = ("S1", "S1_conf", "ST", "ST_conf")
    rows = zip(*(indices[name] for name in names), strict=True)
    return [
        (_symmetric_interval(first, first_half), _symmetric_interval(total, total_half), None)
        for first, first_half, total, total_half in rows
    ]


def _morris_effects(
    problem: dict[str, Any], points: Vector, values: Vector, seed: int
) -> FactorEffects:
    from SALib.analyze import morris  # noqa: PLC0415

    effects = morris.analyze(
        problem,
        points,
        values,
        conf_level=CONFIDENCE,
        num_resamples=_REPLICATES,
        num_levels=_GRID_LEVELS,
        seed=seed,
    )
    names = ("mu", "mu_star", "mu_star_conf", "sigma")
    rows = zip(*(effects[name] for name in names), strict=True)
    return [
        (Interval(float(mu), np.nan, np.nan), _symmetric_interval(star, half), float(sigma))
        for mu, star, half, sigma in rows
    ]


def _symmetric_interval(value: float, half: float) -> Interval:
    return Interval(float(value), float(value - half), float(value + half))
