"""How often each outcome happened, with its interval."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import altair as alt

from sim.model.measures.registry import Measure
from sim.report.figures.figure import Figure, Row, chart, sized
from sim.report.figures.labelled_bars import headings, shelf, shelf_height
from sim.report.figures.theme import FILLS, RUNS, WIDTH, Spec, lines
from sim.report.run_view import Run
from sim.report.words import percent, small_print

_HEAD = 52
"""Letters of a line above a bar."""
_LOOKS = (("fill", alt.Fill, FILLS), ("stroke", alt.Stroke, RUNS))
"""What tells the runs apart besides their order."""
_INTERVALS = "Bars: share of worlds. Whiskers: 95 % intervals."


def outcomes(runs: Sequence[Run]) -> Iterator[Figure]:
    """Yield the bars of the outcomes among the headlines, if there are any."""
    table = [row for measure in runs[0].outcomes for run in runs for row in _row(measure, run)]
    if table:
        yield Figure(
            name="outcomes",
            title="How often it happened",
            says=_said(table),
            note=f"{_INTERVALS} {small_print(runs)}",
            chart=_chart(table, [run.name for run in runs]),
            table=table,
        )


def _row(measure: Measure, run: Run) -> Iterator[Row]:
    metric = run.reading.metrics.get(measure.name)
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


def _said(table: list[Row]) -> str:
    """Return the two ends; the table has the rest."""
    ends = {"Most often": max(table, key=_value), "least often": min(table, key=_value)}
    told = (
        f"{how}: {row['label']} ({row['run']}, {percent(row['value'])})"
        for how, row in ends.items()
    )
    return f"{'; '.join(told)}."


def _value(row: Row) -> float:
    return float(str(row["value"]))


def _chart(table: list[Row], names: list[str]) -> Spec:
    drawn = [
        row | {"lines": lines(str(row["label"]), _HEAD), "shown": percent(row["value"])}
        for row in table
    ]
    looks = {
        channel: kind("run:N", sort=None, legend=_legend(names)).scale(
            domain=names, range=list(every[: len(names)])
        )
        for channel, kind, every in _LOOKS
    }
    base = chart(drawn).encode(y=shelf(drawn, len(names)), yOffset=alt.YOffset("run:N", sort=names))
    share = alt.X("value:Q", axis=alt.Axis(format="%", tickCount=5, title="share of worlds"))
    tips = [alt.Tooltip(f"{name}:N") for name in ("run", "label")]
    tips += [alt.Tooltip(f"{name}:Q", format=".4~g") for name in ("value", "low", "high", "worlds")]
    layers = [
        base.mark_bar(strokeWidth=1.5).encode(x=share, tooltip=tips, **looks),
        base.mark_rule(strokeWidth=1.5).encode(x="low:Q", x2="high:Q"),
        *(_tick(base, end) for end in ("low", "high")),
        base.mark_text(align="left", dx=6).encode(x=alt.value(WIDTH - 40), text="shown:N"),
        *headings(drawn),
    ]
    return sized(layers, shelf_height(drawn, len(names)), WIDTH - 40)


def _legend(names: list[str]) -> alt.Legend | None:
    return alt.Legend(symbolType="square") if len(names) > 1 else None


def _tick(base: alt.Chart, end: str) -> alt.Chart:
    return base.mark_tick(thickness=1.5, size=8, color="black").encode(x=f"{end}:Q")
