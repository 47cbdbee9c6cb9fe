"""The alliance network, year by year: defence commitments, affinity and threats."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import altair as alt

from sim.report.figures.dates import format_calendar_month
from sim.report.figures.figure import Figure, FigureRow, layer_charts, make_chart
from sim.report.figures.network_data import NodePositions, Tie, compute_ties
from sim.report.figures.resimulate import check_same_engine, count_resimulated
from sim.report.figures.theme import BLACK, SKY, VERMILLION, ChartSpec
from sim.report.run_view import Run

_HEIGHT = 260
_MIN_AFFINITY, _MIN_THREAT, _MIN_TREATY = 0.8, 0.3, 0.05
"""Weaker ties are in the table only; lines between all pairs would be unreadable."""
_PALE_SKY = "#BFE3F7"
_LINE_WIDTHS = {"treaty": 3.0, "affinity": 11.0, "threat": 4.0}
_TIE_LABELS = {
    "affinity": f"affinity above {_MIN_AFFINITY:g}",
    "threat": f"threat above {_MIN_THREAT:g}",
    "treaty": "defence commitment",
}
_NOTE = (
    "Thicker lines: stronger ties; means over {worlds:,} worlds, seed {seed}. Actors with strong "
    "ties on the opening day are close.{more}"
)
_OTHER_YEARS_NOTE = " The years between: sim plot --figure network."


def plot_network(runs: Sequence[Run], *, core: bool = False) -> Iterator[Figure]:
    """Yield the network at the end of each year of each run, or just at its two ends.

    Raises:
        RequestError: the engine has changed since a run was simulated.
    """
    check_same_engine(runs, "the network")
    positions: NodePositions = {}
    for number, run in enumerate(runs, start=1):
        ties, positions = compute_ties(run, positions)
        years = list(dict.fromkeys(tie.month for tie in ties))
        more = _OTHER_YEARS_NOTE if core and len(years) > 2 else ""
        for month in (years[0], years[-1]) if core else years:
            name = f"network-{month}" if number == 1 else f"network-{month}-{number}"
            of_month = [tie for tie in ties if tie.month == month]
            yield _build_figure(run, name, of_month, positions, more)


def _build_figure(
    run: Run, name: str, ties: list[Tie], positions: NodePositions, extra_note: str
) -> Figure:
    month = ties[0].month
    return Figure(
        name=name,
        title=f"{run.name}: the network in {format_calendar_month(run, month)}",
        finding=_summarise(run, ties),
        note=_NOTE.format(worlds=count_resimulated(run), seed=run.scenario.seed, more=extra_note),
        chart=_build_chart(run, ties, positions),
        table=[_build_row(run, tie) for tie in ties],
    )


def _build_row(run: Run, tie: Tie) -> FigureRow:
    return {
        "run": run.name,
        "month": tie.month,
        "one": _name_actor(run, tie.first),
        "other": _name_actor(run, tie.second),
        "treaty": tie.treaty,
        "affinity": tie.affinity,
        "threat": tie.threat,
    }


def _summarise(run: Run, ties: list[Tie]) -> str:
    bound = sum(tie.treaty > _MIN_TREATY for tie in ties)
    alike, hostile = (max(ties, key=lambda tie: getattr(tie, by)) for by in ("affinity", "threat"))
    return (
        f"{bound} of {len(ties)} pairs have a defence commitment. Most alike: "
        f"{_name_pair(run, alike)} ({alike.affinity:.2f}); greatest threat: "
        f"{_name_pair(run, hostile)} ({hostile.threat:.2f})."
    )


def _name_pair(run: Run, tie: Tie) -> str:
    return f"{_name_actor(run, tie.first)} and {_name_actor(run, tie.second)}"


def _name_actor(run: Run, code: str) -> str:
    return run.scenario.actors[code].name


def _build_line_rows(ties: list[Tie], positions: NodePositions) -> Iterator[FigureRow]:
    """Yield the lines, the widest first, so that none is hidden."""
    for kind, least in (
        ("affinity", _MIN_AFFINITY),
        ("threat", _MIN_THREAT),
        ("treaty", _MIN_TREATY),
    ):
        for tie in ties:
            strength: float = getattr(tie, kind)
            if strength > least:
                (x, y), (x2, y2) = positions[tie.first], positions[tie.second]
                ends = {"x": x, "y": y, "x2": x2, "y2": y2}
                yield {"kind": _TIE_LABELS[kind], "width": _LINE_WIDTHS[kind] * strength, **ends}


def _build_node_rows(run: Run, positions: NodePositions) -> list[FigureRow]:
    actors = run.scenario.actors
    return [
        {"name": actors[code].name, "x": x, "y": y, "capability": actors[code].capability.value}
        for code, (x, y) in positions.items()
    ]


def _build_chart(run: Run, ties: list[Tie], positions: NodePositions) -> ChartSpec:
    kinds = list(_TIE_LABELS.values())
    colour = alt.Color("kind:N").scale(domain=kinds, range=[_PALE_SKY, VERMILLION, BLACK])
    dash = alt.StrokeDash("kind:N").scale(domain=kinds, range=[[1, 0], [5, 3], [1, 0]])
    width = alt.StrokeWidth("width:Q", scale=None, legend=None)
    x, y = _build_x(), _build_y(positions)
    drawn = make_chart(list(_build_line_rows(ties, positions))).mark_rule(strokeCap="round")
    nodes = make_chart(_build_node_rows(run, positions)).encode(x=x, y=y)
    size = alt.Size("capability:Q", legend=None).scale(range=[60, 600], zero=True)
    tips = [alt.Tooltip("name:N"), alt.Tooltip("capability:Q")]
    halo = nodes.mark_text(dy=-15, fontWeight="bold", stroke="white", strokeWidth=4)
    return layer_charts(
        [
            drawn.encode(
                x=x, y=y, x2="x2:Q", y2="y2:Q", color=colour, strokeDash=dash, strokeWidth=width
            ),
            nodes.mark_circle(color=SKY, stroke=BLACK, opacity=1).encode(size=size, tooltip=tips),
            halo.encode(text="name:N"),
            nodes.mark_text(dy=-15, fontWeight="bold").encode(text="name:N"),
        ],
        _HEIGHT,
    )


def _build_x() -> alt.X:
    return alt.X("x:Q", axis=None).scale(domain=[-1.2, 1.2])


def _build_y(positions: NodePositions) -> alt.Y:
    heights = [y for _, y in positions.values()]
    return alt.Y("y:Q", axis=None).scale(domain=[min(heights) - 0.1, max(heights) + 0.25])
