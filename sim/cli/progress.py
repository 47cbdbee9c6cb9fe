"""What a command says while it works: what is being done, how far it is, and how long it will take.

The bar goes to stderr, only on a terminal, appears after a second, and disappears at the end. At
first the time is what such work should take here (`sim.cli.pace`); once a step is done, it is what
the steps so far took.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Timer
from time import perf_counter

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    SpinnerColumn,
    Task,
    TextColumn,
)
from rich.text import Text

from sim.cli import pace
from sim.experiment.blocks import OnProgress
from sim.steps import listen

DELAY_SECONDS = 1.0
"""Seconds before the bar appears."""
_LEAST_SHARE = 0.02
"""Share of the work that must be done before its own time is estimated from it."""


@dataclass
class Expectation:
    """How long work takes in all, in seconds: expected at first, then measured.

    Attributes:
        seconds: what it should take; 0 where that is not known.
        share: the share of the work that is done, 0 to 1.
        done_at: the time at which it was.
        began_at: the time at which it began.
    """

    seconds: float = 0.0
    share: float = 0.0
    done_at: float = 0.0
    began_at: float = field(default_factory=perf_counter)

    def begin(self, seconds: float) -> None:
        """Note that the work begins now, and what it should take."""
        self.seconds, self.began_at = seconds, perf_counter()

    def note(self, share: float) -> None:
        """Note the share that is done."""
        self.share, self.done_at = share, perf_counter()

    @property
    def total(self) -> float:
        """The seconds that it takes in all; 0 where nothing is known."""
        if self.share < _LEAST_SHARE:
            return self.seconds
        measured = (self.done_at - self.began_at) / self.share
        return measured if not self.seconds else self._weigh(measured)

    def _weigh(self, measured: float) -> float:
        """Return a mean of both; what has been measured counts by the share that is done."""
        weight = min(1.0, 3 * self.share)
        return weight * measured + (1 - weight) * self.seconds

    def describe(self) -> str:
        """Return what is left in words, or how long it has taken so far."""
        passed = perf_counter() - self.began_at
        left = self.total - passed
        return f"about {format_seconds(left)} left" if left >= 1 else f"{format_seconds(passed)}"


def format_seconds(seconds: float) -> str:
    """Return a time in words, with no more figures than it is known to."""
    if seconds < 90:
        return f"{max(1, round(seconds))} s"
    return f"{seconds / 60:.0f} min" if seconds < 5400 else f"{seconds / 3600:.1f} h"


class _ExpectationColumn(ProgressColumn):
    """Shows how long work will take."""

    def __init__(self, expectation: Expectation) -> None:
        super().__init__()
        self._expectation = expectation

    def render(self, task: Task) -> Text:  # noqa: ARG002  a column shows a task; this, all of it
        return Text(self._expectation.describe())


@contextmanager
def track_worlds(
    worlds: int,
    label: str = "Simulating worlds",
    *,
    quiet: bool = False,
    months: int = pace.DEFAULT_MONTHS,
    runs: int = 1,
    resumes: bool = False,
) -> Iterator[OnProgress]:
    """Yield a callback that takes the number of worlds simulated so far.

    `months` and `runs` say how they are simulated, from which the time is estimated until it is
    measured. With `resumes`, the first number that is reported is what an earlier attempt left,
    before anything is simulated; where nothing has to be, none is.
    """
    if (console := _find_terminal(quiet=quiet)) is None:
        yield lambda _: None
        return
    seconds = pace.expect_simulation(worlds // runs, months, runs)
    expectation = Expectation(0.0 if resumes else seconds * pace.measure_pace())
    progress = _build_bar(console, expectation)
    task = progress.add_task(label, total=worlds)
    stored: list[int] = [] if resumes else [0]

    def report(simulated: int) -> None:
        if not stored:
            stored.append(simulated)
            expectation.begin(seconds * pace.measure_pace() * (1 - simulated / worlds))
        progress.update(task, completed=simulated)
        expectation.note((simulated - stored[0]) / max(worlds - stored[0], 1))

    with _start_after_delay(progress):
        yield report


@contextmanager
def track_steps(label: str, steps: int) -> Iterator[Callable[[], None]]:
    """Yield a callback for every step that is complete, all of which take about as long."""
    if (console := _find_terminal()) is None:
        yield lambda: None
        return
    expectation = Expectation()
    progress = _build_bar(console, expectation)
    task = progress.add_task(label, total=steps)

    def advance() -> None:
        progress.advance(task)
        expectation.note(progress.tasks[task].completed / steps)

    with _start_after_delay(progress):
        yield advance


@contextmanager
def track_announced(label: str, steps: Mapping[str, tuple[float, int]]) -> Iterator[None]:
    """Show the steps that the body announces (`sim.steps`).

    Args:
        label: what is done until a step is announced.
        steps: of each kind, what a step should take, in seconds as `sim.cli.pace` states them, and
            how many steps are expected; others are shown, and taken to be short.
    """
    if (console := _find_terminal()) is None:
        yield
        return
    plan = _StepPlan({step: seconds for step, (seconds, _) in steps.items()})
    plan.expected = {step: count for step, (_, count) in steps.items()}
    expectation = Expectation(plan.stated * pace.measure_pace())
    progress = _build_bar(console, expectation, counted=False)
    task = progress.add_task(label, total=plan.total)

    def begin(step: str, of: int) -> None:
        plan.begin(step, of)
        progress.update(task, description=step, completed=plan.done, total=plan.total)
        expectation.note(plan.done / plan.total)

    with _start_after_delay(progress), listen(begin):
        yield


@dataclass
class _StepPlan:
    """The steps expected and done, each with the seconds that it should take."""

    seconds: dict[str, float]
    expected: dict[str, int] = field(default_factory=dict)
    begun: dict[str, int] = field(default_factory=dict)
    current: str = ""

    def begin(self, step: str, of: int) -> None:
        """Note that a step begins, so that the one before is done."""
        self.seconds.setdefault(step, 0.1)
        self.begun[step] = self.begun.get(step, 0) + 1
        counts = (of, self.begun[step], self.expected.get(step, 0) if of == 1 else 0)
        self.expected[step] = max(counts)
        self.current = step

    @property
    def stated(self) -> float:
        """The seconds of all steps that are expected; 0 where none are."""
        return sum(self.seconds[step] * count for step, count in self.expected.items())

    @property
    def total(self) -> float:
        """The same, of which a share can be taken."""
        return self.stated or 1.0

    @property
    def done(self) -> float:
        """The seconds of the steps that are done."""
        begun = sum(self.seconds[step] * count for step, count in self.begun.items())
        return begun - self.seconds.get(self.current, 0.0)


_shown: list[Progress] = []
"""The bars of the work that is under way, the innermost last; only that one is on the screen."""


@contextmanager
def _start_after_delay(progress: Progress) -> Iterator[None]:
    """Show a bar after a while; a bar of the work around it is hidden meanwhile."""
    outer = _shown[-1] if _shown else None
    if outer:
        outer.stop()
    _shown.append(progress)
    timer = Timer(DELAY_SECONDS, _start_if_innermost, [progress])
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
        timer.join()  # or the bar might start after it has stopped
        progress.stop()
        _shown.remove(progress)
        if outer:
            outer.start()


def _start_if_innermost(progress: Progress) -> None:
    if _shown and _shown[-1] is progress:
        progress.start()


def _find_terminal(*, quiet: bool = False) -> Console | None:
    """Return the terminal behind stderr; None where nobody watches, or wants to."""
    console = Console(stderr=True)
    return console if console.is_terminal and not quiet else None


def _build_bar(console: Console, expectation: Expectation, *, counted: bool = True) -> Progress:
    count = [MofNCompleteColumn()] if counted else []
    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), *count)
    return Progress(*columns, _ExpectationColumn(expectation), console=console, transient=True)
