"""A theory's numbers: as it declares them, or fitted on past wars from there."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from scipy.special import expit

from sim.model.arrays import total
from sim.model.theory.cases import HonourCase
from sim.model.theory.protocol import HonourTheory
from sim.scenario.schema.quantity import Quantity
from sim.statistics.arrays import FloatArray, Vector

Values = Mapping[str, float]
_MOST_STEPS, _NUDGE, _CLOSE = 20, 1e-4, 1e-4


class _Fixed:
    """One value of each number for all places."""

    def __init__(self, values: Values) -> None:
        self._values = values

    def __getattr__(self, name: str) -> Vector:
        return np.asarray(self._values[name], dtype=float)


def declared_values(theory: HonourTheory) -> dict[str, float]:
    """Return the values that a theory declares, by name."""
    return {name: number.value for name, number in theory.numbers.items()}


def log_odds(theory: HonourTheory, case: HonourCase, values: Values) -> Vector:
    """Return a theory's log-odds of open war, (place,), under one value of each number."""
    return total(theory.honour(_Fixed(values), case).values())


def fit_values(
    theory: HonourTheory, case: HonourCase, joined: Vector, held: Values
) -> dict[str, float]:
    """Return the values under which what allies did is likeliest, given what the theory declares.

    The prior of a number is normal with its declared value and the spread of its range, and it
    stays within the range: the mode of the posterior, by Fisher scoring.

    Args:
        theory: the theory.
        case: the facts of past answers.
        joined: 1 where the ally fought, (place,).
        held: values of numbers that are not fitted.
    """
    values = {**declared_values(theory), **held}
    free = [name for name in theory.numbers if name not in held]
    if not free:
        return values
    prior = np.array([values[name] for name in free])
    low, high = (np.array([getattr(theory.numbers[n], e) for n in free]) for e in ("low", "high"))
    precision = np.diag([1 / _variance(theory.numbers[name]) for name in free])
    point = prior
    for _ in range(_MOST_STEPS):
        given = values | dict(zip(free, point.tolist(), strict=True))
        base, slopes = _linearise(theory, case, given, free)
        chance = expit(base)
        score = slopes @ (joined - chance) - precision @ (point - prior)
        information = (slopes * (chance * (1 - chance))) @ slopes.T + precision
        before, step = point, np.linalg.solve(information, score)
        point = np.clip(point + step, low, high)
        if np.abs(point - before).max() < _CLOSE:
            break
    return values | dict(zip(free, point.tolist(), strict=True))


def _linearise(
    theory: HonourTheory, case: HonourCase, values: dict[str, float], free: list[str]
) -> tuple[Vector, FloatArray]:
    """Return the log-odds, (place,), and their slopes, (number, place)."""
    base = log_odds(theory, case, values)
    moved = [log_odds(theory, case, values | {name: values[name] + _NUDGE}) - base for name in free]
    return base, np.stack(moved) / _NUDGE


def _variance(number: Quantity) -> float:
    """Return the variance of a number over worlds, as if its range were triangular."""
    low, value, high = number.low, number.value, number.high
    square = low**2 + value**2 + high**2 - low * value - low * high - value * high
    return max(square / 18, 1e-6)
