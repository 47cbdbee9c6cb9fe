"""The alliance network, year by year: who promised whom aid, who is alike, who is a threat."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict

import altair as alt

from sim.report.figures.dates import date_of
from sim.report.figures.figure import Figure, Row, chart, sized
from sim.report.figures.network_data import Places, Tie, ties
from sim.report.figures.resimulate import check_same_engine, count
from sim.report.figures.theme import BLACK, SKY, VERMILLION, Spec
from sim.report.run_view import Run

HEIGHT = 260
AFFINITY, THREAT, TREATY = 0.8, 0.3, 0.05
"""Weaker ties are in the table only: lines between all would show nothing."""
_PALE = "#BFE3F7"
_WIDTHS = {"treaty": 3.0, "affinity": 11.0, "threat": 4.0}
_KINDS = {
    "affinity": f"affinity above {AFFINITY:g}",
    "threat": f"threat above {THREAT:g}",
    "treaty": "promise of aid",
}
_NOTE = (
    "The thicker, the stronger; means over {worlds:,} worlds, seed {seed}. Who is drawn together "
    "on the opening day stands close.{more}"
)
_MORE = " The years between: sim plot --figure network."


def network(runs: Sequence[Run], *, core: bool = False) -> Iterator[Figure]:
    """Yield the network at the end of each year of each run, or just at its two ends.

    Raises:
        RequestError: the engine has changed since a run was lived.
    """
    check_same_engine(runs, "the network")
    places: Places = {}
    for at, run in enumerate(runs, start=1):
        found, places = ties(run, places)
        years = list(dict.fromkeys(tie.month for tie in found))
        more = _MORE if core and len(years) > 2 else ""
        for month in (years[0], years[-1]) if core else years:
            name = f"network-{month}" if at == 1 else f"network-{month}-{at}"
            of_month = [tie for tie in found if tie.month == month]
            yield _figure(run, name, of_month, places, more)


def _figure(run: Run, name: str, found: list[Tie], places: Places, more: str) -> Figure:
    month = found[0].month
    return Figure(
        name=name,
        title=f"{run.name}: the network in {date_of(run, month)}",
        says=_said(run, found),
        note=_NOTE.format(worlds=count(run), seed=run.scenario.seed, more=more),
        chart=_chart(run, found, places),
        table=[_row(run, tie) for tie in found],
    )


def _row(run: Run, tie: Tie) -> Row:
    return {
        "run": run.name,
        **asdict(tie),
        "one": _name(run, tie.one),
        "other": _name(run, tie.other),
    }


def _said(run: Run, found: list[Tie]) -> str:
    bound = sum(tie.treaty > TREATY for tie in found)
    alike, hostile = (max(found, key=lambda tie: getattr(tie, by)) for by in ("affinity", "threat"))
    return (
        f"{bound} of {len(found)} pairs are bound by a promise of aid. Most alike: "
        f"{_pair(run, alike)} ({alike.affinity:.2f}); greatest threat: {_pair(run, hostile)} "
        f"({hostile.threat:.2f})."
    )


def _pair(run: Run, tie: Tie) -> str:
    return f"{_name(run, tie.one)} and {_name(run, tie.other)}"


def _name(run: Run, code: str) -> str:
    return run.scenario.actors[code].name


def _lines(found: list[Tie], places: Places) -> Iterator[Row]:
    """Yield the lines, the widest first, so that none hides another."""
    for kind, least in (("affinity", AFFINITY), ("threat", THREAT), ("treaty", TREATY)):
        for tie in found:
            strength: float = getattr(tie, kind)
            if strength > least:
                (x, y), (x2, y2) = places[tie.one], places[tie.other]
                ends = {"x": x, "y": y, "x2": x2, "y2": y2}
                yield {"kind": _KINDS[kind], "width": _WIDTHS[kind] * strength, **ends}


def _nodes(run: Run, places: Places) -> list[Row]:
    actors = run.scenario.actors
    return [
        {"name": actors[code].name, "x": x, "y": y, "capability": actors[code].capability.value}
        for code, (x, y) in places.items()
    ]


def _chart(run: Run, found: list[Tie], places: Places) -> Spec:
    kinds = list(_KINDS.values())
    colour = alt.Color("kind:N").scale(domain=kinds, range=[_PALE, VERMILLION, BLACK])
    dash = alt.StrokeDash("kind:N").scale(domain=kinds, range=[[1, 0], [5, 3], [1, 0]])
    width = alt.StrokeWidth("width:Q", scale=None, legend=None)
    x, y = _x(), _y(places)
    drawn = chart(list(_lines(found, places))).mark_rule(strokeCap="round")
    nodes = chart(_nodes(run, places)).encode(x=x, y=y)
    size = alt.Size("capability:Q", legend=None).scale(range=[60, 600], zero=True)
    tips = [alt.Tooltip("name:N"), alt.Tooltip("capability:Q")]
    halo = nodes.mark_text(dy=-15, fontWeight="bold", stroke="white", strokeWidth=4)
    return sized(
        [
            drawn.encode(
                x=x, y=y, x2="x2:Q", y2="y2:Q", color=colour, strokeDash=dash, strokeWidth=width
            ),
            nodes.mark_circle(color=SKY, stroke=BLACK, opacity=1).encode(size=size, tooltip=tips),
            halo.encode(text="name:N"),
            nodes.mark_text(dy=-15, fontWeight="bold").encode(text="name:N"),
        ],
        HEIGHT,
    )


def _x() -> alt.X:
    return alt.X("x:Q", axis=None).scale(domain=[-1.2, 1.2])


def _y(places: Places) -> alt.Y:
    heights = [y for _, y in places.values()]
    return alt.Y("y:Q", axis=None).scale(domain=[min(heights) - 0.1, max(heights) + 0.25])
