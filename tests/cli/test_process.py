"""The command as a process of its own: exit codes, signals and pipes."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from time import sleep

import pytest

from sim.cli.group import INTERRUPTED_MESSAGE
from tests.experiment.fakes import SIMULATING
from tests.scenario.folder import Folder

ROOT = Path(__file__).parents[2]
PATIENCE = 600.0
"""Seconds after which a command hangs: no busy machine makes it take as long."""


def _heed_interrupts() -> None:
    """Let Ctrl-C work in the process: where tests run in the background, it would be ignored."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


@contextmanager
def started(
    folder: Folder, *words: str, module: str = "tests.cli.slow"
) -> Iterator[subprocess.Popen[str]]:
    """Start the command in a group of its own, which is ended with the test whatever happens."""
    process = subprocess.Popen(
        [sys.executable, "-m", module, *words],
        cwd=folder.path,
        env=os.environ | {"PYTHONPATH": str(ROOT), "PYTHONWARNINGS": "error"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        preexec_fn=_heed_interrupts,  # noqa: PLW1509  no threads run in this process
    )
    with process:
        try:
            yield process
        finally:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)


def wait_for(what: Callable[[], bool]) -> None:
    """Wait for something, so many times a glance: a busy machine lengthens them all."""
    for _ in range(6000):
        if what():
            return
        sleep(0.01)
    pytest.fail("it never came")


def test_the_exit_code_of_a_run_that_is_done(folder: Folder) -> None:
    with started(folder, "run", "whole.toml", "--quiet") as process:
        stdout, stderr = process.communicate(timeout=PATIENCE)
    assert (process.returncode, stderr) == (0, "")
    assert (folder.path / stdout.strip() / "manifest.json").is_file()


def test_the_exit_code_of_what_the_user_can_mend(folder: Folder) -> None:
    with started(folder, "check", "hole.toml", module="sim") as process:
        stdout, stderr = process.communicate(timeout=PATIENCE)
    assert (process.returncode, stdout) == (2, "")
    assert stderr.startswith("hole.toml: there is no such file\n")


@pytest.mark.parametrize("workers", [1, 2])
@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_stop_leaves_nothing_half_written(
    folder: Folder, workers: int, number: signal.Signals, code: int
) -> None:
    with endless(folder, workers) as process:
        # Ctrl-C on a terminal reaches the whole group, a kill only the process that is named.
        (os.killpg if number is signal.SIGINT else os.kill)(process.pid, number)
        stdout, stderr = process.communicate(timeout=PATIENCE)
    assert process.returncode == code
    assert stdout == ""
    assert stderr == (f"{INTERRUPTED_MESSAGE}\n" if code == 130 else "")
    [stored] = (folder.path / "results").iterdir()
    assert stored.name.endswith(".part")
    assert list(stored.rglob("*.zip"))
    assert not list(stored.rglob("*.aside"))


def test_workers_do_not_outlive_a_run_that_is_killed(folder: Folder) -> None:
    with endless(folder, 2) as process:
        process.kill()
        process.communicate(timeout=PATIENCE)  # returns when no one holds the pipes any more


@contextmanager
def endless(folder: Folder, workers: int) -> Iterator[subprocess.Popen[str]]:
    """Start a run that never ends; wait until so many live its worlds and the first are kept."""
    words = ("run", "whole.toml", "--worlds", "200000", "--workers", str(workers))
    with started(folder, *words, module="tests.cli.endless") as process:
        wait_for(lambda: len(list(folder.path.glob(f"{SIMULATING}*"))) == workers)
        wait_for(lambda: any(folder.path.rglob("*.zip")))
        yield process


@pytest.mark.parametrize("words", [["schema"], ["run", "whole.toml"], ["--help"]])
def test_a_reader_who_leaves_early_is_no_error_worth_a_word(
    folder: Folder, words: list[str]
) -> None:
    with started(folder, *words) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        stderr = process.stderr.read()
        assert process.wait(timeout=PATIENCE) in (0, 1)
    assert stderr == ""
