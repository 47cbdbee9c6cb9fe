"""The alliance network in one picture: who is bound to whom, in which camp, and what changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import altair as alt

from sim.report.figures.aggregates import pair_runs
from sim.report.figures.dates import format_calendar_month
from sim.report.figures.figure import Figure, FigureRow, layer_charts, make_chart
from sim.report.figures.network_data import Network, Tie, observe_network
from sim.report.figures.resimulate import check_same_engine, count_resimulated
from sim.report.figures.theme import BLACK, DARK_BLUE, ORANGE, VERMILLION, ChartSpec
from sim.report.run_view import Run
from sim.report.words import join_names

_HEIGHT = 300
_LEAST_CHANGE = 0.1
"""Change of a tie that is drawn; smaller ones are in the table."""
_BOUND = 0.05
"""Strength from which a defence commitment exists."""
_STANDING, _NEW, _GONE = "commitment in both", "commitment added", "commitment gone"
_WORSE, _BETTER = "threat grown", "threat eased"
_LINES = {
    _STANDING: ("#9A9A9A", [1, 0], 1.5),
    _NEW: (BLACK, [1, 0], 4.0),
    _GONE: (BLACK, [2, 4], 3.0),
    _WORSE: (VERMILLION, [6, 3], 2.5),
    _BETTER: ("#009E73", [6, 3], 2.5),
}
"""Colour, dash and width of each kind of line."""
_CAMP_COLOURS, _CAMP_SHAPES = (DARK_BLUE, ORANGE), ("circle", "square")
_NOTE = (
    "Circles and squares: the two camps with the least strain at the end. Close: strongly tied on "
    "the opening day. Lines: defence commitments, and threats that change by {least:g} or more "
    "(1: open war). Means over {worlds:,} worlds, seed {seed}."
)


@dataclass(frozen=True)
class _Change:
    """A tie before and after, or without and with."""

    before: Tie
    after: Tie

    @property
    def line(self) -> str:
        """The kind of line to draw; empty for none."""
        bound = [tie.treaty > _BOUND for tie in (self.before, self.after)]
        threat = self.after.threat - self.before.threat
        if bound[0] != bound[1]:
            return _NEW if bound[1] else _GONE
        if abs(threat) >= _LEAST_CHANGE:
            return _WORSE if threat > 0 else _BETTER
        return _STANDING if all(bound) else ""


def plot_network(runs: Sequence[Run]) -> Iterator[Figure]:
    """Yield the network at the end: what changed since the opening day, or between paired runs.

    Raises:
        RequestError: the engine has changed since a run was simulated.
    """
    check_same_engine(runs, "the network")
    networks = {run.index: observe_network(run) for run in runs}
    if len(runs) == 1:
        network = networks[runs[0].index]
        start = f"the opening day to {format_calendar_month(runs[0], runs[0].months)}"
        yield _build_figure(runs[0], network, network.opening, f"network-{runs[0].months}", start)
    for pair in pair_runs(runs):
        with_, without = networks[pair.with_.index], networks[pair.without.index]
        span = f"{pair.without.name} to {pair.with_.name}"
        name = f"network-{pair.with_.months}{pair.name_suffix}"
        yield _build_figure(pair.with_, with_, without.end, name, span)


def _build_figure(
    run: Run, network: Network, before: Sequence[Tie], name: str, span: str
) -> Figure:
    known = {(tie.first, tie.second): tie for tie in before}
    changes = [
        _Change(known[tie.first, tie.second], tie)
        for tie in network.end
        if (tie.first, tie.second) in known
    ]
    return Figure(
        name=name,
        title=f"The network from {span}: {_summarise(run, changes)}",
        finding=_name_camps(run, network),
        note=_NOTE.format(
            least=_LEAST_CHANGE, worlds=count_resimulated(run), seed=run.scenario.seed
        ),
        chart=_build_chart(run, network, changes),
        table=[_build_row(run, change) for change in changes],
    )


def _summarise(run: Run, changes: Sequence[_Change]) -> str:
    """Return what changes, in a few words."""
    by_line = {
        line: [_name_pair(run, change.after) for change in changes if change.line == line]
        for line in (_NEW, _GONE, _WORSE, _BETTER)
    }
    parts = [f"{line}: {join_names(pairs)}" for line, pairs in by_line.items() if pairs]
    return "; ".join(parts) or "no tie changes"


def _name_camps(run: Run, network: Network) -> str:
    sides = [
        join_names([_name_actor(run, code) for code, camp in network.camps.items() if camp == side])
        for side in (0, 1)
    ]
    if not all(sides):
        return "All actors are in one camp at the end."
    return f"At the end the two camps are {sides[0]}, and {sides[1]}."


def _name_pair(run: Run, tie: Tie) -> str:
    return f"{_name_actor(run, tie.first)} with {_name_actor(run, tie.second)}"


def _name_actor(run: Run, code: str) -> str:
    return run.scenario.actors[code].name


def _build_row(run: Run, change: _Change) -> FigureRow:
    row: FigureRow = {
        "run": run.name,
        "one": _name_actor(run, change.after.first),
        "other": _name_actor(run, change.after.second),
    }
    for kind, name in (("treaty", "commitment"), ("affinity", "votes_alike"), ("threat", "threat")):
        row[f"{name}_before"] = getattr(change.before, kind)
        row[f"{name}_after"] = getattr(change.after, kind)
    return row


def _build_line_rows(network: Network, changes: Sequence[_Change]) -> Iterator[FigureRow]:
    """Yield the lines, those that change last, so that none of these is hidden."""
    for change in sorted(changes, key=lambda change: change.line != _STANDING):
        if change.line:
            (x, y), (x2, y2) = (
                network.positions[code] for code in (change.after.first, change.after.second)
            )
            yield {
                "kind": change.line,
                "width": _LINES[change.line][2],
                "x": x, "y": y, "x2": x2, "y2": y2,
            }  # fmt: skip


def _build_chart(run: Run, network: Network, changes: Sequence[_Change]) -> ChartSpec:
    rows = list(_build_line_rows(network, changes))
    kinds = [kind for kind in _LINES if any(row["kind"] == kind for row in rows)]
    legend = alt.Legend(columns=3, symbolSize=500) if kinds else None
    colour = alt.Color("kind:N", legend=legend).scale(
        domain=kinds, range=[_LINES[kind][0] for kind in kinds]
    )
    dash = alt.StrokeDash("kind:N", legend=legend).scale(
        domain=kinds, range=[_LINES[kind][1] for kind in kinds]
    )
    width = alt.StrokeWidth("width:Q", scale=None, legend=None)
    heights = [y for _, y in network.positions.values()]
    x = alt.X("x:Q", axis=None).scale(domain=[-1.25, 1.25])
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
