"""The rows of the tables that hold results of others than this study, a class for each table.

They were computed from all pair-years, or in an engine of before, and cannot be recomputed here.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class BrokenInDecade:
    """Breaches in a decade, and how many a regression on the other decades expected.

    Attributes:
        lo: the first year.
        hi: the last year.
        expected: expected by the regression of the other decades.
        broken: treaties broken.
    """

    lo: int
    hi: int
    expected: float
    broken: int


@dataclass(frozen=True, kw_only=True)
class RecordedRanking:
    """How well a regression on the other decades ranked the pairs of a decade.

    Attributes:
        pact_class: one of `CLASSES`.
        terms: how many terms the regression has, in words.
        lo: the first year.
        hi: the last year.
        auc: how often a pair that signed had a higher chance than one that did not.
    """

    pact_class: str
    terms: str
    lo: int
    hi: int
    auc: float


@dataclass(frozen=True, kw_only=True)
class CounterWindow:
    """Own new defence pacts around a rival's new defence pact.

    Attributes:
        lo: months from the rival's pact to the first day of the window.
        hi: months to the last.
        own_per_year: own new defence pacts a year.
    """

    lo: int
    hi: int
    own_per_year: float


@dataclass(frozen=True, kw_only=True)
class CounterRatio:
    """How much more often actors sign in the three years after a rival's pact than before it.

    Attributes:
        answer: the class of their own treaties.
        ratio: treaties a year after, by treaties a year before.
        low: lower end of the 95% interval, by rival's pact.
        high: upper end.
        pacts: rivals' pacts counted.
    """

    answer: str
    ratio: float
    low: float
    high: float
    pacts: int


@dataclass(frozen=True, kw_only=True)
class ExpectedFigure:
    """A share of worlds that was worked out from the numbers of the rules alone.

    Attributes:
        figure: what happens, in words.
        event: the event that is counted.
        subject: how its subject begins; empty for any.
        value: the share.
        low: lower end over the ranges of the numbers.
        high: upper end.
        says: what was left out when it was worked out; empty for nothing.
    """

    figure: str
    event: str
    subject: str
    value: float
    low: float
    high: float
    says: str


@dataclass(frozen=True, kw_only=True)
class PlantedAct:
    """What an act did where it was planted in an engine in which nobody could sign or leave.

    Attributes:
        scenario: the scenario with the act, by its path in the folder of scenarios.
        act: the act, in words.
        measure: the measure that is compared.
        what: the measure, in words.
        expected: the mean difference between paired worlds with the act and without it.
        unit: its unit.
        diagnosis: why the worlds of today may differ; empty where nothing is known.
    """

    scenario: str
    act: str
    measure: str
    what: str
    expected: float
    unit: str
    diagnosis: str
