"""The timeline of one world: its events by month and by subject."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import altair as alt
import numpy as np

from sim.errors import RequestError
from sim.report.figures.figure import Figure, FigureRow, layer_charts, make_chart
from sim.report.figures.months.dates import build_month_axis
from sim.report.figures.options import DEFAULT_OPTIONS, FigureOptions
from sim.report.figures.theme import CHART_WIDTH, ChartSpec
from sim.report.figures.timeline_events import EVENT_KINDS, read_timeline_events
from sim.report.run_view import Run

_LANE_HEIGHT = 42
_NOTE = (
    "World {world} of {worlds:,}, seed {seed}: one history among many, {why}. Exercises, minor "
    "provocations, statements and restraint are left out."
)
_NOTABLE_MEASURES = {
    "war_wider": "the first with a third-party intervention",
    "war_any": "the first with a new war",
}


def plot_timeline(
    runs: Sequence[Run], options: FigureOptions = DEFAULT_OPTIONS
) -> Iterator[Figure]:
    """Yield the timeline of one world of each run, the same in all.

    Raises:
        RequestError: there is no such world.
    """
    world, why = _choose_world(runs, options.world)
    for number, run in enumerate(runs, start=1):
        if events := read_timeline_events(run, world):
            note = _NOTE.format(world=world, worlds=run.worlds, seed=run.scenario.seed, why=why)
            yield _build_figure(run, events, f"timeline{f'-{number}' if number > 1 else ''}", note)


def _choose_world(runs: Sequence[Run], world: int | None) -> tuple[int, str]:
    """Return the world to show, and why it was chosen."""
    least = min(run.worlds for run in runs)
    if world is not None and world >= least:
        raise RequestError(
            f"--world {world}: there are {least:,} worlds\n    allowed: 0 to {least - 1}"
        )
    if world is not None:
        return world, "the one requested"
    for name, why in _NOTABLE_MEASURES.items():
        if name in runs[0].results.measures:
            happened = runs[0].results.column(name)[:least]
            if happened.any():
                return int(np.argmax(happened)), why
    return 0, "the first"


def _build_figure(run: Run, events: list[FigureRow], name: str, note: str) -> Figure:
    wars = [
        f"{row['date']}: {row['event']}" for row in events if row["kind"] == EVENT_KINDS[-1].name
    ]
    summary = f"War: {'; '.join(wars[:3])}." if wars else "No new war, and no intervention in one."
    return Figure(
        name=name,
        title=f"{run.name}: world {events[0]['world']}",
        finding=f"{len(events)} events in {run.months} months. {summary}",
        note=note,
        chart=_build_chart(run, events),
        table=events,
    )


def _build_chart(run: Run, events: list[FigureRow]) -> ChartSpec:
    lanes = list(
        dict.fromkeys(row["lane"] for row in sorted(events, key=_rank_importance, reverse=True))
    )
    month = alt.X("month:Q", axis=build_month_axis(run)).scale(
        domain=[0, run.months + 1], nice=False
    )
    base = make_chart(sorted(events, key=_rank_importance)).encode(
        x=month, y=_build_lane_axis(lanes)
    )
    heads = make_chart([{"lane": name} for name in lanes])
    tips = [alt.Tooltip(f"{name}:N") for name in ("date", "event", "lane", "level")]
    rule = heads.mark_rule(color="#DDDDDD").encode(x=alt.value(0), x2=alt.value(CHART_WIDTH))
    return layer_charts(
        [
            rule.encode(y=_build_lane_axis(lanes)),
            base.mark_point(filled=True, size=75, opacity=0.9).encode(
                **_build_encodings(events), tooltip=tips
            ),
            heads.mark_text(align="left", baseline="top", limit=CHART_WIDTH, dy=-1).encode(
                x=alt.value(0), y=_build_lane_axis(lanes, 0), text="lane:N"
            ),
        ],
        _LANE_HEIGHT * len(lanes),
    )


def _rank_importance(row: FigureRow) -> int:
    """Return the importance of an event: important lanes come first, important events on top."""
    return [kind.name for kind in EVENT_KINDS].index(str(row["kind"]))


def _build_lane_axis(lanes: Sequence[object], position: float = 0.5) -> alt.Y:
    return alt.Y("lane:N", sort=list(map(str, lanes)), axis=None, bandPosition=position)


def _build_encodings(events: list[FigureRow]) -> dict[str, alt.Color | alt.Shape]:
    kinds = [kind for kind in EVENT_KINDS if any(row["kind"] == kind.name for row in events)]
    names = [kind.name for kind in kinds]
    legend = alt.Legend(columns=3, labelLimit=220, symbolSize=75, offset=12)
    return {
        "color": alt.Color("kind:N", legend=legend).scale(
            domain=names, range=[kind.colour for kind in kinds]
        ),
        "shape": alt.Shape("kind:N").scale(domain=names, range=[kind.shape for kind in kinds]),
    }
