"""Fan charts: how a quantity spreads over the worlds, month by month."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Literal

import altair as alt
import numpy as np
from numpy.typing import NDArray

from sim.report.figures.aggregates import LEVELS, Spread, Twins, spreads, twins
from sim.report.figures.dates import dated
from sim.report.figures.figure import Figure, Row, chart, sized
from sim.report.figures.month_columns import Column, columns
from sim.report.figures.theme import DARK, DASHES, MIDDLE, PALE, RUNS, Spec
from sim.report.run_view import Run
from sim.report.words import amount, sentence

HEIGHT = 190
_BANDS = "Line: median. Dark band: middle 50 % of worlds; light band: middle 90 %."
_OUTLINES = "Thick lines: medians. Thin lines: edges of the middle 50 % of worlds."
_DIFFERENCE = "Each world less its twin with the same luck. " + _BANDS
_TOOLTIPS = ["month", *LEVELS, "worlds"]


def fans(runs: Sequence[Run], *, core: bool = False) -> Iterator[Figure]:
    """Yield a fan for each column of the months that moves, and how paired runs differ in it."""
    pairs = twins(runs)
    for column in columns(runs[0].scenario):
        if core and not column.core:
            continue
        told = [spreads(run.monthly(column.name)) for run in runs if has(run, column)]
        if len(told) == len(runs) and any(_moves(one) for one in told):
            yield _one(runs[0], column, told[0]) if len(runs) == 1 else _several(runs, column, told)
            yield from differences(pairs, column)


def has(run: Run, column: Column) -> bool:
    """Whether the scenario of a run has what the column is about."""
    return column in columns(run.scenario)


def differences(pairs: Sequence[Twins], column: Column) -> Iterator[Figure]:
    """Yield the fan of what differs between twins, with less without, where anything does."""
    for two in pairs:
        if not two.strangers and _moves(gap := spreads(_less(two, column))):
            yield _gap(two, column, gap)


def _less(two: Twins, column: Column) -> NDArray[np.float64]:
    """Return a column with less without, (world, month), free of rounding."""
    months = min(two.with_.months, two.without.months)
    ours, theirs = (run.monthly(column.name)[:, :months] for run in (two.with_, two.without))
    return np.round(ours - theirs, 12)


def rows(name: str, told: Sequence[Spread]) -> list[Row]:
    """Return the table of a fan."""
    return [{"run": name, **asdict(one)} for one in told]


def _one(run: Run, column: Column, told: list[Spread]) -> Figure:
    table = rows(run.name, told)
    return Figure(
        name=f"fan-{column.name}",
        title=column.label,
        says=sentence(f"{_said(told)} ({column.unit})."),
        note=f"{_BANDS} {_small_print(run, told)}",
        chart=_fan(table, run, column),
        table=table,
    )


def _several(runs: Sequence[Run], column: Column, told: list[list[Spread]]) -> Figure:
    table = [row for run, one in zip(runs, told, strict=True) for row in rows(run.name, one)]
    said = "; ".join(f"{run.name}: {_said(one)}" for run, one in zip(runs, told, strict=True))
    return Figure(
        name=f"fan-{column.name}",
        title=column.label,
        says=sentence(f"{said} ({column.unit})."),
        note=f"{_OUTLINES} {' '.join(dict.fromkeys(map(_small_print, runs, told)))}",
        chart=_overlaid(table, runs, column),
        table=table,
    )


def _gap(two: Twins, column: Column, told: list[Spread]) -> Figure:
    less = f"{two.with_.name} less {two.without.name}"
    table = rows(less, told)
    return Figure(
        name=f"difference-{column.name}{two.suffix}",
        title=f"{column.label}: {less}",
        says=sentence(f"{_said(told)} ({column.unit})."),
        note=f"{_DIFFERENCE} {_small_print(two.with_, told)}",
        chart=_fan(table, two.with_, column, less=True),
        table=table,
    )


def _moves(told: list[Spread]) -> bool:
    levels = [getattr(one, level) for one in told for level in LEVELS]
    return len(told) > 1 and bool(np.ptp(levels) > 1e-9)


def _said(told: Sequence[Spread]) -> str:
    first, last = told[0], told[-1]
    return (
        f"from a median of {amount(first.median)} after month {first.month} to "
        f"{amount(last.median)} after month {last.month}, when the middle nine in ten lie between "
        f"{amount(last.p05)} and {amount(last.p95)}"
    )


def _small_print(run: Run, told: Sequence[Spread]) -> str:
    least, most = (bound(one.worlds for one in told) for bound in (min, max))
    worlds = f"{most:,}" if least == most else f"{least:,} to {most:,} of {run.worlds:,}"
    return f"{worlds} worlds, seed {run.scenario.seed}."


def _fan(table: list[Row], run: Run, column: Column, *, less: bool = False) -> Spec:
    base, shape = _base(table, run), _shape(column)
    value = _axis(column, "difference, " if less else "")
    layers = [
        base.mark_area(color=PALE, interpolate=shape).encode(
            y=alt.Y("p05:Q", axis=value), y2="p95:Q"
        ),
        base.mark_area(color=MIDDLE, interpolate=shape).encode(y="p25:Q", y2="p75:Q"),
        base.mark_line(color=DARK, interpolate=shape, strokeWidth=2.5).encode(y="median:Q"),
    ]
    if less:
        layers.append(chart([{"none": 0}]).mark_rule(strokeDash=[4, 3]).encode(y="none:Q"))
    return sized([*layers, _hover(base)], HEIGHT)


def _overlaid(table: list[Row], runs: Sequence[Run], column: Column) -> Spec:
    names = [run.name for run in runs]
    colour = alt.Color("run:N", sort=None).scale(domain=names, range=list(RUNS[: len(runs)]))
    dash = alt.StrokeDash("run:N", sort=None).scale(domain=names, range=list(DASHES[: len(runs)]))
    base = _base(table, max(runs, key=lambda run: run.months)).encode(color=colour, strokeDash=dash)
    drawn = [
        base.mark_line(strokeWidth=width, interpolate=_shape(column)).encode(
            y=alt.Y(f"{level}:Q", axis=_axis(column))
        )
        for level, width in (("p25", 1), ("p75", 1), ("median", 3))
    ]
    return sized([*drawn, _hover(base)], HEIGHT)


def _axis(column: Column, prefix: str = "") -> alt.Axis:
    title = prefix + column.unit
    return alt.Axis(title=title, tickMinStep=1) if column.whole else alt.Axis(title=title)


def _shape(column: Column) -> Literal["step-after", "linear"]:
    """Return how points are joined: what counts in ones leaps."""
    return "step-after" if column.whole else "linear"


def _base(table: list[Row], run: Run) -> alt.Chart:
    month = alt.X("month:Q", axis=dated(run)).scale(domain=[1, max(run.months, 2)], nice=False)
    return chart(table).encode(x=month)


def _hover(base: alt.Chart) -> alt.Chart:
    """Return invisible rules that show the figures of a month where the chart is alive."""
    shown = [alt.Tooltip("run:N"), *(alt.Tooltip(f"{name}:Q", format=".4~g") for name in _TOOLTIPS)]
    return base.mark_rule(opacity=0, strokeWidth=9).encode(tooltip=shown)
