"""Renders the cells of a stress test with their 95% intervals: `sim stress --detail`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from textwrap import fill

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table

from sim.analysis.stress.construction import find_rule
from sim.analysis.stress.findings import excludes_zero
from sim.analysis.stress.matrix import ANY, Cell, StressComparison, StressMatrix
from sim.analysis.stress.names import describe_cell, describe_crisis
from sim.analysis.stress.openings import CrisisOpening
from sim.cli.numbers import format_mean_interval, format_share_interval
from sim.experiment.storage.metrics import Metric
from sim.statistics.intervals import Interval

_LEVELS = {"materiel": "Mate-\nriel", "troops": "Troops", "war": "Open\nwar"}


def show_detail(
    console: Console, matrix: StressMatrix, comparisons: Sequence[StressComparison]
) -> None:
    """Print what came of every crisis; what never happens anywhere is left out."""
    for opening in matrix.openings:
        title = f"{describe_crisis(opening, matrix.scenario)} ({opening})"
        console.print(f"\n{fill(title, console.width)}", style="bold", soft_wrap=True)
        console.print(_build_aid_table(matrix, opening, comparisons))
        console.print(_build_outcome_table(matrix, opening, comparisons))


def _build_aid_table(
    matrix: StressMatrix, opening: CrisisOpening, comparisons: Sequence[StressComparison]
) -> Table:
    """Return the table of who sends what to whom: a line for each actor and side."""
    table = _new_table("Aid, per cent of worlds", ["Any aid", *_LEVELS.values()], comparisons)
    for cell in _list_shown(matrix, opening, comparisons):
        if (cell.outcome, cell.level) == ("aid", ANY):
            levels = (_format_level(matrix, cell, level) for level in _LEVELS)
            label = describe_cell(cell, opening, matrix.scenario).partition(":")[0]
            table.add_row(
                label, _format_cell(matrix, cell), *levels, *_list_changes(cell, comparisons)
            )
    return table


def _build_outcome_table(
    matrix: StressMatrix, opening: CrisisOpening, comparisons: Sequence[StressComparison]
) -> Table:
    """Return the table of all other outcomes."""
    table = _new_table("What becomes of it", ["95% interval"], comparisons)
    for cell in _list_shown(matrix, opening, comparisons):
        if cell.outcome != "aid":
            label = describe_cell(cell, opening, matrix.scenario)
            table.add_row(label, _format_cell(matrix, cell), *_list_changes(cell, comparisons))
    return table


def _list_shown(
    matrix: StressMatrix, opening: CrisisOpening, comparisons: Sequence[StressComparison]
) -> Iterator[Cell]:
    """Yield the cells of a crisis that are ever anything but zero."""
    sides = [matrix, *(comparison.without for comparison in comparisons)]
    for cell in matrix.cells():
        if cell.opening == str(opening) and any(side.values(cell).any() for side in sides):
            yield cell


def _format_level(matrix: StressMatrix, cell: Cell, level: str) -> str:
    return f"{100 * matrix.interval(cell._replace(level=level)).value:.0f}"


def _format_cell(matrix: StressMatrix, cell: Cell) -> str:
    happened = matrix.values(cell).dtype == bool
    return _format_interval(matrix.interval(cell), happened=happened, worlds=matrix.worlds)


def _list_changes(cell: Cell, comparisons: Sequence[StressComparison]) -> Iterator[str]:
    """Yield the difference from each other scenario; a dot where it may be zero."""
    for comparison in comparisons:
        difference = comparison.difference(cell)
        if not excludes_zero(difference):
            yield "·"
            continue
        happened = comparison.with_.values(cell).dtype == bool
        scaled = Interval(*(100 * end for end in difference)) if happened else difference
        text = _format_interval(scaled, happened=False, worlds=comparison.with_.worlds)
        mark = "\nby construction" if find_rule(comparison, cell) else ""
        yield f"{'+' if difference.value > 0 else ''}{text}{' pp' if happened else ''}{mark}"


def _format_interval(interval: Interval, *, happened: bool, worlds: int) -> str:
    metric = Metric("", "", *interval, worlds=worlds)
    value, span = (format_share_interval if happened else format_mean_interval)(metric)
    return f"{value}\n{span}".rstrip()


def _new_table(
    first: str, headings: Sequence[str], comparisons: Sequence[StressComparison]
) -> Table:
    table = Table(box=SIMPLE_HEAD, pad_edge=False, header_style="bold")
    table.add_column(first, ratio=1, overflow="fold")
    for heading in headings:
        table.add_column(heading, justify="right")
    for comparison in comparisons:
        table.add_column(f"minus {comparison.without.scenario.title}", justify="right")
    return table
