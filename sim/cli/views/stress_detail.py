"""Renders every cell of a stress test with its 95% interval: `sim stress --detail`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table

from sim.analysis.stress.construction import find_rule
from sim.analysis.stress.findings import excludes_zero
from sim.analysis.stress.matrix import Cell, StressComparison, StressMatrix
from sim.analysis.stress.names import describe_cell, describe_crisis
from sim.analysis.stress.openings import CrisisOpening
from sim.cli.numbers import format_mean_interval, format_share_interval
from sim.experiment.storage.metrics import Metric
from sim.statistics.intervals import Interval


def show_detail(
    console: Console, matrix: StressMatrix, comparisons: Sequence[StressComparison]
) -> None:
    """Print every cell that is not zero throughout, crisis by crisis."""
    for opening in matrix.openings:
        title = describe_crisis(opening, matrix.scenario)
        console.print(f"\n{title} ({opening})", style="bold", soft_wrap=True)
        console.print(_build_table(matrix, opening, comparisons))


def _build_table(
    matrix: StressMatrix, opening: CrisisOpening, comparisons: Sequence[StressComparison]
) -> Table:
    table = Table(box=SIMPLE_HEAD, pad_edge=False, header_style="bold")
    table.add_column("Outcome, 95% interval", ratio=1, overflow="fold")
    table.add_column(matrix.scenario.title, justify="right")
    for comparison in comparisons:
        table.add_column(f"minus {comparison.without.scenario.title}", justify="right")
    for cell in matrix.cells():
        if cell.opening == str(opening) and _is_shown(cell, matrix, comparisons):
            label = describe_cell(cell, opening, matrix.scenario)
            table.add_row(label, *_list_texts(cell, matrix, comparisons))
    return table


def _is_shown(cell: Cell, matrix: StressMatrix, comparisons: Sequence[StressComparison]) -> bool:
    """Whether a cell is ever anything but zero; that somebody sends nothing is left out."""
    if cell.level == "none":
        return False
    sides = [matrix, *(comparison.without for comparison in comparisons)]
    return any(side.values(cell).any() for side in sides)


def _list_texts(
    cell: Cell, matrix: StressMatrix, comparisons: Sequence[StressComparison]
) -> Iterator[str]:
    happened = matrix.values(cell).dtype == bool
    yield _format_interval(matrix.interval(cell), happened=happened, worlds=matrix.worlds)
    for comparison in comparisons:
        yield _format_difference(comparison, cell, happened=happened)


def _format_difference(comparison: StressComparison, cell: Cell, *, happened: bool) -> str:
    difference = comparison.difference(cell)
    if not excludes_zero(difference):
        return "·"
    scaled = Interval(*(100 * end for end in difference)) if happened else difference
    text = _format_interval(scaled, happened=False, worlds=comparison.with_.worlds)
    sign = "+" if difference.value > 0 else ""
    mark = "\nby construction" if find_rule(comparison, cell) else ""
    return f"{sign}{text}{' pp' if happened else ''}{mark}"


def _format_interval(interval: Interval, *, happened: bool, worlds: int) -> str:
    metric = Metric("", "", *interval, worlds=worlds)
    value, span = (format_share_interval if happened else format_mean_interval)(metric)
    return f"{value}\n{span}".rstrip()
