"""How often each outcome happened, with its interval."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import altair as alt

from sim.model.measures.registry import Measure
from sim.report.figures.aggregates import list_constructed
from sim.report.figures.figure import (
    Figure,
    FigureRow,
    layer_charts,
    make_chart,
    read_number,
)
from sim.report.figures.labelled_bars import build_bar_axis, compute_bars_height, draw_bar_headings
from sim.report.figures.theme import CHART_WIDTH, RUN_COLOURS, RUN_FILLS, ChartSpec, wrap_text
from sim.report.run_view import Run
from sim.report.words import format_percent, write_left_out, write_small_print

_HEADING_LETTERS = 52
"""Characters of a line above a bar."""
_RUN_CHANNELS = (("fill", alt.Fill, RUN_FILLS), ("stroke", alt.Stroke, RUN_COLOURS))
"""Channels that distinguish the runs besides their order."""
_INTERVALS_NOTE = "Bars: share of worlds. Whiskers: 95% intervals."


def plot_outcomes(runs: Sequence[Run]) -> Iterator[Figure]:
    """Yield the bars of the outcomes among the headlines, if there are any.

    What differs between the runs by construction is left out.
    """
    constructed = list_constructed(runs)
    shown = [measure for measure in runs[0].headline_outcomes if measure.name not in constructed]
    left_out = [m.phrase for m in runs[0].headline_outcomes if m.name in constructed]
    table = [row for measure in shown for run in runs for row in _build_rows(measure, run)]
    if table:
        yield Figure(
            name="outcomes",
            title="How often it happened",
            finding=_summarise(table),
            note=f"{_INTERVALS_NOTE} {write_left_out(left_out)}{write_small_print(runs)}",
            chart=_build_chart(table, [run.name for run in runs]),
            table=table,
        )


def _build_rows(measure: Measure, run: Run) -> Iterator[FigureRow]:
    metric = run.results.metrics.get(measure.name)
    if metric and metric.value is not None:
        yield {
            "run": run.name,
            "measure": measure.name,
            "label": measure.label,
            "value": metric.value,
            "low": metric.low,
            "high": metric.high,
            "worlds": metric.worlds,
        }


def _summarise(table: list[FigureRow]) -> str:
    """Return the most and the least frequent outcome; the table has the rest."""
    ordered = sorted(table, key=lambda row: read_number(row, "value"), reverse=True)
    parts = (
        f"{rank}: {row['label']} ({row['run']}, {format_percent(row['value'])})"
        for rank, row in (("Most often", ordered[0]), ("least often", ordered[-1]))
    )
    return f"{'; '.join(parts)}."


def _build_chart(table: list[FigureRow], names: list[str]) -> ChartSpec:
    drawn = [
        row
        | {
            "lines": wrap_text(str(row["label"]), _HEADING_LETTERS),
            "shown": format_percent(row["value"]),
        }
        for row in table
    ]
    looks = {
        channel: kind("run:N", sort=None, legend=_build_legend(names)).scale(
            domain=names, range=list(colours[: len(names)])
        )
        for channel, kind, colours in _RUN_CHANNELS
    }
    base = make_chart(drawn).encode(
        y=build_bar_axis(drawn, len(names)), yOffset=alt.YOffset("run:N", sort=names)
    )
    share = alt.X("value:Q", axis=alt.Axis(format="%", tickCount=5, title="share of worlds"))
    tips = [alt.Tooltip(f"{name}:N") for name in ("run", "label")]
    tips += [alt.Tooltip(f"{name}:Q", format=".4~g") for name in ("value", "low", "high", "worlds")]
    layers = [
        base.mark_bar(strokeWidth=1.5).encode(x=share, tooltip=tips, **looks),
        base.mark_rule(strokeWidth=1.5).encode(x="low:Q", x2="high:Q"),
        *(_draw_ticks(base, end) for end in ("low", "high")),
        base.mark_text(align="left", dx=6).encode(x=alt.value(CHART_WIDTH - 40), text="shown:N"),
        *draw_bar_headings(drawn),
    ]
    return layer_charts(layers, compute_bars_height(drawn, len(names)), CHART_WIDTH - 40)


def _build_legend(names: list[str]) -> alt.Legend | None:
    return alt.Legend(symbolType="square") if len(names) > 1 else None


def _draw_ticks(base: alt.Chart, end: str) -> alt.Chart:
    return base.mark_tick(thickness=1.5, size=8, color="black").encode(x=f"{end}:Q")
