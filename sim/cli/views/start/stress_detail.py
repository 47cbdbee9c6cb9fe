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
from sim.cli.output import print_paragraphs
from sim.experiment.storage.metrics import Metric
from sim.statistics.intervals import Interval

_SAME = "·"
_LEVELS = {"materiel": "Mate-\nriel", "troops": "Troops", "war": "Open\nwar"}


def show_detail(
    console: Console, matrix: StressMatrix, comparisons: Sequence[StressComparison]
) -> None:
    """Print what came of every crisis; what never happens is left out."""
    for opening in matrix.openings:
        title = f"{describe_crisis(opening, matrix.scenario)} ({opening})"
        console.print(f"\n{fill(title, console.width)}", style="bold", soft_wrap=True)
        console.print(_build_aid_table(matrix, opening))
        console.print(_build_outcome_table(matrix, opening))
        if comparisons:
            _show_differences(console, matrix, opening, comparisons)


def _build_aid_table(matrix: StressMatrix, opening: CrisisOpening) -> Table:
    """Return the table of who sends what to whom: a line for each actor and side."""
    table = _new_table("Aid, per cent of worlds", ["Any aid", *_LEVELS.values()])
    for cell in _list_cells(matrix, opening):
        if (cell.outcome, cell.level) == ("aid", ANY) and matrix.values(cell).any():
            levels = (_format_level(matrix, cell, level) for level in _LEVELS)
            label = describe_cell(cell, opening, matrix.scenario).partition(":")[0]
            table.add_row(label, _format_cell(matrix, cell), *levels)
    return table


def _build_outcome_table(matrix: StressMatrix, opening: CrisisOpening) -> Table:
    """Return the table of all other outcomes."""
    table = _new_table("How it ends", ["95% interval"])
    for cell in _list_cells(matrix, opening):
        if cell.outcome != "aid" and matrix.values(cell).any():
            table.add_row(describe_cell(cell, opening, matrix.scenario), _format_cell(matrix, cell))
    return table


def _show_differences(
    console: Console,
    matrix: StressMatrix,
    opening: CrisisOpening,
    comparisons: Sequence[StressComparison],
) -> None:
    """Print a table of all that differs from another scenario, or that nothing does."""
    titles = [f"minus {each.without.scenario.title}" for each in comparisons]
    table = _new_table("What differs", titles)
    for cell in _list_cells(matrix, opening):
        changes = [_format_change(cell, comparison) for comparison in comparisons]
        if any(change != _SAME for change in changes):
            table.add_row(describe_cell(cell, opening, matrix.scenario), *changes)
    if table.rows:
        console.print(table)
    else:
        print_paragraphs(console, ["No difference has an interval that excludes zero."])


def _list_cells(matrix: StressMatrix, opening: CrisisOpening) -> Iterator[Cell]:
    """Yield the cells of a crisis, but for that somebody sends nothing."""
    for cell in matrix.cells():
        if cell.opening == str(opening) and cell.level != "none":
            yield cell


def _format_level(matrix: StressMatrix, cell: Cell, level: str) -> str:
    return f"{100 * matrix.interval(cell._replace(level=level)).value:.0f}"


def _format_cell(matrix: StressMatrix, cell: Cell) -> str:
    happened = matrix.values(cell).dtype == bool
    return _format_interval(matrix.interval(cell), happened=happened, worlds=matrix.worlds)


def _format_change(cell: Cell, comparison: StressComparison) -> str:
    """Return the difference from another scenario; a dot where it may be zero."""
    difference = comparison.difference(cell)
    if not excludes_zero(difference):
        return _SAME
    happened = comparison.with_.values(cell).dtype == bool
    scaled = Interval(*(100 * end for end in difference)) if happened else difference
    text = _format_interval(scaled, happened=False, worlds=comparison.with_.worlds)
    mark = "\nby construction" if find_rule(comparison, cell) else ""
    return f"{'+' if difference.value > 0 else ''}{text}{' pp' if happened else ''}{mark}"


def _format_interval(interval: Interval, *, happened: bool, worlds: int) -> str:
    metric = Metric("", "", *interval, worlds=worlds)
    value, span = (format_share_interval if happened else format_mean_interval)(metric)
    return f"{value}\n{span}".rstrip()


def _new_table(first: str, headings: Sequence[str]) -> Table:
    table = Table(box=SIMPLE_HEAD, show_edge=False, pad_edge=False, header_style="bold")
    table.add_column(first, ratio=1, overflow="fold")
    for heading in headings:
        table.add_column(heading, justify="right", overflow="fold")
    return table
