"""The gauges of a quarter: tension, coordination, programmes, dependence and fronts."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Gauge:
    """One quantity of the months table at the end of a quarter.

    Attributes:
        id: the column of the months table, such as `tension_dprk`.
        name: what it measures, in words.
        value: at the end of the last month; None where it is not defined, as a front in peace.
        before: at the end of the quarter before; None in the first.
        low, high: the ends of the scale.
        ends: what the ends of the scale mean, in words.
        actors: codes of the actors that it concerns.
    """

    id: str
    name: str
    value: float | None
    before: float | None
    low: float
    high: float
    ends: tuple[str, str]
    actors: tuple[str, ...] = ()
