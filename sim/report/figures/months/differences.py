"""Month by month, how paired worlds differ: the mean difference and its interval.

Where two runs lie on each other a chart of both shows one line. Only what differs is drawn.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from sim.model.measures.needs import Rule
from sim.report.figures.aggregates import (
    PairedRuns,
    compute_month_quantiles,
)
from sim.report.figures.figure import Figure, FigureRow, layer_charts, make_chart, read_number
from sim.report.figures.month_columns import MonthColumn, list_month_columns
from sim.report.figures.months.dates import format_calendar_month
from sim.report.figures.months.event_marks import draw_event_marks
from sim.report.figures.months.fan_layers import (
    HEIGHT,
    build_base,
    build_value_scale,
    draw_band,
    draw_line,
    find_domain,
)
from sim.report.figures.theme import ChartSpec
from sim.report.words import capitalise_first, format_percent, format_roughly
from sim.statistics.intervals import student_interval

_CLEAR = 1.65
"""Half intervals from zero at which a month differs clearly: the highest of 36 months exceeds it
by chance in one column of twenty (Bonferroni)."""
_LEAST_SIZE = 0.1
"""Difference in standard deviations between worlds below which nothing is drawn: half of what
Cohen (1988) calls a small effect."""
_SOLDIERS_COLUMN = "present"
"""Prefix of the columns on which the gate on soldiers decides."""
_NOTE = (
    "Line: mean over pairs of worlds with the same random draws. Band: its 95% interval. "
    "{pairs} pairs, seed {seed}."
)


@dataclass(frozen=True)
class ColumnDifference:
    """A column of the months in both runs of a pair.

    Attributes:
        pair: the runs.
        column: the column.
        values: with minus without, (world, month), free of rounding error; NaN where either side
            has no value.
        spread: standard deviation between the worlds of the run without, (month,).
    """

    pair: PairedRuns
    column: MonthColumn
    values: NDArray[np.float64]
    spread: NDArray[np.float64]

    @cached_property
    def rows(self) -> list[FigureRow]:
        """The table of the figure: quantiles of the pairs, the mean and its interval."""
        spreads = {spread.month: spread for spread in compute_month_quantiles(self.values)}
        return [self._build_row(month, spread) for month, spread in spreads.items()]

    def _build_row(self, month: int, spread: object) -> FigureRow:
        column = self.values[:, month - 1]
        mean = student_interval(column[np.isfinite(column)])
        sides = f"{self.pair.with_.name} minus {self.pair.without.name}"
        row: FigureRow = {"run": sides, **asdict(spread)}  # type: ignore[call-overload]
        return row | {"mean": mean.value, "low": mean.low, "high": mean.high}

    @property
    def clear(self) -> bool:
        """Whether the mean difference is clear and not tiny in some month."""
        return any(_is_clear(row) and self._is_large(row) for row in self.rows)

    def _is_large(self, row: FigureRow) -> bool:
        spread = self.spread[int(read_number(row, "month")) - 1]
        return abs(read_number(row, "mean")) >= _LEAST_SIZE * float(spread)

    @property
    def equal_pairs(self) -> float:
        """The share of pairs that are the same in every month."""
        return float((np.nan_to_num(self.values) == 0).all(axis=1).mean())


def _is_clear(row: FigureRow) -> bool:
    mean, low, high = (read_number(row, name) for name in ("mean", "low", "high"))
    return abs(mean) > _CLEAR * (high - low) / 2 and mean != 0


def compare_columns(pair: PairedRuns, *, core: bool = False) -> Iterator[ColumnDifference]:
    """Yield every column of the months that both runs have, unless it differs by construction."""
    theirs = list_month_columns(pair.without.scenario)
    for column in list_month_columns(pair.with_.scenario):
        if column in theirs and (column.core or not core) and not find_column_rule(
            column, pair.constructed
        ):  # fmt: skip
            yield ColumnDifference(pair, column, *_subtract(pair, column))


def find_column_rule(column: MonthColumn, constructed: dict[str, Rule]) -> Rule | None:
    """Return the rule by which a column differs between the runs by construction, if one does."""
    prefix, _, code = column.name.partition("_")
    return constructed.get(f"troops_{code}") if prefix == _SOLDIERS_COLUMN else None


def _subtract(
    pair: PairedRuns, column: MonthColumn
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return a column with minus without, (world, month), and the spread without, (month,)."""
    months = min(pair.with_.months, pair.without.months)
    ours, theirs = (
        run.read_month_column(column.name)[:, :months] for run in (pair.with_, pair.without)
    )
    spread = [_deviate(month) for month in theirs.T]
    return np.round(ours - theirs, 12), np.array(spread)


def _deviate(values: NDArray[np.float64]) -> float:
    """Return the standard deviation of the values that are defined; 0 without any."""
    present = values[np.isfinite(values)]
    return float(present.std()) if present.size else 0.0


def describe_unclear(differences: Sequence[ColumnDifference]) -> str:
    """Return in a sentence the columns that no figure shows, since nothing clear differs."""
    same = [each.column.label for each in differences if each.equal_pairs == 1]
    unclear = [each.column.label for each in differences if each.equal_pairs < 1 and not each.clear]
    parts = [
        f"The same in every pair: {'; '.join(same)}." if same else "",
        f"Little or no clear difference in any month: {'; '.join(unclear)}." if unclear else "",
    ]
    return " ".join(filter(None, parts))


def build_difference_figure(difference: ColumnDifference) -> Figure:
    """Return the figure of a column that differs."""
    pair, column = difference.pair, difference.column
    strongest = max(difference.rows, key=lambda row: abs(read_number(row, "mean")))
    mean, low, high = (read_number(strongest, name) for name in ("mean", "low", "high"))
    when = format_calendar_month(pair.with_, int(read_number(strongest, "month")))
    direction = "higher" if mean > 0 else "lower"
    return Figure(
        name=f"difference-{column.name}{pair.name_suffix}",
        title=(
            f"{capitalise_first(column.label)}: {direction} in {pair.with_.name}, by "
            f"{format_roughly(abs(mean))} at most, in {when}"
        ),
        finding=(
            f"Mean difference {format_roughly(mean)} (95% interval {format_roughly(low)} to "
            f"{format_roughly(high)}; {column.unit}). "
            f"{format_percent(difference.equal_pairs)} of pairs never differ."
        ),
        note=_NOTE.format(pairs=f"{len(difference.values):,}", seed=pair.with_.scenario.seed),
        chart=_draw(difference),
        table=difference.rows,
    )


def _draw(difference: ColumnDifference) -> ChartSpec:
    rows, run = difference.rows, difference.pair.with_
    base = build_base(rows, run)
    domain = find_domain(rows, ("low", "high"), with_zero=True)
    return layer_charts(
        [
            draw_band(base, ("low", "high"), build_value_scale("low", domain), "linear"),
            make_chart([{"none": 0}])
            .mark_rule(strokeDash=[4, 3])
            .encode(y=build_value_scale("none", domain)),
            draw_line(base, build_value_scale("mean", domain), "linear"),
            *draw_event_marks(run),
        ],
        HEIGHT,
    )
