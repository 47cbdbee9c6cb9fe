"""The landscape of camps: the most stable divisions into two blocs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import altair as alt

from sim.analysis.landscape import Alignment, survey_alignments
from sim.report.figures.figure import Figure, FigureRow, layer_charts, make_chart
from sim.report.figures.months.dates import format_calendar_month
from sim.report.figures.resimulate import check_same_engine, count_resimulated
from sim.report.figures.theme import BLUE, CHART_WIDTH, ChartSpec
from sim.report.run_view import Run
from sim.report.words import format_percent

_MAX_ALIGNMENTS = 6
"""Alignments in the figure; the table has all."""
_ROW_HEIGHT = 30
_TILES_WIDTH = 190
_NOTE = (
    "Filled and hollow: the two camps. Deepest: share of worlds in which no alignment has less "
    "strain. Stable: in which no actor gains by changing sides alone. Basin: share of all "
    "alignments from which it is reached. {worlds:,} worlds, seed {seed}."
)
_COLUMN_POSITIONS = {
    "deepest": _TILES_WIDTH + 56,
    "stable": _TILES_WIDTH + 104,
    "basin": CHART_WIDTH,
}


def plot_camps(runs: Sequence[Run]) -> Iterator[Figure]:
    """Yield the camps on the opening day and at the end of each run.

    Raises:
        RequestError: the engine has changed since a run was simulated, or it has too many actors.
    """
    check_same_engine(runs, "the landscape")
    for number, run in enumerate(runs, start=1):
        few = run.scenario.model_copy(update={"worlds": count_resimulated(run)})
        for month in (0, run.months):
            name = f"camps-{month}" if number == 1 else f"camps-{month}-{number}"
            yield _build_figure(run, name, month, survey_alignments(few, month))


def _build_figure(run: Run, name: str, month: int, alignments: list[Alignment]) -> Figure:
    worlds = count_resimulated(run)
    first = alignments[0]
    return Figure(
        name=name,
        title=f"{run.name}: two camps in {format_calendar_month(run, month)}",
        finding=(
            f"{len(alignments)} alignments are stable in some world. Most often deepest, in "
            f"{format_percent(first.deepest / worlds)} of worlds: {_name_sides(run, first)}."
        ),
        note=_NOTE.format(worlds=worlds, seed=run.scenario.seed),
        chart=_build_chart(run, alignments[:_MAX_ALIGNMENTS]),
        table=[
            _build_row(run, alignment, rank) for rank, alignment in enumerate(alignments, start=1)
        ],
    )


def _name_sides(run: Run, alignment: Alignment) -> str:
    camp, other = (
        ", ".join(run.scenario.actors[code].name for code in codes)
        for codes in (alignment.camp, alignment.other_camp)
    )
    return f"{camp} against {other}" if other else "all in one camp"


def _build_row(run: Run, alignment: Alignment, rank: int) -> FigureRow:
    worlds = count_resimulated(run)
    return {
        "run": run.name,
        "rank": rank,
        "camps": _name_sides(run, alignment),
        "deepest": alignment.deepest / worlds,
        "stable": alignment.stable / worlds,
        "basin": alignment.basin,
        "strain": alignment.strain,
        "worlds": worlds,
    }


def _build_tile_rows(run: Run, alignments: list[Alignment]) -> Iterator[FigureRow]:
    for rank, alignment in enumerate(alignments, start=1):
        for code, actor in run.scenario.actors.items():
            camp = "filled" if code in alignment.camp else "hollow"
            yield {"rank": rank, "actor": actor.name, "camp": camp}


def _build_chart(run: Run, alignments: list[Alignment]) -> ChartSpec:
    names = [actor.name for actor in run.scenario.actors.values()]
    rank_axis = alt.Y("rank:O", axis=None)
    actor_axis = alt.X("actor:N", sort=names).scale(range=[0, _TILES_WIDTH])
    heads = alt.Axis(orient="top", labelAngle=-90, title=None, domain=False, ticks=False)
    tiles = make_chart(list(_build_tile_rows(run, alignments))).encode(
        x=actor_axis.axis(heads), y=rank_axis
    )
    fill = alt.Fill("camp:N", legend=None).scale(domain=["filled", "hollow"], range=[BLUE, "white"])
    figures = make_chart(
        [_build_row(run, alignment, rank) for rank, alignment in enumerate(alignments, start=1)]
    ).encode(y=rank_axis)
    return layer_charts(
        [
            tiles.mark_square(size=230, stroke=BLUE, strokeWidth=1.5, opacity=1).encode(fill=fill),
            *(_draw_column(figures, name, x) for name, x in _COLUMN_POSITIONS.items()),
            *(_draw_column_heading(name, x) for name, x in _COLUMN_POSITIONS.items()),
        ],
        _ROW_HEIGHT * len(alignments),
    )


def _draw_column(base: alt.Chart, name: str, x: int) -> alt.Chart:
    text = alt.Text(f"{name}:Q", format=".0%")
    return base.mark_text(align="right").encode(x=alt.value(x), text=text)


def _draw_column_heading(name: str, x: int) -> alt.Chart:
    shown = {"x": alt.value(x), "y": alt.value(-8), "text": alt.value(name)}
    return (
        make_chart([{}])
        .mark_text(align="right", baseline="bottom", fontWeight="bold")
        .encode(**shown)
    )
