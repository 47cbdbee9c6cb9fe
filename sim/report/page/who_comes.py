"""Who comes if one actor attacks another: the crises of `sim stress` that say most, as a table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sim.analysis.stress.construction import find_rule
from sim.analysis.stress.difference_findings import summarise_comparison
from sim.analysis.stress.findings import excludes_zero, summarise_matrix
from sim.analysis.stress.matrix import ANY, Cell, StressMatrix, compare_stress
from sim.analysis.stress.names import describe_crisis
from sim.analysis.stress.openings import CrisisOpening
from sim.analysis.stress.request import choose_openings
from sim.analysis.stress.simulate import simulate_stress
from sim.report.run_view import Run

_WORLDS = 200
"""Worlds of each crisis: the interval of a share is at most fourteen percentage points wide."""
_MONTHS = 12
_ROWS = 6
"""Crises on the page; the page of `sim stress` has all."""


@dataclass(frozen=True)
class Tile:
    """An ally in a crisis.

    Attributes:
        text: the share of worlds in which it comes, in per cent; empty for the two sides.
        share: the same from 0 to 1.
        change: the difference to the run without, where it is clear, in percentage points; with a
            "c" where it is so by construction.
    """

    text: str
    share: float
    change: str = ""


@dataclass(frozen=True)
class HelpTable:
    """Who comes to the attacked side.

    Attributes:
        allies: the names of the actors, the columns.
        rows: each crisis and its tiles.
        findings: the main findings, in sentences.
        worlds: worlds of each crisis.
    """

    allies: list[str]
    rows: list[tuple[str, list[Tile]]]
    findings: list[str]
    worlds: int


def build_help_table(runs: Sequence[Run]) -> HelpTable:
    """Simulate the crises of a run, or of one with the treaty and one without; return who comes.

    Raises:
        RequestError: the scenarios share no crisis that could be opened.
    """
    first = runs[0].scenario
    scenarios = [run.scenario.model_copy(update={"seed": first.seed}) for run in runs[:2]]
    openings = choose_openings(scenarios)
    matrices = [
        simulate_stress(scenario, openings, _WORLDS, months=_MONTHS) for scenario in scenarios
    ]
    chosen = sorted(openings, key=lambda opening: -_weigh(matrices, opening))[:_ROWS]
    findings = (
        summarise_comparison(compare_stress(*matrices))
        if len(matrices) > 1
        else summarise_matrix(matrices[0])
    )
    return HelpTable(
        [actor.name for actor in first.actors.values()],
        [(describe_crisis(each, first), list(_list_tiles(matrices, each))) for each in chosen],
        list(findings)[:2],
        _WORLDS,
    )


def _weigh(matrices: Sequence[StressMatrix], opening: CrisisOpening) -> float:
    """Return how much a crisis says: the differences between runs, or the help in one."""
    tiles = [[_share(matrix, opening, ally) for ally in matrix.actors] for matrix in matrices]
    if len(tiles) == 1:
        return sum(tiles[0])
    return sum(abs(ours - theirs) for ours, theirs in zip(*tiles, strict=True))


def _share(matrix: StressMatrix, opening: CrisisOpening, ally: str) -> float:
    if ally in (opening.attacker, opening.attacked):
        return 0.0
    return matrix.aid(opening, ally).value


def _list_tiles(matrices: Sequence[StressMatrix], opening: CrisisOpening) -> Iterator[Tile]:
    for ally in matrices[0].actors:
        if ally in (opening.attacker, opening.attacked):
            yield Tile("", 0.0)
            continue
        share = _share(matrices[0], opening, ally)
        yield Tile(f"{100 * share:.0f}", share, _describe_change(matrices, opening, ally))


def _describe_change(matrices: Sequence[StressMatrix], opening: CrisisOpening, ally: str) -> str:
    if len(matrices) < 2:
        return ""
    cell = Cell(str(opening), "aid", ally, "attacked", ANY)
    difference = compare_stress(*matrices).difference(cell)
    mark = "c" if find_rule(compare_stress(*matrices), cell) else ""
    return f"{100 * difference.value:+.0f}{mark}" if excludes_zero(difference) else ""
