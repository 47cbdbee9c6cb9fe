"""A progress bar on the terminal, for work that takes longer than a second."""

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
"""Seconds before the bar appears."""


@contextmanager
def track_worlds(
    worlds: int, label: str = "Simulating worlds", *, quiet: bool = False
) -> Iterator[OnProgress]:
    """Yield a callback that takes the number of worlds simulated so far.

    The bar goes to stderr, only on a terminal and only unless `quiet`, and disappears at the end.
    """
    console = Console(stderr=True)
    if quiet or not console.is_terminal:
        yield lambda _: None
        return
    progress = _build_bar(console, label)
    task = progress.add_task("", total=worlds)
    with _start_after_delay(progress):
        yield lambda simulated: progress.update(task, completed=simulated)


@contextmanager
def track_steps(label: str, steps: int) -> Iterator[Callable[[], None]]:
    """Yield a callback for every step that is complete, shown as in `track_worlds`."""
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
        timer.join()  # or the bar might start after it has stopped
        progress.stop()


def _build_bar(console: Console, label: str = "Simulating worlds") -> Progress:
    columns = (SpinnerColumn(), TextColumn(label), BarColumn(), MofNCompleteColumn())
    return Progress(*columns, TimeRemainingColumn(), console=console, transient=True)
