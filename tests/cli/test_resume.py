"""Whatever is killed or full, the same command goes on and ends as if nothing had happened."""

from __future__ import annotations

import os
import resource
import signal
from pathlib import Path

import pytest

from sim.experiment.layout import RUN_FILES, SWEEP_FILES
from tests.cli.test_process import PATIENCE, started, wait_for
from tests.experiment.fakes import SIMULATING
from tests.scenario.folder import Folder

pytestmark = pytest.mark.slow

RUN = ("run", "whole.toml", "--worlds", "40000", "--months", "3", "--quiet")
SWEEP = ("sweep", "whole.toml", "--vary", "months=1:4:4", "--worlds", "1500", "--quiet")
_UNDISTURBED: dict[tuple[str, ...], dict[str, bytes]] = {}


def checkpoint_blocks(folder: Folder) -> set[Path]:
    return set(folder.path.glob("results/.whole-*/blocks/*/*.zip"))


def finish(folder: Folder, *words: str) -> Path:
    with started(folder, *words) as process:
        stdout, stderr = process.communicate(timeout=PATIENCE)
    assert (process.returncode, stderr) == (0, "")
    return folder.path / stdout.strip()


def undisturbed(folder: Folder, words: tuple[str, ...]) -> dict[str, bytes]:
    """Return the bytes of the tables that the command leaves where nothing happens.

    They are those of any folder, and simulated once.
    """
    if words not in _UNDISTURBED:
        _UNDISTURBED[words] = tables(finish(folder, *words, "--out", "plain", "--workers", "1"))
    return _UNDISTURBED[words]


def tables(folder: Path) -> dict[str, bytes]:
    files = SWEEP_FILES if (folder / "design.parquet").exists() else RUN_FILES
    return {name: (folder / name).read_bytes() for name in files}


@pytest.mark.parametrize(("words", "workers"), [(RUN, "2"), (SWEEP, "1")], ids=["run", "sweep"])
def test_a_command_that_is_killed_goes_on(
    folder: Folder, words: tuple[str, ...], workers: str
) -> None:
    with started(folder, *words, "--workers", workers) as process:
        wait_for(lambda: len(checkpoint_blocks(folder)) >= 2)
        process.kill()
        process.communicate(timeout=PATIENCE)
    before = {file: file.stat().st_mtime_ns for file in checkpoint_blocks(folder)}
    assert len(before) >= 2

    with started(folder, *words) as process:
        wait_for(lambda: len(checkpoint_blocks(folder)) > len(before) or process.poll() is not None)
        assert {file for file in before if file.exists()} in (set(before), set())
        stdout, _ = process.communicate(timeout=PATIENCE)
    finished = folder.path / stdout.strip()
    assert tables(finished) == undisturbed(folder, words)
    assert [path.name for path in (folder.path / "results").iterdir()] == [finished.name]


def test_a_worker_that_is_killed_is_reported_and_the_command_goes_on(folder: Folder) -> None:
    words = (
        "run",
        "whole.toml",
        "--worlds",
        "100000",
        "--months",
        "1",
        "--workers",
        "2",
        "--quiet",
    )
    with started(folder, *words, module="tests.cli.endless") as process:
        wait_for(lambda: len(list(folder.path.glob(f"{SIMULATING}*"))) == 2)
        os.kill(children(process.pid)[0], signal.SIGKILL)
        _, stderr = process.communicate(timeout=PATIENCE)
    assert process.returncode == 2
    assert stderr.startswith("a worker process ended before its worlds were simulated")
    assert "finished blocks are saved; the same command continues from there" in stderr
    assert checkpoint_blocks(folder)
    assert tables(finish(folder, *words)) == undisturbed(folder, words)


def children(parent: int) -> list[int]:
    """Return the processes that simulate worlds for a command, youngest last."""
    finished = []
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = status.read_text().rpartition(")")[2].split()
            words = (status.parent / "cmdline").read_bytes()
        except OSError:
            continue  # it has ended meanwhile
        if int(fields[1]) == parent and b"spawn_main" in words:
            finished.append(int(status.parent.name))
    return sorted(finished)


@pytest.mark.skipif(not hasattr(resource, "prlimit"), reason="only Linux limits others")
def test_a_full_disk_is_reported_and_the_command_goes_on_when_there_is_room(folder: Folder) -> None:
    """A limit on the size of files stands for a disk that is full."""
    with started(folder, *RUN) as process:
        wait_for(lambda: bool(checkpoint_blocks(folder)))
        resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (1000, 1000))
        stdout, stderr = process.communicate(timeout=PATIENCE)
    assert (process.returncode, stdout) == (2, "")
    assert "cannot be written: File too large" in stderr
    assert "finished blocks are saved; the same command continues" in stderr
    assert checkpoint_blocks(folder)
    assert not list(folder.path.rglob("*.aside"))
    assert tables(finish(folder, *RUN)) == undisturbed(folder, RUN)
