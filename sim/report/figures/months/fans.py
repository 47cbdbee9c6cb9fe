"""Fan charts: the distribution of a quantity over worlds, month by month."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict

import altair as alt
import numpy as np
from numpy.typing import NDArray

from sim.errors import RequestError
from sim.report.figures.aggregates import (
    FAN_QUANTILES,
    MonthQuantiles,
    PairedRuns,
    compute_quantiles,
    pair_runs,
)
from sim.report.figures.distributions import read_spreads
from sim.report.figures.figure import Figure, FigureRow, layer_charts, read_number
from sim.report.figures.month_columns import MonthColumn, list_month_columns
from sim.report.figures.months.any_share import build_share_figure, is_mostly_zero
from sim.report.figures.months.dates import format_calendar_month
from sim.report.figures.months.differences import build_difference_figure, compare_columns
from sim.report.figures.months.event_marks import draw_event_marks
from sim.report.figures.months.fan_layers import (
    HEIGHT,
    Shape,
    build_base,
    build_value_scale,
    draw_band,
    draw_histories,
    draw_labels,
    draw_line,
    find_domain,
)
from sim.report.figures.months.level_shares import build_level_figure, has_few_levels
from sim.report.figures.theme import RUN_COLOURS, RUN_DASHES, ChartSpec
from sim.report.run_view import Run
from sim.report.words import capitalise_first, format_roughly, join_names

_BANDS_NOTE = "Line: {middle}. Dark band: middle 50% of worlds; light band: middle 90%"
_HISTORIES_NOTE = "; thin lines: the histories of the first worlds"
_MEDIANS_NOTE = "Lines: medians of runs whose worlds are not paired."
_STEADY = 0.1
"""Change of the median, as a share of the middle 90% of worlds, that is hardly any."""


def plot_fans(
    runs: Sequence[Run], pairs: Sequence[PairedRuns] | None = None, *, core: bool = False
) -> Iterator[Figure]:
    """Yield a fan for each column that varies; of paired runs, each column that differs.

    Args:
        runs: the runs.
        pairs: these runs in pairs, if that is known.
        core: whether only the most important columns are drawn.

    Raises:
        RequestError: the runs are paired, and no column differs clearly.
    """
    pairs = pair_runs(runs) if pairs is None else pairs
    if not pairs:
        yield from _plot_columns(runs[0], core=core)
    elif any(pair.unpaired_reason for pair in pairs):
        yield from _plot_medians(runs, core=core)
    else:
        yield from _plot_differences(pairs, core=core)


def _plot_differences(pairs: Sequence[PairedRuns], *, core: bool) -> Iterator[Figure]:
    clear = [each for pair in pairs for each in compare_columns(pair, core=core) if each.clear]
    if not clear:
        names = join_names([pair.with_.name for pair in pairs] + [pairs[0].without.name])
        raise RequestError(f"month by month, nothing differs clearly between {names}")
    yield from map(build_difference_figure, clear)


def _plot_columns(run: Run, *, core: bool) -> Iterator[Figure]:
    for column in list_month_columns(run.scenario):
        if core and not column.core:
            continue
        spreads = read_spreads(run, column.name)
        quantiles = compute_quantiles(spreads)
        if is_mostly_zero(spreads):
            yield build_share_figure(run, column, spreads)
        elif column.integer and has_few_levels(spreads):
            yield build_level_figure(run, column, spreads)
        elif _varies(quantiles):
            yield _build_fan(run, column, spreads.histories, quantiles)


def _plot_medians(runs: Sequence[Run], *, core: bool) -> Iterator[Figure]:
    for column in list_month_columns(runs[0].scenario):
        if (core and not column.core) or not all(_has_column(run, column) for run in runs):
            continue
        quantiles = [compute_quantiles(read_spreads(run, column.name)) for run in runs]
        if any(map(_varies, quantiles)):
            yield _build_medians(runs, column, quantiles)


def _has_column(run: Run, column: MonthColumn) -> bool:
    """Whether the scenario of a run has the column."""
    return column in list_month_columns(run.scenario)


def _build_rows(name: str, quantiles: Sequence[MonthQuantiles]) -> list[FigureRow]:
    """Return the table of a fan."""
    return [{"run": name, **asdict(month)} for month in quantiles]


def _varies(quantiles: list[MonthQuantiles]) -> bool:
    levels = [getattr(month, level) for month in quantiles for level in FAN_QUANTILES]
    return len(quantiles) > 1 and bool(np.ptp(levels) > 1e-9)


def _build_fan(
    run: Run, column: MonthColumn, histories: NDArray[np.float64], quantiles: list[MonthQuantiles]
) -> Figure:
    table, last = _build_rows(run.name, quantiles), quantiles[-1]
    return Figure(
        name=f"fan-{column.name}",
        title=f"{capitalise_first(column.label)}: {_write_takeaway(run, column, quantiles)}",
        finding=(
            f"In {format_calendar_month(run, last.month)} the middle half of worlds lies between "
            f"{format_roughly(last.p25)} and {format_roughly(last.p75)}, nine in ten between "
            f"{format_roughly(last.p05)} and {format_roughly(last.p95)} ({column.unit})."
        ),
        note=f"{_describe_bands(column)}. {_write_small_print(run, quantiles)}",
        chart=_draw_fan(table, run, column, histories),
        table=table,
    )


def _describe_bands(column: MonthColumn) -> str:
    bands = _BANDS_NOTE.format(middle=_middle(column))
    return bands if column.integer else bands + _HISTORIES_NOTE


def _middle(column: MonthColumn) -> str:
    """Return what the line of a fan is: of a count, whose median is a whole number, the mean."""
    return "mean" if column.integer else "median"


def _write_takeaway(run: Run, column: MonthColumn, quantiles: Sequence[MonthQuantiles]) -> str:
    """Return what the middle does."""
    first, last = (getattr(quantiles[end], _middle(column)) for end in (0, -1))
    change, spread = last - first, max(month.p95 - month.p05 for month in quantiles)
    when = format_calendar_month(run, quantiles[-1].month)
    start, end = format_roughly(first), format_roughly(last)
    where = "on average" if column.integer else "in the typical world"
    if abs(change) < _STEADY * spread or start == end:
        return f"{end} {where} in {when}, much as at the start"
    return f"{'up' if change > 0 else 'down'} from {start} to {end} {where}"


def _build_medians(
    runs: Sequence[Run], column: MonthColumn, quantiles_by_run: list[list[MonthQuantiles]]
) -> Figure:
    table = [
        row
        for run, quantiles in zip(runs, quantiles_by_run, strict=True)
        for row in _build_rows(run.name, quantiles)
    ]
    ends = join_names(
        [
            f"{format_roughly(quantiles[-1].median)} in {run.name}"
            for run, quantiles in zip(runs, quantiles_by_run, strict=True)
        ]
    )
    small_print = dict.fromkeys(map(_write_small_print, runs, quantiles_by_run))
    return Figure(
        name=f"fan-{column.name}",
        title=f"{capitalise_first(column.label)}: at the end typically {ends}",
        finding=f"Medians over worlds ({column.unit}).",
        note=f"{_MEDIANS_NOTE} {' '.join(small_print)}",
        chart=_draw_medians(table, runs, column),
        table=table,
    )


def _write_small_print(run: Run, quantiles: Sequence[MonthQuantiles]) -> str:
    least, most = (bound(month.worlds for month in quantiles) for bound in (min, max))
    worlds = f"{most:,}" if least == most else f"{least:,} to {most:,} of {run.worlds:,}"
    return f"{worlds} worlds, seed {run.scenario.seed}."


def _draw_fan(
    table: list[FigureRow], run: Run, column: MonthColumn, histories: NDArray[np.float64]
) -> ChartSpec:
    base, shape, last = build_base(table, run), _choose_shape(column), table[-1]
    domain, middle = find_domain(table, ("p05", "p95")), _middle(column)
    scales = {
        level: build_value_scale(level, domain, whole=column.integer)
        for level in (*FAN_QUANTILES, "mean")
    }
    labels = {
        "nine in ten": (read_number(last, "p95") + read_number(last, "p75")) / 2,
        "half of worlds": (read_number(last, "p75") + read_number(last, middle)) / 2,
        middle: read_number(last, middle),
    }
    return layer_charts(
        [
            draw_band(base, ("p05", "p95"), scales["p05"], shape),
            draw_band(base, ("p25", "p75"), scales["p25"], shape),
            *([] if column.integer else [draw_histories(histories, run, domain, shape)]),
            draw_line(base, scales[middle], "linear"),
            draw_labels(labels, int(read_number(last, "month")), run, domain),
            *draw_event_marks(run),
        ],
        HEIGHT,
    )


def _draw_medians(table: list[FigureRow], runs: Sequence[Run], column: MonthColumn) -> ChartSpec:
    names, longest = [run.name for run in runs], max(runs, key=lambda run: run.months)
    domain = find_domain(table, ("median",))
    colour = alt.Color("run:N", sort=None, legend=None).scale(
        domain=names, range=list(RUN_COLOURS[: len(runs)])
    )
    dash = alt.StrokeDash("run:N", sort=None, legend=None).scale(
        domain=names, range=list(RUN_DASHES[: len(runs)])
    )
    line = build_base(table, longest).mark_line(strokeWidth=2.5, interpolate=_choose_shape(column))
    ends = {str(row["run"]): read_number(row, "median") for row in table}
    return layer_charts(
        [
            line.encode(y=build_value_scale("median", domain, whole=column.integer),
                        color=colour, strokeDash=dash),
            draw_labels(ends, longest.months, longest, domain),
        ],
        HEIGHT,
    )  # fmt: skip


def _choose_shape(column: MonthColumn) -> Shape:
    """Return the interpolation between points: steps for integers."""
    return "step-after" if column.integer else "linear"
