"""The alliance network in one picture: who is bound to whom, in which camp, and what changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import altair as alt

from sim.report.figures.aggregates import PairedRuns, pair_runs
from sim.report.figures.figure import Figure, FigureRow, layer_charts, make_chart
from sim.report.figures.months.dates import format_calendar_month
from sim.report.figures.network_data import Network, Tie, observe_network
from sim.report.figures.resimulate import check_same_engine
from sim.report.figures.theme import BLACK, DARK_BLUE, ORANGE, VERMILLION, ChartSpec
from sim.report.run_view import Run
from sim.report.words import join_names

_HEIGHT = 300
_LEAST_CHANGE = 0.02
"""Difference in the share of worlds with force that is drawn; smaller ones are in the table."""
_OFTEN = 0.5
"""Share of worlds with force between two actors from which a run alone shows it."""
_BOUND = 0.05
"""Strength or share from which a defence commitment exists."""
_STANDING, _NEW, _GONE = "commitment in both", "commitment added", "commitment gone"
_OFTEN_FORCE = "force in half of worlds or more"
_MORE, _LESS = "force more often", "force less often"
_LINES = {
    _STANDING: ("#9A9A9A", [1, 0], 1.5),
    _NEW: (BLACK, [1, 0], 4.0),
    _GONE: (BLACK, [2, 4], 3.0),
    _OFTEN_FORCE: (VERMILLION, [6, 3], 2.0),
    _MORE: (VERMILLION, [6, 3], 2.5),
    _LESS: ("#009E73", [6, 3], 2.5),
}
"""Colour, dash and width of each kind of line."""
_CAMP_COLOURS, _CAMP_SHAPES = (DARK_BLUE, ORANGE), ("circle", "square")
_NOTE = (
    "Circles and squares: the two camps with the least strain on the opening day; close: strongly "
    "tied then. Grey: defence commitments that stay. {force} {worlds:,} worlds, seed {seed}."
)
_ALONE = "Dashed: force is used between the two in half of worlds or more."
_COMPARED = (
    "Dashed: the share of worlds with force between the two differs by two percentage points or "
    "more."
)


@dataclass(frozen=True)
class _Change:
    """A tie before and after, or without and with.

    Attributes:
        tie: the tie after, or with.
        bound: strength of the commitment before and after.
        force: share of worlds with force on either side; None before in a run alone.
    """

    tie: Tie
    bound: tuple[float, float]
    force: tuple[float | None, float]

    @property
    def line(self) -> str:
        """The kind of line to draw; empty for none."""
        before, after = (strength > _BOUND for strength in self.bound)
        if before != after:
            return _NEW if after else _GONE
        usual, force = self.force
        if usual is None:
            return _OFTEN_FORCE if force >= _OFTEN else _STANDING * after
        more = force - usual
        if abs(more) >= _LEAST_CHANGE:
            return _MORE if more > 0 else _LESS
        return _STANDING if after else ""


def plot_network(
    runs: Sequence[Run], pairs: Sequence[PairedRuns] | None = None
) -> Iterator[Figure]:
    """Yield the network of a run and what changes in it, or what changes between paired runs.

    Raises:
        RequestError: the engine has changed since a run was simulated.
    """
    check_same_engine(runs, "the network")
    networks = {run.index: observe_network(run) for run in runs}
    if len(runs) == 1:
        yield _build_single_figure(runs[0], networks[runs[0].index])
    for pair in pair_runs(runs) if pairs is None else pairs:
        with_, without = networks[pair.with_.index], networks[pair.without.index]
        yield _build_pair_figure(pair, with_, without)


def _build_single_figure(run: Run, network: Network) -> Figure:
    changes = [
        _Change(tie, (tie.opening, tie.end), (None, tie.force)) for tie in network.ties.values()
    ]
    span = f"From the opening day to {format_calendar_month(run, run.months)}"
    return _build_figure(run, network, changes, "network", span, _ALONE)


def _build_pair_figure(pair: PairedRuns, network: Network, base: Network) -> Figure:
    changes = [
        _Change(tie, (base.ties[names].end, tie.end), (base.ties[names].force, tie.force))
        for names, tie in network.ties.items()
        if names in base.ties
    ]
    span = f"From {pair.without.name} to {pair.with_.name}"
    return _build_figure(
        pair.with_, network, changes, f"network{pair.name_suffix}", span, _COMPARED
    )


def _build_figure(
    run: Run, network: Network, changes: Sequence[_Change], name: str, span: str, force: str
) -> Figure:
    return Figure(
        name=name,
        title=f"{span}: {_summarise(run, changes)}",
        finding=_name_camps(run, network),
        note=_NOTE.format(force=force, worlds=run.worlds, seed=run.scenario.seed),
        chart=_build_chart(run, network, changes),
        table=[_build_row(run, change) for change in changes],
    )


def _summarise(run: Run, changes: Sequence[_Change]) -> str:
    """Return what changes, in a few words."""
    by_line = {
        line: [_name_pair(run, change.tie) for change in changes if change.line == line]
        for line in (_NEW, _GONE, _MORE, _LESS)
    }
    parts = [f"{line}: {join_names(pairs)}" for line, pairs in by_line.items() if pairs]
    return "; ".join(parts) or "no commitment changes"


def _name_camps(run: Run, network: Network) -> str:
    sides = [
        join_names([_name_actor(run, code) for code, camp in network.camps.items() if camp == side])
        for side in (0, 1)
    ]
    if not all(sides):
        return "All actors are in one camp on the opening day."
    return f"On the opening day the two camps are {sides[0]}, and {sides[1]}."


def _name_pair(run: Run, tie: Tie) -> str:
    return f"{_name_actor(run, tie.first)} with {_name_actor(run, tie.second)}"


def _name_actor(run: Run, code: str) -> str:
    return run.scenario.actors[code].name


def _build_row(run: Run, change: _Change) -> FigureRow:
    return {
        "run": run.name,
        "one": _name_actor(run, change.tie.first),
        "other": _name_actor(run, change.tie.second),
        "commitment_before": change.bound[0],
        "commitment_after": change.bound[1],
        "force_before": change.force[0],
        "force_after": change.force[1],
    }


def _build_line_rows(network: Network, changes: Sequence[_Change]) -> Iterator[FigureRow]:
    """Yield the lines, those that change last, so that none of these is hidden."""
    for change in sorted(changes, key=lambda change: change.line != _STANDING):
        if change.line:
            (x, y), (x2, y2) = (
                network.positions[code] for code in (change.tie.first, change.tie.second)
            )
            yield {
                "kind": change.line,
                "width": _LINES[change.line][2],
                "x": x, "y": y, "x2": x2, "y2": y2,
            }  # fmt: skip


def _build_chart(run: Run, network: Network, changes: Sequence[_Change]) -> ChartSpec:
    rows = list(_build_line_rows(network, changes))
    kinds = [kind for kind in _LINES if any(row["kind"] == kind for row in rows)]
    legend = alt.Legend(symbolSize=500) if kinds else None
    colour = alt.Color("kind:N", legend=legend).scale(
        domain=kinds, range=[_LINES[kind][0] for kind in kinds]
    )
    dash = alt.StrokeDash("kind:N", legend=legend).scale(
        domain=kinds, range=[_LINES[kind][1] for kind in kinds]
    )
    width = alt.StrokeWidth("width:Q", scale=None, legend=None)
    heights = [y for _, y in network.positions.values()]
    x = alt.X("x:Q", axis=None).scale(domain=[-1.75, 1.6])
    y = alt.Y("y:Q", axis=None).scale(domain=[min(heights) - 0.15, max(heights) + 0.3])
    drawn = make_chart(rows).mark_rule(strokeCap="round")
    nodes = make_chart(_build_node_rows(run, network)).encode(x=x, y=y)
    halo = nodes.mark_text(dy=-18, fontWeight="bold", stroke="white", strokeWidth=4)
    return layer_charts(
        [
            drawn.encode(
                x=x, y=y, x2="x2:Q", y2="y2:Q", color=colour, strokeDash=dash, strokeWidth=width
            ),
            nodes.mark_point(filled=True, size=230, opacity=1).encode(
                shape=_build_camp_scale(alt.Shape, _CAMP_SHAPES),
                fill=_build_camp_scale(alt.Fill, _CAMP_COLOURS),
            ),
            halo.encode(text="name:N"),
            nodes.mark_text(dy=-18, fontWeight="bold").encode(text="name:N"),
        ],
        _HEIGHT,
    )


def _build_camp_scale(
    channel: type[alt.Shape] | type[alt.Fill], values: Sequence[str]
) -> alt.Shape | alt.Fill:
    return channel("camp:N", legend=None).scale(domain=[0, 1], range=list(values))


def _build_node_rows(run: Run, network: Network) -> list[FigureRow]:
    return [
        {"name": _name_actor(run, code), "x": x, "y": y, "camp": network.camps[code]}
        for code, (x, y) in network.positions.items()
    ]
