"""One world, event by event: what happened in which month, lane by lane."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import altair as alt
import numpy as np

from sim.errors import RequestError
from sim.report.figures.dates import dated
from sim.report.figures.figure import Figure, Row, chart, sized
from sim.report.figures.options import ANY, Wish
from sim.report.figures.theme import WIDTH, Spec
from sim.report.figures.timeline_events import KINDS, happenings
from sim.report.run_view import Run

_LANE = 36
_NOTE = (
    "World {world} of {worlds:,}, seed {seed}: one history among many, {why}. Exercises, smaller "
    "provocations and talk are left out."
)
_TELLING = {
    "war_wider": "the first in which somebody enters a war of others",
    "war_any": "the first with a new war",
}


def timeline(runs: Sequence[Run], wish: Wish = ANY) -> Iterator[Figure]:
    """Yield the timeline of one world of each run, the same in all.

    Raises:
        RequestError: there is no such world.
    """
    world, why = _choice(runs, wish.world)
    for at, run in enumerate(runs, start=1):
        if found := happenings(run, world):
            note = _NOTE.format(world=world, worlds=run.worlds, seed=run.scenario.seed, why=why)
            yield _figure(run, found, f"timeline{f'-{at}' if at > 1 else ''}", note)


def _choice(runs: Sequence[Run], world: int | None) -> tuple[int, str]:
    """Return the world to show and why it is that one."""
    least = min(run.worlds for run in runs)
    if world is not None and world >= least:
        raise RequestError(
            f"--world {world}: there are {least:,} worlds\n    allowed: 0 to {least - 1}"
        )
    if world is not None:
        return world, "the one asked for"
    for name, why in _TELLING.items():
        if name in runs[0].reading.measures:
            happened = runs[0].reading.column(name)[:least]
            if happened.any():
                return int(np.argmax(happened)), why
    return 0, "the first"


def _figure(run: Run, found: list[Row], name: str, note: str) -> Figure:
    wars = [f"{row['date']}: {row['event']}" for row in found if row["kind"] == KINDS[-1].name]
    told = f"War: {'; '.join(wars[:3])}." if wars else "No new war, and nobody enters one."
    return Figure(
        name=name,
        title=f"{run.name}: world {found[0]['world']}",
        says=f"{len(found)} events in {run.months} months. {told}",
        note=note,
        chart=_chart(run, found),
        table=found,
    )


def _chart(run: Run, found: list[Row]) -> Spec:
    lanes = list(dict.fromkeys(row["lane"] for row in sorted(found, key=_weight, reverse=True)))
    month = alt.X("month:Q", axis=dated(run)).scale(domain=[0, run.months], nice=False)
    base = chart(sorted(found, key=_weight)).encode(x=month, y=_lane(lanes))
    heads = chart([{"lane": name} for name in lanes])
    tips = [alt.Tooltip(f"{name}:N") for name in ("date", "event", "lane", "level")]
    rule = heads.mark_rule(color="#DDDDDD").encode(x=alt.value(0), x2=alt.value(WIDTH))
    return sized(
        [
            rule.encode(y=_lane(lanes)),
            base.mark_point(filled=True, size=75, opacity=0.9).encode(
                **_looks(found), tooltip=tips
            ),
            heads.mark_text(align="left", baseline="top", limit=WIDTH, dy=-1).encode(
                x=alt.value(0), y=_lane(lanes, 0), text="lane:N"
            ),
        ],
        _LANE * len(lanes),
    )


def _weight(row: Row) -> int:
    """Return how much an event matters: lanes with what matters stand above, it lies on top."""
    return [kind.name for kind in KINDS].index(str(row["kind"]))


def _lane(lanes: Sequence[object], at: float = 0.5) -> alt.Y:
    return alt.Y("lane:N", sort=list(map(str, lanes)), axis=None, bandPosition=at)


def _looks(found: list[Row]) -> dict[str, alt.Color | alt.Shape]:
    kinds = [kind for kind in KINDS if any(row["kind"] == kind.name for row in found)]
    names = [kind.name for kind in kinds]
    legend = alt.Legend(columns=2, labelLimit=150, symbolSize=75, offset=12)
    return {
        "color": alt.Color("kind:N", legend=legend).scale(
            domain=names, range=[kind.colour for kind in kinds]
        ),
        "shape": alt.Shape("kind:N").scale(domain=names, range=[kind.shape for kind in kinds]),
    }
