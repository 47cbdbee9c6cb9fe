from __future__ import annotations

from collections.abc import Callable
from functools import partial
from io import StringIO
from time import sleep

import pytest
from rich.console import Console

from sim.cli import progress

Watch = Callable[[bool], StringIO]


@pytest.fixture
def watch(monkeypatch: pytest.MonkeyPatch) -> Watch:
    """Makes stderr a terminal, or not, and returns what it shows; a moment is over at once."""

    def begin(terminal: bool) -> StringIO:
        screen = StringIO()
        kind = partial(Console, file=screen, force_terminal=terminal, width=80)
        monkeypatch.setattr(progress, "Console", lambda **_: kind())
        monkeypatch.setattr(progress, "DELAY_SECONDS", 0.0)
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
