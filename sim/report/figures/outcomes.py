"""How often each outcome happened: a dot and its interval on one line each."""

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
from sim.report.figures.theme import RUN_COLOURS, ChartSpec
from sim.report.run_view import Run
from sim.report.words import format_percent, write_left_out, write_small_print

_WIDTH = 480
_LINE_HEIGHT = 24
"""Height of the line of one run."""
_NAMES_WIDTH = 330
"""Width of the names of the outcomes, beside the lines."""
_RARE = 0.05
"""Share of worlds below which all runs of an outcome are drawn once more, enlarged."""
_AXIS_TITLES = {_RARE: "the rare ones, enlarged"}
_SHAPES = ("circle", "diamond", "square", "triangle-up")
_NOTE = "Dots: share of worlds, the most frequent first. Lines: 95% intervals."


def plot_outcomes(runs: Sequence[Run]) -> Iterator[Figure]:
    """Yield the outcomes among the headlines, if there are any, the most frequent first.

    What differs between the runs by construction is left out.
    """
    constructed = list_constructed(runs)
    shown = [measure for measure in runs[0].headline_outcomes if measure.name not in constructed]
    left_out = [m.phrase for m in runs[0].headline_outcomes if m.name in constructed]
    table = [row for measure in shown for run in runs for row in _build_rows(measure, run)]
    if table:
        yield Figure(
            name="outcomes",
            title=_write_title(table),
            finding=_summarise(table),
            note=f"{_NOTE} {write_left_out(left_out)}{write_small_print(runs)}",
            chart=_build_chart(_sort(table), [run.name for run in runs]),
            table=table,
        )


def _build_rows(measure: Measure, run: Run) -> Iterator[FigureRow]:
    metric = run.results.metrics.get(measure.name)
    if metric and metric.value is not None:
        yield {
            "run": run.name,
            "measure": measure.name,
            "label": measure.short,
            "value": metric.value,
            "low": metric.low,
            "high": metric.high,
            "worlds": metric.worlds,
        }


def _sort(table: list[FigureRow]) -> list[FigureRow]:
    """Return rows by measure, that with the largest share in any run first."""
    largest: dict[object, float] = {}
    for row in table:
        measure = row["measure"]
        largest[measure] = max(largest.get(measure, 0.0), read_number(row, "value"))
    return sorted(table, key=lambda row: -largest[row["measure"]])


def _write_title(table: list[FigureRow]) -> str:
    first = max(table, key=lambda row: read_number(row, "value"))
    return f"{first['label']}: in {format_percent(first['value'])} of worlds, the most frequent"


def _summarise(table: list[FigureRow]) -> str:
    """Return the most and the least frequent outcome; the table has the rest."""
    ordered = sorted(table, key=lambda row: read_number(row, "value"), reverse=True)
    parts = (
        f"{rank}: {row['label']} ({row['run']}, {format_percent(row['value'])})"
        for rank, row in (("Most often", ordered[0]), ("least often", ordered[-1]))
    )
    return f"{'; '.join(parts)}."


def _build_chart(table: list[FigureRow], names: list[str]) -> ChartSpec:
    """Return all outcomes on one scale, and below it the rare ones on a scale of their own."""
    rare = [row for row in table if _is_rare(row, table)]
    panels = [_build_panel(table, names, 1.0)]
    if rare and len(rare) < len(table):
        panels.append(_build_panel(rare, names, _RARE))
    return panels[0] if len(panels) == 1 else {"vconcat": panels, "spacing": 28}


def _is_rare(row: FigureRow, table: list[FigureRow]) -> bool:
    return all(
        read_number(other, "high") <= _RARE for other in table if other["measure"] == row["measure"]
    )


def _build_panel(table: list[FigureRow], names: list[str], highest: float) -> ChartSpec:
    drawn = [row | {"shown": format_percent(row["value"])} for row in table]
    labels = list(dict.fromkeys(str(row["label"]) for row in table))
    axis = alt.Axis(title=None, domain=False, ticks=False, labelLimit=_NAMES_WIDTH, grid=True)
    base = make_chart(drawn).encode(
        y=alt.Y("label:N", sort=labels, axis=axis).scale(paddingInner=0.2),
        yOffset=alt.YOffset("run:N", sort=names),
        color=alt.Color("run:N", sort=None, legend=_build_legend(names)).scale(
            domain=names, range=list(RUN_COLOURS[: len(names)])
        ),
    )
    percent = alt.Axis(format="~%", tickCount=5, title=_AXIS_TITLES.get(highest), grid=True)
    share = alt.X("value:Q", axis=percent).scale(domain=[0, highest], clamp=True)
    layers = [
        base.mark_rule(strokeWidth=2).encode(x=alt.X("low:Q").scale(clamp=True), x2="high:Q"),
        base.mark_point(filled=True, size=90, opacity=1).encode(
            x=share, shape=alt.Shape("run:N", sort=None).scale(
                domain=names, range=list(_SHAPES[: len(names)]))
        ),
        base.mark_text(align="left", dx=8).encode(
            x=alt.value(_WIDTH), text="shown:N", color=alt.value("black")
        ),
    ]  # fmt: skip
    return layer_charts(layers, _LINE_HEIGHT * len(drawn), _WIDTH)


def _build_legend(names: list[str]) -> alt.Legend | None:
    return alt.Legend(symbolType="circle", symbolSize=90) if len(names) > 1 else None
