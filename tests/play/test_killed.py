"""A process killed in mid-write loses nothing that it acknowledged, and doubles nothing."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from sim.play.acts import Bell
from sim.play.log import Log

_WRITER = """
import sys
from pathlib import Path
from sim.play.acts import Bell
from sim.play.log import Log
log = Log(Path(sys.argv[1]))
for number in range(int(sys.argv[2]), 100_000):
    log.append("ABCD", str(number), Bell()).result()
    print(number, flush=True)
"""


def _write_until_killed(file: Path, first: int, count: int) -> list[int]:
    """Return what a process acknowledged before it was killed."""
    command = [sys.executable, "-c", _WRITER, str(file), str(first)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, start_new_session=True)
    assert process.stdout is not None
    seen = [int(process.stdout.readline()) for _ in range(count)]
    os.killpg(process.pid, signal.SIGKILL)
    seen += [int(line) for line in process.stdout.read().splitlines()]
    process.stdout.close()
    process.wait(timeout=10)
    return seen


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGKILL")
def test_a_writer_killed_twice_loses_and_doubles_nothing(tmp_path: Path) -> None:
    file = tmp_path / "class.db"
    seen = _write_until_killed(file, 0, 20)
    seen += _write_until_killed(file, seen[-1], 20)  # the last one is repeated, as a phone would
    log = Log(file)
    ids = [int(entry.id) for entry in log.entries()]
    assert len(ids) == len(set(ids))
    assert set(seen) <= set(ids)
    assert len(set(ids) - set(seen)) <= 1  # one may be on the disk before it was acknowledged
    assert log.append("ABCD", str(seen[-1]), Bell()).result().number == ids.index(seen[-1]) + 1
    log.close()
