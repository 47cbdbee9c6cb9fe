"""How slow the machine is at the moment, by a block of an earlier commit's engine.

Targets in seconds were set where a block of that engine took less than a second. Each round of a
part that has such a target simulates the block too; what was measured, divided by how many times as
long the block took, is what the part takes on a machine as fast as that one.
"""

from __future__ import annotations

import subprocess
import tarfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from io import BytesIO
from math import isnan, nan
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.processes import ROOT, open_process
from benchmarks.table import verdict
from benchmarks.timing import Rounds

COMMIT = "e0d133c"
"""The commit before decisions were worked out only where their draws can matter."""
WORLDS, MONTHS, SECONDS = 1000, 36, 0.99
"""The block, and the processor time it took then: `benchmarks/results.md` of that commit."""
COLUMNS = "As fast as then, s", "Target"
NOTE = (
    f"The target was set on a machine on which the engine of commit {COMMIT} took {SECONDS} s of "
    f"processor for {WORLDS:,} worlds. It simulates them in every round too: the column before the "
    "target is the time divided by how many times as long they took."
)

Slowness = Callable[[], float]


@contextmanager
def open_yardstick() -> Iterator[Slowness]:
    """Yield what measures how many times as slow as then the machine is; NaN if it cannot.

    It cannot where the earlier commit is not in this copy of the project.
    """
    try:
        with check_out(COMMIT) as then, open_process("all", f"months={MONTHS}", root=then) as block:
            yield lambda: block.simulate(WORLDS).used / SECONDS
    except subprocess.CalledProcessError:
        yield lambda: nan


def judge(measured: Rounds, slowness: Sequence[float], target: float) -> tuple[str, str]:
    """Return the cells of `COLUMNS`: seconds on a machine as fast as then, and the verdict by them.

    Where it is not known how slow the machine is, the verdict is by what was measured.
    """
    if any(isnan(each) for each in slowness):
        return "unknown", f"{target:g} s: {verdict(measured.median, target)}"
    then = measured.per(Rounds.of(slowness))
    return then.summary("{:.2f}"), f"{target:g} s: {verdict(then.median, target)}"


@contextmanager
def check_out(commit: str) -> Iterator[Path]:
    """Yield a folder with the package and the scenarios of a commit.

    Raises:
        CalledProcessError: the commit is not in this copy of the project.
    """
    packed = subprocess.run(
        ["git", "-C", str(ROOT), "archive", commit, "sim", "scenarios"],
        check=True,
        capture_output=True,
    ).stdout
    with TemporaryDirectory() as folder, tarfile.open(fileobj=BytesIO(packed)) as files:
        files.extractall(folder, filter="data")
        yield Path(folder)
