from __future__ import annotations

from collections.abc import Callable
from functools import partial
from io import StringIO
from time import sleep

import pytest
from rich.console import Console

from sim.cli import pace, progress
from sim.cli.progress import Expectation, format_seconds
from sim.steps import announce, listen

Watch = Callable[[bool], StringIO]


@pytest.fixture
def watch(monkeypatch: pytest.MonkeyPatch) -> Watch:
    """Makes stderr a terminal, or not, and returns what it shows; a moment is over at once."""

    def begin(terminal: bool) -> StringIO:
        screen = StringIO()
        kind = partial(Console, file=screen, force_terminal=terminal, width=80)
        monkeypatch.setattr(progress, "Console", lambda **_: kind())
        monkeypatch.setattr(progress, "DELAY_SECONDS", 0.0)
        monkeypatch.setattr(pace, "measure_pace", lambda: 1.0)
        return screen

    return begin


def work(*, quiet: bool = False) -> None:
    with progress.track_worlds(200, quiet=quiet) as tell:
        sleep(0.05)
        tell(100)
        sleep(0.2)


def test_it_is_shown_on_a_terminal(watch: Watch) -> None:
    screen = watch(True)
    work()
    assert "Simulating worlds" in screen.getvalue()
    assert "100/200" in screen.getvalue()


def test_it_is_shown_before_the_first_block_is_done(watch: Watch) -> None:
    screen = watch(True)
    with progress.track_worlds(200):
        sleep(0.2)
    assert "0/200" in screen.getvalue()


def test_nothing_is_shown_for_a_moment(watch: Watch, monkeypatch: pytest.MonkeyPatch) -> None:
    screen = watch(True)
    monkeypatch.setattr(progress, "DELAY_SECONDS", 60.0)
    work()
    assert "Simulating" not in screen.getvalue()


def test_nothing_is_shown_where_nobody_watches(watch: Watch) -> None:
    screen = watch(False)
    work()
    assert screen.getvalue() == ""


def test_nothing_is_shown_if_it_is_to_be_quiet(watch: Watch) -> None:
    screen = watch(True)
    work(quiet=True)
    assert screen.getvalue() == ""


def test_it_ends_when_the_work_fails(watch: Watch) -> None:
    watch(True)
    with pytest.raises(KeyboardInterrupt), progress.track_worlds(200):
        raise KeyboardInterrupt


@pytest.mark.parametrize("terminal", [True, False])
def test_work_in_pieces_is_shown_likewise(watch: Watch, terminal: bool) -> None:
    screen = watch(terminal)
    with progress.track_steps("Validating", 3) as done:
        sleep(0.05)
        done()
        sleep(0.2)
    assert ("Validating" in screen.getvalue()) is terminal
    assert ("1/3" in screen.getvalue()) is terminal


def test_the_time_is_what_such_work_should_take_until_it_is_measured(watch: Watch) -> None:
    screen = watch(True)
    with progress.track_worlds(1000, months=360, resumes=True) as tell:
        tell(0)
        sleep(0.2)
    assert f"about {pace.expect_simulation(1000, 360):.0f} s left" in screen.getvalue()


def test_no_time_is_told_where_perhaps_nothing_has_to_be_simulated(watch: Watch) -> None:
    screen = watch(True)
    with progress.track_worlds(1000, months=360, resumes=True):
        sleep(0.2)
    assert "left" not in screen.getvalue()


def test_what_must_be_simulated_is_expected_at_once(watch: Watch) -> None:
    screen = watch(True)
    with progress.track_worlds(1000, months=360):
        sleep(0.2)
    assert "left" in screen.getvalue()


def test_steps_that_are_announced_are_shown(watch: Watch) -> None:
    screen = watch(True)
    with progress.track_announced("Reading", {"Drawing": (30.0, 2)}):
        announce("Drawing", of=4)
        sleep(0.2)
        announce("Printing")
        sleep(0.2)
    assert "Drawing" in screen.getvalue()
    assert "Printing" in screen.getvalue()
    assert "left" in screen.getvalue()


def test_announced_steps_are_silent_where_nobody_watches(watch: Watch) -> None:
    screen = watch(False)
    with progress.track_announced("Reading", {}):
        announce("Drawing")
    assert screen.getvalue() == ""


def test_a_bar_within_a_bar_hides_it(watch: Watch) -> None:
    screen = watch(True)
    with progress.track_announced("Around", {}), progress.track_worlds(200) as tell:
        tell(100)
        sleep(0.2)
    assert "100/200" in screen.getvalue()


def test_a_listener_hears_the_steps_of_its_own_work_only() -> None:
    heard = list[tuple[str, int]]()
    announce("before")
    with listen(lambda step, of: heard.append((step, of))):
        announce("during", of=3)
    announce("after")
    assert heard == [("during", 3)]


def test_what_is_measured_replaces_what_was_expected(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [100.0]
    monkeypatch.setattr(progress, "perf_counter", lambda: now[0])
    work = Expectation(10.0, began_at=100.0)
    assert work.describe() == "about 10 s left"
    now[0] = 110.0
    work.note(0.5)
    assert work.total == 20.0
    assert work.describe() == "about 10 s left"
    now[0] = 125.0
    assert work.describe() == "25 s"


def test_a_plan_counts_steps_by_the_seconds_that_each_should_take() -> None:
    plan = progress._StepPlan({"draw": 2.0, "tell": 4.0}, {"draw": 2, "tell": 1})
    assert plan.total == 8.0
    plan.begin("tell", 1)
    plan.begin("draw", 5)
    assert (plan.done, plan.total) == (4.0, 14.0)
    plan.begin("draw", 1)
    plan.begin("print", 1)
    assert plan.done == 8.0


@pytest.mark.parametrize(
    ("seconds", "text"), [(0.2, "1 s"), (59.6, "60 s"), (600, "10 min"), (7200, "2.0 h")]
)
def test_times_have_no_more_figures_than_are_known(seconds: float, text: str) -> None:
    assert format_seconds(seconds) == text
