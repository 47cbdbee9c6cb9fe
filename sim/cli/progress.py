"""A progress bar for work that takes longer than a moment, where somebody is watching."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Timer

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    SpinnerColumn,
    TextColumn,
    TimeRemainingColumn,
)

from sim.experiment.blocks import OnProgress

DELAY_SECONDS = 1.0
"""Seconds that pass without a word."""


@contextmanager
def track_worlds(worlds: int, *, quiet: bool = False) -> Iterator[OnProgress]:
    """Yield what is to be told how many worlds have been lived; it appears after a moment.

    It goes to stderr, only on a terminal, only unless told to be quiet, and leaves nothing behind.
    """
    console = Console(stderr=True)
    if quiet or not console.is_terminal:
        yield lambda _: None
        return
    progress = _build_bar(console)
    task = progress.add_task("", total=worlds)
    with _start_after_delay(progress):
        yield lambda lived: progress.update(task, completed=lived)


@contextmanager
def track_steps(label: str, steps: int) -> Iterator[Callable[[], None]]:
    """Yield what is to be called after each piece of some work; shown likewise."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield lambda: None
        return
    progress = _build_bar(console, label)
    task = progress.add_task("", total=steps)
    with _start_after_delay(progress):
        yield lambda: progress.advance(task)


@contextmanager
def _start_after_delay(progress: Progress) -> Iterator[None]:
    timer = Timer(DELAY_SECONDS, progress.start)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
        timer.join()  # or the bar might begin after it has ended
        progress.stop()


def _build_bar(console: Console, label: str = "Living worlds") -> Progress:
    said = (SpinnerColumn(), TextColumn(label), BarColumn(), MofNCompleteColumn())
    return Progress(*said, TimeRemainingColumn(), console=console, transient=True)
