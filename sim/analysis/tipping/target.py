"""What an outcome is to be turned to: below or above a number."""

from __future__ import annotations

import re
from dataclasses import dataclass
from math import inf, isfinite, isnan

from sim.errors import RequestError
from sim.model.measures.registry import Measure, MeasureKind
from sim.statistics.intervals import Interval

_FORM = re.compile(r"\s*(<=|>=|<|>)\s*([-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?)\s*(%?)\s*", re.I)


@dataclass(frozen=True)
class Target:
    """A bound that the share or mean of an outcome is to pass.

    Attributes:
        upwards: whether the outcome is to rise above it; else it is to fall below it.
        inclusive: whether the bound itself will do.
        number: the bound, in the unit of the measure; of an event, a share from 0 to 1.
    """

    upwards: bool
    inclusive: bool
    number: float

    def __str__(self) -> str:
        """Return it as it is written, such as `<0.2`."""
        return f"{'>' if self.upwards else '<'}{'=' * self.inclusive}{self.number:g}"

    def gap(self, value: float) -> float:
        """Return how much is missing, in the unit of the measure: below 0 beyond the bound.

        A value that is not defined lacks everything.
        """
        if isnan(value):
            return inf
        return self.number - value if self.upwards else value - self.number

    def holds(self, value: float) -> bool:
        """Return whether a value meets it."""
        missing = self.gap(value)
        return missing < 0 or (self.inclusive and missing == 0)

    def holds_throughout(self, interval: Interval) -> bool:
        """Return whether every value of an interval meets it."""
        worst = interval.low if self.upwards else interval.high
        return isfinite(worst) and self.holds(worst)


def parse_target(text: str, measure: Measure) -> Target:
    """Return the target that a text such as `<.2`, `>= 40%` or `> 3` states.

    Raises:
        RequestError: it is no target, or one that a share of worlds cannot meet.
    """
    match = _FORM.fullmatch(text)
    if not match:
        raise RequestError(
            f"--to {text!r}: says no bound\n    allowed: <, <=, > or >= and a number, such as "
            '"<.2" or ">= 40%"'
        )
    sign, number, percent = match.groups()
    bound = float(number) / (100 if percent else 1)
    if measure.kind is MeasureKind.HAPPENED and not 0 <= bound <= 1:
        raise RequestError(
            f"--to {text!r}: {measure.name} is a share of worlds\n    allowed: from 0 to 1, or "
            "from 0% to 100%"
        )
    return Target(sign[0] == ">", sign.endswith("="), bound)
