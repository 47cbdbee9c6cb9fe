"""A game as one line through the fan of ordinary worlds, month by month."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from types import MappingProxyType

import altair as alt
import numpy as np
from numpy.typing import NDArray

from sim.analysis.stories.replay import WorldRecord
from sim.report.figures.aggregates import (
    FAN_QUANTILES,
    MonthQuantiles,
    compute_month_quantiles,
)
from sim.report.figures.figure import Figure, FigureRow, layer_charts, read_number
from sim.report.figures.month_columns import MonthColumn, list_month_columns
from sim.report.figures.months.dates import format_calendar_month
from sim.report.figures.months.fan_layers import (
    HEIGHT,
    Shape,
    build_base,
    build_value_scale,
    draw_band,
    draw_labels,
    find_domain,
)
from sim.report.figures.theme import BLACK, DARK_BLUE, GREEN, GREY, VERMILLION, ChartSpec
from sim.report.run_view import Run
from sim.report.words import capitalise_first, format_percent, format_roughly

_OWN = "your world"
_COLOURS = (VERMILLION, GREEN, BLACK, DARK_BLUE)
_DASHES = ([1, 0], [9, 3], [2, 2], [9, 3, 2, 3])
"""Of the own game, and of those of other rooms."""
LOOKS = ("long dashes", "dots", "dashes and dots")
"""The lines of other rooms in words, in their order."""
_NOTE = "{worlds} ordinary worlds, seed {seed}."


Lines = dict[str, NDArray[np.float64]]
"""A column of the months, (month,), of the game and of those of other rooms, by name."""


def draw_lines(
    ordinary: Run, record: WorldRecord, others: Mapping[str, WorldRecord] = MappingProxyType({})
) -> list[Figure]:
    """Return a figure for each important column of the months in which anything varies.

    Those come first in which the game lies furthest from the middle of ordinary worlds.

    Args:
        ordinary: worlds in which nothing was played.
        record: the world of the game.
        others: the worlds of other rooms, by name.
    """
    drawn = sorted(_draw_columns(ordinary, {_OWN: record, **others}), key=lambda each: -each[0])
    return [figure for _, figure in drawn]


def _draw_columns(
    ordinary: Run, records: Mapping[str, WorldRecord]
) -> Iterator[tuple[float, Figure]]:
    """Yield how far the game lies from the middle, 0 to 0.5, and the figure."""
    for column in list_month_columns(ordinary.scenario):
        if not column.core:
            continue
        values = ordinary.read_month_column(column.name)
        known = np.isfinite(values).any(axis=0)
        lines = {
            name: np.where(known, record.month_columns[column.name].astype(np.float64), np.nan)
            for name, record in records.items()
        }
        quantiles = compute_month_quantiles(values)
        if _varies(quantiles, lines[_OWN]):
            yield _distance(lines[_OWN], values), _build(ordinary, column, lines, values, quantiles)


def _distance(own: NDArray[np.float64], values: NDArray[np.float64]) -> float:
    """Return the mean distance of the game's percentile from the middle over the months."""
    places = [
        float((present < value).mean() + (present == value).mean() / 2)
        for value, month in zip(own, values.T, strict=True)
        if np.isfinite(value) and (present := month[np.isfinite(month)]).size
    ]
    return float(np.mean([abs(place - 0.5) for place in places])) if places else 0.0


def _varies(quantiles: list[MonthQuantiles], own: NDArray[np.float64]) -> bool:
    levels = [getattr(month, level) for month in quantiles for level in FAN_QUANTILES]
    every = np.array([*levels, *own[np.isfinite(own)]])
    return len(own) > 1 and bool(np.isfinite(own).any()) and bool(np.ptp(every) > 1e-9)


def _build(
    run: Run,
    column: MonthColumn,
    lines: Lines,
    values: NDArray[np.float64],
    quantiles: list[MonthQuantiles],
) -> Figure:
    own = lines[_OWN]
    last = int(np.flatnonzero(np.isfinite(own))[-1])
    table: list[FigureRow] = [
        asdict(month) | {name: _cell(line[month.month - 1]) for name, line in lines.items()}
        for month in quantiles
    ]
    return Figure(
        name=f"line-{column.name}",
        title=f"{capitalise_first(column.label)}: {_write_place(own[last], values[:, last])}",
        finding=_write_finding(run, column, own, quantiles, last),
        note=_NOTE.format(worlds=f"{run.worlds:,}", seed=run.scenario.seed),
        chart=_draw(table, list(lines), run, column),
        table=table,
    )


def _cell(value: np.float64) -> float | None:
    return float(value) if np.isfinite(value) else None


def _write_place(own: np.float64, values: NDArray[np.float64]) -> str:
    """Return where the game ends among ordinary worlds."""
    present = values[np.isfinite(values)]
    below, equal = float((present < own).mean()), float((present == own).mean())
    if equal > 0.5:
        return f"your world ends at {format_roughly(float(own))}, as most do"
    return f"your world ends above {format_percent(below + equal / 2)} of ordinary ones"


def _write_finding(
    run: Run,
    column: MonthColumn,
    own: NDArray[np.float64],
    quantiles: list[MonthQuantiles],
    last: int,
) -> str:
    outside = [
        month.month
        for month in quantiles
        if np.isfinite(own[month.month - 1])
        and not month.p05 - 1e-9 <= own[month.month - 1] <= month.p95 + 1e-9
    ]
    when = format_calendar_month(run, last + 1)
    end = f"In {when} it stands at {format_roughly(float(own[last]))} ({column.unit})."
    if not outside:
        return f"{end} It never leaves the middle 90%."
    months = "month" if len(outside) == 1 else "months"
    first = format_calendar_month(run, outside[0])
    return f"{end} It is outside the middle 90% in {len(outside)} {months}, first in {first}."


def _draw(table: list[FigureRow], names: list[str], run: Run, column: MonthColumn) -> ChartSpec:
    shape: Shape = "step-after" if column.integer else "linear"
    base, last = build_base(table, run), int(read_number(table[-1], "month"))
    present = {name: [row for row in table if row[name] is not None] for name in names}
    played: list[FigureRow] = [
        {"p05": row[name], "p95": row[name]} for name, rows in present.items() for row in rows
    ]
    domain = find_domain([*table, *played], ("p05", "p95"))
    scales = {
        level: build_value_scale(level, domain, whole=column.integer)
        for level in (*FAN_QUANTILES, *names)
    }
    ends = {name: read_number(rows[-1], name) for name, rows in present.items() if rows}
    return layer_charts(
        [
            draw_band(base, ("p05", "p95"), scales["p05"], shape),
            draw_band(base, ("p25", "p75"), scales["p25"], shape),
            base.mark_line(
                color=GREY, strokeDash=[5, 4], strokeWidth=1.5, interpolate=shape
            ).encode(y=scales["median"]),
            *(_draw_game(base, scales[name], shape, place) for place, name in enumerate(names)),
            draw_labels(ends | {"median": read_number(table[-1], "median")}, last, run, domain),
        ],
        HEIGHT,
    )


def _draw_game(base: alt.Chart, scale: alt.Y, shape: Shape, place: int) -> alt.Chart:
    """Return the line of a game, the own thicker; months in which it has no value are left out."""
    line = base.mark_line(
        color=_COLOURS[place],
        interpolate=shape,
        strokeWidth=3 if not place else 2,
        strokeDash=_DASHES[place],
    )
    return line.encode(y=scale)
