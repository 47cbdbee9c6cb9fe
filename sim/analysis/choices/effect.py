"""The difference of one choice between two scenarios, with its interval and its causes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import nan

from sim.analysis.choices.choice import Choice, ChoiceKind
from sim.analysis.choices.measure import find_choice
from sim.statistics.arrays import Vector
from sim.statistics.intervals import Interval, student_interval

_UNDEFINED = Interval(nan, nan, nan)


@dataclass(frozen=True)
class Share:
    """The part of a difference that goes through one cause.

    Attributes:
        cause: code of the ally, or name of another cause.
        is_ally: whether it is an ally.
        difference: that part of the difference, with its 95% interval.
        share: that part as a share of the whole; NaN where the whole is 0.
    """

    cause: str
    is_ally: bool
    difference: Interval
    share: float


@dataclass(frozen=True)
class ChoiceEffect:
    """The difference of one choice between two scenarios.

    Rates are expected numbers a year; help is a chance, in the mean over months.

    Attributes:
        choice: the choice.
        with_, without: its rate in each scenario, with its 95% interval.
        difference: the rate with minus the rate without, paired.
        relative: the difference as a share of the rate without; NaN where that is 0.
        shares: the difference by what it goes through, the largest part first; all add up to it.
            Empty for help.
    """

    choice: Choice
    with_: Interval
    without: Interval
    difference: Interval
    relative: Interval
    shares: tuple[Share, ...] = ()

    @property
    def kind(self) -> ChoiceKind:
        """What is chosen."""
        return self.choice.kind

    @property
    def is_clear(self) -> bool:
        """Whether the interval of the difference excludes 0."""
        return self.difference.low > 0 or self.difference.high < 0

    @property
    def through(self) -> dict[str, Share]:
        """The part that goes through each ally, by its code."""
        return {share.cause: share for share in self.shares if share.is_ally}


def find_effect(
    effects: Sequence[ChoiceEffect], kind: str, rivalry: str, actor: str, towards: str = ""
) -> ChoiceEffect:
    """Return the difference of a choice by its names; `towards` is needed for help only.

    Raises:
        RequestError: there is no such choice.
    """
    by_choice = {effect.choice: effect for effect in effects}
    return by_choice[find_choice(list(by_choice), kind, rivalry, actor, towards)]


def relative_change(with_: Vector, without: Vector) -> Interval:
    """Return the change of a mean as a share of the mean without, within pairs.

    The variance is that of the ratio to first order (delta method).
    """
    before = float(without.mean())
    if not before:
        return _UNDEFINED
    change = float(with_.mean()) / before - 1
    spread = student_interval((with_ - (1 + change) * without) / before)
    return Interval(change, change + spread.low - spread.value, change + spread.high - spread.value)
