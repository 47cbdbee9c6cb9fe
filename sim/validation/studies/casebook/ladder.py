"""The rule in closed form: level and slopes of the record, worth and lesser aid of the casebook.

Six numbers rest on the casebook alone, because no other data hold them: the slope of worth, and by
how much any aid is likelier than open war in each of five groups. They are fitted by maximum
likelihood with a weak prior that was fixed before anything was scored.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.optimize import minimize
from scipy.special import expit

from sim.model.arrays import Vector
from sim.validation.studies.casebook.recorded import CasebookRecord
from sim.validation.studies.universe.estimates import RuleEstimates
from sim.validation.studies.universe.record import ONLOOKER_CLASSES, Cell

PROMISED_WORTH, ONLOOKER_WORTH = 0.22, 0.06
"""Mean worth as in the scenario files: of all allies of the casebook, and of its neighbours without
a promise since 1946. The record of all wars has none."""
STEP_GROUPS = ("to 1945", "aid due", "aid promised, not due", "consultation", "nothing")
"""Groups that share a step from open war to any aid."""
_WEAKER = ("aid_not_due", "consultation")
WORTH_SPREAD, STEP_SPREAD = 2.0, 1.41
"""Standard deviations of the priors: worth around 0, the logarithm of a step around 0."""
LEAST_CHANCE = 1e-9
"""Of an answer, so that its logarithm is finite."""


@dataclass(frozen=True)
class FittedNumbers:
    """The numbers that rest on the casebook.

    Attributes:
        worth: slope of worth, log-odds a unit.
        steps: by how much any aid is likelier than open war, in log-odds, in `STEP_GROUPS`.
    """

    worth: float
    steps: Vector


@dataclass(frozen=True)
class AidForecasts:
    """Forecasts of every answer.

    Attributes:
        any_aid: chances of materiel or more, (answer,).
        open_war: chances of open war, (answer,).
    """

    any_aid: Vector
    open_war: Vector


def forecast_aid(
    answers: CasebookRecord, rule: RuleEstimates, numbers: FittedNumbers, era: str = ""
) -> AidForecasts:
    """Return the rule's chances.

    Lesser aid is at least as likely as from an ally that owes less, as in the model.

    Args:
        answers: the answers to forecast.
        rule: level and slopes.
        numbers: worth and steps.
        era: the era whose record is used; by default that of each answer.
    """
    return _Ladder(answers, rule, era).forecast(numbers)


def fit_numbers(answers: CasebookRecord, rule: RuleEstimates, era: str = "") -> FittedNumbers:
    """Return the numbers under which what allies did is likeliest, given level and slopes.

    By Powell's method, which needs no gradient: the larger of two steps has a kink.
    """
    ladder = _Ladder(answers, rule, era)
    start = np.concatenate([[1.0], np.zeros(len(STEP_GROUPS))])
    return _unpack(minimize(ladder.misfit, start, method="Powell").x)


def _unpack(packed: Vector) -> FittedNumbers:
    return FittedNumbers(float(packed[0]), np.exp(packed[1:]))


class _Ladder:
    """Log-odds of open war and of any aid as functions of the numbers, for a set of answers."""

    def __init__(self, answers: CasebookRecord, rule: RuleEstimates, era: str) -> None:
        self._levels, self._worth = answers.levels, answers.worth
        self._open_war = rule.log_odds(answers.record, era)
        self._departures = answers.record.facts @ rule.slopes
        cells = [(era or own, commitment) for own, commitment in answers.record.cells]
        owed = [_owed_classes(cell, own) for cell, own in zip(cells, answers.standing, strict=True)]
        width = max(map(len, owed))
        padded = [[*row, *[row[0]] * (width - len(row))] for row in owed]
        self._base = np.array([[_at_zero(rule, cell) for cell in row] for row in padded])
        self._group = np.array([[step_group(cell) for cell in row] for row in padded])
        self._mean_worth = np.array([[_mean_worth(cell) for cell in row] for row in padded])

    def forecast(self, numbers: FittedNumbers) -> AidForecasts:
        worth = numbers.worth * self._worth
        usual = numbers.worth * self._mean_worth
        lesser = (self._base - usual + numbers.steps[self._group]).max(axis=1)
        any_aid = lesser + self._departures + worth
        return AidForecasts(expit(any_aid), expit(self._open_war - usual[:, 0] + worth))

    def misfit(self, packed: Vector) -> float:
        """Return minus the logarithm of the posterior density, up to a constant."""
        forecasts = self.forecast(_unpack(packed))
        war, lesser = forecasts.open_war, forecasts.any_aid - forecasts.open_war
        given = np.select([self._levels == 3, self._levels > 0], [war, lesser], 1 - war - lesser)
        prior = (packed[0] / WORTH_SPREAD) ** 2 + ((packed[1:] / STEP_SPREAD) ** 2).sum()
        return float(prior / 2 - np.log(np.maximum(given, LEAST_CHANCE)).sum())


def _owed_classes(cell: Cell, standing: str) -> list[Cell]:
    """Return the class and all that owe less, down to the ally's standing."""
    era, commitment = cell
    if commitment == standing:
        return [cell]
    weaker = _WEAKER if commitment.startswith("aid_due") else _WEAKER[1:]
    below = () if commitment == "consultation" else weaker
    return [cell, *((era, name) for name in below), (era, standing)]


def _at_zero(rule: RuleEstimates, cell: Cell) -> float:
    """Return the log-odds of open war of a class where every measured fact is 0."""
    return float(rule.anchors[cell].value - rule.means[cell] @ rule.slopes)


def _mean_worth(cell: Cell) -> float:
    return ONLOOKER_WORTH if cell[1] in ONLOOKER_CLASSES else PROMISED_WORTH


def step_group(cell: Cell) -> int:
    """Return the place in `STEP_GROUPS` of an era and a class."""
    era, commitment = cell
    if era == "to_1945":
        return 0
    place = ("aid_due", "aid_not_due", "consultation")
    return next((n for n, name in enumerate(place, start=1) if commitment.startswith(name)), 4)
