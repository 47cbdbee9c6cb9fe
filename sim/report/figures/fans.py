"""Fan charts: the distribution of a quantity over worlds, month by month."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Literal

import altair as alt
import numpy as np
from numpy.typing import NDArray

from sim.model.measures.needs import Rule
from sim.report.figures.aggregates import (
    FAN_QUANTILES,
    MonthQuantiles,
    PairedRuns,
    compute_month_quantiles,
    list_constructed,
    pair_runs,
)
from sim.report.figures.dates import build_month_axis
from sim.report.figures.figure import Figure, FigureRow, layer_charts, make_chart
from sim.report.figures.month_columns import MonthColumn, list_month_columns
from sim.report.figures.theme import (
    DARK_BLUE,
    MIDDLE_BLUE,
    PALE_BLUE,
    RUN_COLOURS,
    RUN_DASHES,
    ChartSpec,
)
from sim.report.run_view import Run
from sim.report.words import capitalise_first, format_amount

_HEIGHT = 190
_SOLDIERS_COLUMN = "present"
"""Prefix of the columns on which the gate on soldiers decides."""
_BANDS_NOTE = "Line: median. Dark band: middle 50% of worlds; light band: middle 90%."
_OUTLINES_NOTE = "Thick lines: medians. Thin lines: edges of the middle 50% of worlds."
_DIFFERENCE_NOTE = "Each world minus its pair with the same random draws. " + _BANDS_NOTE
_TOOLTIP_FIELDS = ["month", *FAN_QUANTILES, "worlds"]


def plot_fans(runs: Sequence[Run], *, core: bool = False) -> Iterator[Figure]:
    """Yield a fan for each column that varies, and for the differences between paired runs."""
    pairs, constructed = pair_runs(runs), list_constructed(runs)
    for column in list_month_columns(runs[0].scenario):
        if core and not column.core:
            continue
        quantiles_by_run = [
            compute_month_quantiles(run.read_month_column(column.name))
            for run in runs
            if _has_column(run, column)
        ]
        if len(quantiles_by_run) == len(runs) and any(map(_varies, quantiles_by_run)):
            yield (
                _build_single_figure(runs[0], column, quantiles_by_run[0])
                if len(runs) == 1
                else _build_overlaid_figure(runs, column, quantiles_by_run, constructed)
            )
            if not _find_rule(column, constructed):
                yield from _plot_differences(pairs, column)


def _find_rule(column: MonthColumn, constructed: dict[str, Rule]) -> Rule | None:
    """Return the rule by which a column differs between the runs by construction, if one does."""
    prefix, _, code = column.name.partition("_")
    return constructed.get(f"troops_{code}") if prefix == _SOLDIERS_COLUMN else None


def _has_column(run: Run, column: MonthColumn) -> bool:
    """Whether the scenario of a run has the column."""
    return column in list_month_columns(run.scenario)


def _plot_differences(run_pairs: Sequence[PairedRuns], column: MonthColumn) -> Iterator[Figure]:
    """Yield the fan of the differences between paired worlds, with minus without, if any."""
    for pair in run_pairs:
        if pair.unpaired_reason:
            continue
        differences = compute_month_quantiles(_subtract(pair, column))
        if _varies(differences):
            yield _build_difference_figure(pair, column, differences)


def _subtract(pair: PairedRuns, column: MonthColumn) -> NDArray[np.float64]:
    """Return a column with minus without, (world, month), free of rounding error."""
    months = min(pair.with_.months, pair.without.months)
    ours, theirs = (
        run.read_month_column(column.name)[:, :months] for run in (pair.with_, pair.without)
    )
    return np.round(ours - theirs, 12)


def _build_rows(name: str, quantiles: Sequence[MonthQuantiles]) -> list[FigureRow]:
    """Return the table of a fan."""
    return [{"run": name, **asdict(month)} for month in quantiles]


def _build_single_figure(run: Run, column: MonthColumn, quantiles: list[MonthQuantiles]) -> Figure:
    table = _build_rows(run.name, quantiles)
    return Figure(
        name=f"fan-{column.name}",
        title=column.label,
        finding=capitalise_first(f"{_describe_medians(quantiles)} ({column.unit})."),
        note=f"{_BANDS_NOTE} {_write_small_print(run, quantiles)}",
        chart=_draw_fan(table, run, column),
        table=table,
    )


def _build_overlaid_figure(
    runs: Sequence[Run],
    column: MonthColumn,
    quantiles_by_run: list[list[MonthQuantiles]],
    constructed: dict[str, Rule],
) -> Figure:
    table = [
        row
        for run, quantiles in zip(runs, quantiles_by_run, strict=True)
        for row in _build_rows(run.name, quantiles)
    ]
    medians = "; ".join(
        f"{run.name}: {_describe_medians(quantiles)}"
        for run, quantiles in zip(runs, quantiles_by_run, strict=True)
    )
    small_print = dict.fromkeys(map(_write_small_print, runs, quantiles_by_run))
    rule = _find_rule(column, constructed)
    origin = f"Differs by construction: {rule}. " if rule else ""
    return Figure(
        name=f"fan-{column.name}",
        title=column.label,
        finding=capitalise_first(f"{medians} ({column.unit})."),
        note=f"{_OUTLINES_NOTE} {origin}{' '.join(small_print)}",
        chart=_draw_overlaid(table, runs, column),
        table=table,
    )


def _build_difference_figure(
    pair: PairedRuns, column: MonthColumn, quantiles: list[MonthQuantiles]
) -> Figure:
    sides = f"{pair.with_.name} minus {pair.without.name}"
    table = _build_rows(sides, quantiles)
    return Figure(
        name=f"difference-{column.name}{pair.name_suffix}",
        title=f"{column.label}: {sides}",
        finding=capitalise_first(f"{_describe_medians(quantiles)} ({column.unit})."),
        note=f"{_DIFFERENCE_NOTE} {_write_small_print(pair.with_, quantiles)}",
        chart=_draw_fan(table, pair.with_, column, is_difference=True),
        table=table,
    )


def _varies(quantiles: list[MonthQuantiles]) -> bool:
    levels = [getattr(month, level) for month in quantiles for level in FAN_QUANTILES]
    return len(quantiles) > 1 and bool(np.ptp(levels) > 1e-9)


def _describe_medians(quantiles: Sequence[MonthQuantiles]) -> str:
    first, last = quantiles[0], quantiles[-1]
    return (
        f"from a median of {format_amount(first.median)} after month {first.month} to "
        f"{format_amount(last.median)} after month {last.month}, when 90% of worlds lie between "
        f"{format_amount(last.p05)} and {format_amount(last.p95)}"
    )


def _write_small_print(run: Run, quantiles: Sequence[MonthQuantiles]) -> str:
    least, most = (bound(month.worlds for month in quantiles) for bound in (min, max))
    worlds = f"{most:,}" if least == most else f"{least:,} to {most:,} of {run.worlds:,}"
    return f"{worlds} worlds, seed {run.scenario.seed}."


def _draw_fan(
    table: list[FigureRow], run: Run, column: MonthColumn, *, is_difference: bool = False
) -> ChartSpec:
    base, shape = _build_base(table, run), _choose_interpolation(column)
    value = _build_value_axis(column, "difference, " if is_difference else "")
    layers = [
        base.mark_area(color=PALE_BLUE, interpolate=shape).encode(
            y=alt.Y("p05:Q", axis=value), y2="p95:Q"
        ),
        base.mark_area(color=MIDDLE_BLUE, interpolate=shape).encode(y="p25:Q", y2="p75:Q"),
        base.mark_line(color=DARK_BLUE, interpolate=shape, strokeWidth=2.5).encode(y="median:Q"),
    ]
    if is_difference:
        layers.append(make_chart([{"none": 0}]).mark_rule(strokeDash=[4, 3]).encode(y="none:Q"))
    return layer_charts([*layers, _draw_hover_rules(base)], _HEIGHT)


def _draw_overlaid(table: list[FigureRow], runs: Sequence[Run], column: MonthColumn) -> ChartSpec:
    names = [run.name for run in runs]
    colour = alt.Color("run:N", sort=None).scale(domain=names, range=list(RUN_COLOURS[: len(runs)]))
    dash = alt.StrokeDash("run:N", sort=None).scale(
        domain=names, range=list(RUN_DASHES[: len(runs)])
    )
    base = _build_base(table, max(runs, key=lambda run: run.months)).encode(
        color=colour, strokeDash=dash
    )
    drawn = [
        base.mark_line(strokeWidth=width, interpolate=_choose_interpolation(column)).encode(
            y=alt.Y(f"{level}:Q", axis=_build_value_axis(column))
        )
        for level, width in (("p25", 1), ("p75", 1), ("median", 3))
    ]
    return layer_charts([*drawn, _draw_hover_rules(base)], _HEIGHT)


def _build_value_axis(column: MonthColumn, prefix: str = "") -> alt.Axis:
    title = prefix + column.unit
    return alt.Axis(title=title, tickMinStep=1) if column.integer else alt.Axis(title=title)


def _choose_interpolation(column: MonthColumn) -> Literal["step-after", "linear"]:
    """Return the interpolation between points: steps for integers."""
    return "step-after" if column.integer else "linear"


def _build_base(table: list[FigureRow], run: Run) -> alt.Chart:
    month = alt.X("month:Q", axis=build_month_axis(run)).scale(
        domain=[1, max(run.months, 2)], nice=False
    )
    return make_chart(table).encode(x=month)


def _draw_hover_rules(base: alt.Chart) -> alt.Chart:
    """Return invisible rules with the numbers of a month, for interactive charts."""
    shown = [
        alt.Tooltip("run:N"),
        *(alt.Tooltip(f"{name}:Q", format=".4~g") for name in _TOOLTIP_FIELDS),
    ]
    return base.mark_rule(opacity=0, strokeWidth=9).encode(tooltip=shown)
