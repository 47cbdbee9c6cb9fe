"""The landscape of camps: into which two sides the actors would part, and how firmly."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import altair as alt

from sim.analysis.landscape import Alignment, survey
from sim.report.figures.dates import date_of
from sim.report.figures.figure import Figure, Row, chart, sized
from sim.report.figures.resimulate import check_same_engine, count
from sim.report.figures.theme import BLUE, WIDTH, Spec
from sim.report.run_view import Run
from sim.report.words import percent

MOST = 6
"""Alignments in the picture; the table has all."""
_ROW = 30
_TILES = 190
_NOTE = (
    "Filled and hollow: the two camps. Deepest: share of worlds in which no alignment is under "
    "less strain. Stable: in which nobody gains by changing sides alone. Basin: share of all "
    "alignments from which it is reached. {worlds:,} worlds, seed {seed}."
)
_COLUMNS = {"deepest": _TILES + 56, "stable": _TILES + 104, "basin": WIDTH}


def camps(runs: Sequence[Run]) -> Iterator[Figure]:
    """Yield the camps on the opening day and at the end of each run.

    Raises:
        RequestError: the engine has changed since a run was lived, or there are too many actors.
    """
    check_same_engine(runs, "the landscape")
    for at, run in enumerate(runs, start=1):
        few = run.scenario.model_copy(update={"worlds": count(run)})
        for month in (0, run.months):
            name = f"camps-{month}" if at == 1 else f"camps-{month}-{at}"
            yield _figure(run, name, month, survey(few, month))


def _figure(run: Run, name: str, month: int, found: list[Alignment]) -> Figure:
    worlds = count(run)
    first = found[0]
    return Figure(
        name=name,
        title=f"{run.name}: two camps in {date_of(run, month)}",
        says=(
            f"{len(found)} alignments are stable in some world. Most often deepest, in "
            f"{percent(first.deepest / worlds)} of worlds: {_sides(run, first)}."
        ),
        note=_NOTE.format(worlds=worlds, seed=run.scenario.seed),
        chart=_chart(run, found[:MOST]),
        table=[_row(run, one, rank) for rank, one in enumerate(found, start=1)],
    )


def _sides(run: Run, one: Alignment) -> str:
    camp, other = (
        ", ".join(run.scenario.actors[code].name for code in codes)
        for codes in (one.camp, one.other_camp)
    )
    return f"{camp} against {other}" if other else "all in one camp"


def _row(run: Run, one: Alignment, rank: int) -> Row:
    worlds = count(run)
    return {
        "run": run.name,
        "rank": rank,
        "camps": _sides(run, one),
        "deepest": one.deepest / worlds,
        "stable": one.stable / worlds,
        "basin": one.basin,
        "strain": one.strain,
        "worlds": worlds,
    }


def _tiles(run: Run, found: list[Alignment]) -> Iterator[Row]:
    for rank, one in enumerate(found, start=1):
        for code, actor in run.scenario.actors.items():
            camp = "filled" if code in one.camp else "hollow"
            yield {"rank": rank, "actor": actor.name, "camp": camp}


def _chart(run: Run, found: list[Alignment]) -> Spec:
    names = [actor.name for actor in run.scenario.actors.values()]
    rank = alt.Y("rank:O", axis=None)
    where = alt.X("actor:N", sort=names).scale(range=[0, _TILES])
    heads = alt.Axis(orient="top", labelAngle=-90, title=None, domain=False, ticks=False)
    tiles = chart(list(_tiles(run, found))).encode(x=where.axis(heads), y=rank)
    fill = alt.Fill("camp:N", legend=None).scale(domain=["filled", "hollow"], range=[BLUE, "white"])
    figures = chart([_row(run, one, at) for at, one in enumerate(found, start=1)]).encode(y=rank)
    return sized(
        [
            tiles.mark_square(size=230, stroke=BLUE, strokeWidth=1.5, opacity=1).encode(fill=fill),
            *(_figures(figures, name, x) for name, x in _COLUMNS.items()),
            *(_heading(name, x) for name, x in _COLUMNS.items()),
        ],
        _ROW * len(found),
    )


def _figures(figures: alt.Chart, name: str, x: int) -> alt.Chart:
    text = alt.Text(f"{name}:Q", format=".0%")
    return figures.mark_text(align="right").encode(x=alt.value(x), text=text)


def _heading(name: str, x: int) -> alt.Chart:
    shown = {"x": alt.value(x), "y": alt.value(-8), "text": alt.value(name)}
    return (
        chart([{}]).mark_text(align="right", baseline="bottom", fontWeight="bold").encode(**shown)
    )
