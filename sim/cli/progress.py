"""A progress bar for work that takes longer than a moment, where somebody is watching."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import monotonic

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

MOMENT = 1.0
"""Seconds that pass without a word."""


@contextmanager
def shown(worlds: int, *, quiet: bool = False) -> Iterator[Callable[[int], None]]:
    """Yield what is to be told how many worlds have been lived; it appears after a moment.

    It goes to stderr, only on a terminal, only unless told to be quiet, and leaves nothing behind.
    """
    console = Console(stderr=True)
    if quiet or not console.is_terminal:
        yield lambda _: None
        return
    progress = _bar(console)
    task = progress.add_task("", total=worlds)
    begun = monotonic()

    def tell(lived: int) -> None:
        progress.update(task, completed=lived)
        if monotonic() - begun > MOMENT:
            progress.start()

    try:
        yield tell
    finally:
        progress.stop()


def _bar(console: Console) -> Progress:
    columns = (
        TextColumn("Living worlds"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
    )
    return Progress(*columns, console=console, transient=True)
