"""Where a game stands among ordinary worlds, outcome by outcome."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.experiment.storage.results import Results
from sim.model.measures.registry import Measure, MeasureKind
from sim.report.words import format_amount, format_percent
from sim.statistics.intervals import wilson_interval

_UNUSUAL = 0.1
"""Share of ordinary worlds below which an outcome of the game is called unusual."""
_BAND = (0.05, 0.5, 0.95)


@dataclass(frozen=True)
class Standing:
    """One outcome of a game among ordinary worlds.

    Attributes:
        measure: the outcome.
        own: its value in the game, in words; empty where it is not defined there.
        ordinary: its value in ordinary worlds, in words.
        share: of yes or no, the share of ordinary worlds with the answer of the game; of an amount,
            the share that are as far out, on either side; None where the game has no value.
        percentile: of an amount, the share of ordinary worlds below, ties counted half, 0 to 1.
        sentence: the same as a sentence.
        others: its value in the games of other rooms, in words.
    """

    measure: Measure
    own: str
    ordinary: str
    share: float | None
    percentile: float | None
    sentence: str
    others: tuple[str, ...] = ()

    @property
    def unusual(self) -> bool:
        """Whether few ordinary worlds are like the game."""
        return self.share is not None and self.share <= _UNUSUAL

    @property
    def place(self) -> str:
        """Where the game stands, for a table."""
        if self.share is None:
            return "n/a"
        if self.percentile is None:
            return f"as in {format_percent(self.share)}"
        return f"above {_format_part(self.percentile)}"


def find_standings(
    values: Mapping[str, Any], ordinary: Results, others: Sequence[Mapping[str, Any]] = ()
) -> list[Standing]:
    """Return where a game stands in each headline measure, the most unusual first.

    Args:
        values: the measures of the world that was played, by name.
        ordinary: worlds of the same scenario in which nothing was played.
        others: the measures of the worlds that other rooms played.
    """
    names = [name for name in ordinary.scenario.headlines if name in ordinary.measures]
    standings = [
        replace(
            _stand(measure, values, ordinary),
            others=tuple(describe_value(measure, other) for other in others),
        )
        for measure in (ordinary.measures[name] for name in names)
    ]
    return sorted(standings, key=lambda each: 2.0 if each.share is None else each.share)


def write_lead(standings: list[Standing], worlds: int) -> str:
    """Return the most unusual outcome of a game in a sentence, or that none is."""
    unusual = [each for each in standings if each.unusual]
    if not unusual:
        return f"Your world is an ordinary one among {worlds:,}: no outcome is unusual."
    others = len(unusual) - 1
    count = "One more" if others == 1 else f"{others} more"
    verb = "is" if others == 1 else "are"
    more = f" {count} of {len(standings)} outcomes {verb} unusual." if others else ""
    return f"{unusual[0].sentence}{more}"


def _stand(measure: Measure, values: Mapping[str, Any], ordinary: Results) -> Standing:
    column = defined_values(measure, ordinary)
    known = not measure.given or bool(values[measure.given])
    if measure.kind is MeasureKind.HAPPENED:
        return _stand_yes_or_no(measure, bool(values[measure.name]) if known else None, column)
    return _stand_amount(measure, float(values[measure.name]) if known else None, column)


def describe_value(measure: Measure, values: Mapping[str, Any]) -> str:
    """Return a measure of one world in words; `n/a` where it is not defined there."""
    if measure.given and not values[measure.given]:
        return "n/a"
    if measure.kind is MeasureKind.HAPPENED:
        return "yes" if values[measure.name] else "no"
    return format_amount(float(values[measure.name]))


def defined_values(measure: Measure, ordinary: Results) -> NDArray[np.float64]:
    """Return the values of a measure in the worlds in which it is defined."""
    column = ordinary.column(measure.name).astype(np.float64)
    if measure.given:
        column = column[ordinary.column(measure.given).astype(bool)]
    return column[np.isfinite(column)]


def _stand_yes_or_no(measure: Measure, own: bool | None, column: NDArray[np.float64]) -> Standing:
    share = float(column.mean()) if column.size else float("nan")
    ordinary = f"yes in {format_percent(share)}" if column.size else "n/a"
    if own is None or not column.size:
        return _without_value(measure, "n/a", ordinary)
    alike = share if own else 1 - share
    answer = "yes" if own else "no"
    sentence = (
        f"{measure.short}: {answer} in your world, as in {format_percent(alike)} of "
        f"{column.size:,} ordinary ones."
    )
    return Standing(measure, answer, ordinary, alike, None, sentence)


def _stand_amount(measure: Measure, own: float | None, column: NDArray[np.float64]) -> Standing:
    if own is None or not np.isfinite(own) or not column.size:
        return _without_value(measure, "n/a", _describe_spread(column))
    percentile = float((column < own).mean() + (column == own).mean() / 2)
    least = min(float((column <= own).mean()), float((column >= own).mean()))
    shown = format_amount(own)
    side, beyond = ("more", percentile) if percentile >= 0.5 else ("less", 1 - percentile)
    sentence = (
        f"{measure.short_with_unit}: {shown} in your world, {side} than in "
        f"{_format_part(beyond)} of {column.size:,} ordinary ones."
    )
    return Standing(
        measure, shown, _describe_spread(column), min(1.0, 2 * least), percentile, sentence
    )


def _format_part(share: float) -> str:
    """Return a share of worlds in words where it is all or none of them."""
    return {0.0: "none", 1.0: "all"}.get(share, format_percent(share))


def _describe_spread(column: NDArray[np.float64]) -> str:
    if not column.size:
        return "n/a"
    low, median, high = (format_amount(value, 2) for value in np.quantile(column, _BAND))
    return f"{median} ({low} to {high})"


def _without_value(measure: Measure, own: str, ordinary: str) -> Standing:
    return Standing(measure, own, ordinary, None, None, f"{measure.short}: not defined here.")


def share_interval(measure: Measure, ordinary: Results) -> tuple[float, float, float]:
    """Return the share of ordinary worlds in which something happened, with its 95% interval."""
    column = defined_values(measure, ordinary)
    interval = wilson_interval(float(column.sum()), max(column.size, 1))
    return interval.value, interval.low, interval.high
