"""Differences of choices as rows, for a spreadsheet, a data frame or a file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from math import isfinite
from typing import Any

from sim.analysis.choices.effect import ChoiceEffect
from sim.statistics.intervals import Interval

Row = dict[str, Any]
WHOLE = "all"
"""The cause in the row of a whole difference."""
CHOICE_COLUMNS = (
    "kind:text rivalry:text actor:text towards:text through:text ally:fact "
    "with_value:number with_low:number with_high:number "
    "without_value:number without_low:number without_high:number "
    "difference:number low:number high:number "
    "relative:number relative_low:number relative_high:number share:number"
)
"""The columns and their types."""


def choice_rows(effects: Iterable[ChoiceEffect]) -> Iterator[Row]:
    """Yield for each choice one row with the whole difference, and one for each cause.

    Rates are numbers a year, help a chance; `difference` is *with* minus *without*.
    """
    for effect in effects:
        yield {
            **_names(effect),
            "through": WHOLE,
            "ally": False,
            **_cells("with_{}", effect.with_),
            **_cells("without_{}", effect.without),
            **_difference(effect.difference),
            "relative": _finite(effect.relative.value),
            "relative_low": _finite(effect.relative.low),
            "relative_high": _finite(effect.relative.high),
            "share": 1.0,
        }
        yield from _cause_rows(effect)


def _cause_rows(effect: ChoiceEffect) -> Iterator[Row]:
    empty = dict.fromkeys(column.split(":")[0] for column in CHOICE_COLUMNS.split())
    for share in effect.shares:
        yield {
            **empty,
            **_names(effect),
            "through": share.cause,
            "ally": share.is_ally,
            **_difference(share.difference),
            "share": _finite(share.share),
        }


def _names(effect: ChoiceEffect) -> Row:
    return effect.choice._asdict() | {"kind": effect.kind.value}


def _difference(change: Interval) -> Row:
    return {
        "difference": _finite(change.value),
        "low": _finite(change.low),
        "high": _finite(change.high),
    }


def _cells(name: str, interval: Interval) -> Row:
    return {name.format(part): _finite(number) for part, number in interval._asdict().items()}


def _finite(number: float) -> float | None:
    return number if isfinite(number) else None
