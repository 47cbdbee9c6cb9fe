"""Blocks of outcomes under one heading, in columns that line up from block to block.

In a terminal too narrow for columns, each label stands above its values.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import fill

from rich.cells import cell_len
from rich.console import Console
from rich.padding import Padding
from rich.table import Table

_GAP = 2
_MIN_LABEL_WIDTH = 22
"""Columns below which a label beside its values is not readable."""
NARROW = 72
"""Columns of a terminal below which headings are shortened."""


@dataclass(frozen=True)
class BlockRow:
    """An outcome: its label, how far it is indented, and a cell for each column."""

    label: str
    cells: tuple[str, ...]
    depth: int = 0


@dataclass(frozen=True)
class Block:
    """Rows under one heading.

    Attributes:
        title: the heading of the labels.
        headings: the heading of each column of values.
        rows: the outcomes.
    """

    title: str
    headings: tuple[str, ...]
    rows: Sequence[BlockRow]


def print_blocks(console: Console, blocks: Sequence[Block]) -> None:
    """Print the blocks that have rows, each after an empty line."""
    shown = [block for block in blocks if block.rows]
    if not shown:
        return
    widths = [max(_width(cell) for cell in column) for column in _list_columns(shown)]
    label_width = console.width - sum(widths) - _GAP * len(widths)
    for block in shown:
        console.print()
        if label_width < _MIN_LABEL_WIDTH:
            _print_stacked(console, block)
        else:
            console.print(_build_table(block, label_width, widths))


def _list_columns(blocks: Sequence[Block]) -> list[tuple[str, ...]]:
    """Return the headings and cells of all blocks, column by column."""
    lines = [line for block in blocks for line in (block.headings, *_cells(block))]
    return list(zip(*lines, strict=True))


def _cells(block: Block) -> list[tuple[str, ...]]:
    return [row.cells for row in block.rows]


def _width(cell: str) -> int:
    return max(map(cell_len, cell.split("\n")))


def _build_table(block: Block, label_width: int, widths: Sequence[int]) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, _GAP, 0, 0), header_style="bold")
    table.add_column(block.title, width=label_width, overflow="fold")
    for heading, width in zip(block.headings, widths, strict=True):
        table.add_column(heading, justify="right", width=width)
    for row in block.rows:
        table.add_row(Padding(row.label, (0, 0, 0, 2 + 2 * row.depth)), *row.cells)
    return table


def _print_stacked(console: Console, block: Block) -> None:
    """Print each label above its values."""
    console.print(fill(block.title, console.width), style="bold")
    for row in block.rows:
        pairs = zip(block.headings, row.cells, strict=True)
        values = "; ".join(
            f"{_join(heading)} {_join(cell)}" for heading, cell in pairs if cell.strip()
        )
        for depth, text in ((1 + row.depth, row.label), (3 + row.depth, values)):
            indent = "  " * depth
            console.print(
                fill(text, console.width, initial_indent=indent, subsequent_indent=indent),
                soft_wrap=True,
            )


def _join(cell: str) -> str:
    return " ".join(cell.split())
