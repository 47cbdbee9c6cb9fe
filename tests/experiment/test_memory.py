from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.scenario.folder import Folder

ROOT = Path(__file__).parents[2]


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="only Linux tells the peak")
@pytest.mark.parametrize("engine", ["fake", "real"])
def test_memory_does_not_grow_with_the_worlds(tmp_path: Path, engine: str) -> None:
    file = Folder.at(tmp_path).whole

    def peak(worlds: int) -> int:
        words = [str(file), str(tmp_path / "out"), str(worlds), engine]
        told = subprocess.run(
            [sys.executable, "-m", "tests.experiment.heavy", *words],
            env=os.environ | {"PYTHONPATH": str(ROOT)},
            capture_output=True,
            text=True,
            check=True,
        )
        return int(told.stdout)

    few, many = peak(2_000), peak(10_000)
    assert many - few < 30_000, "kilobytes; sixteen blocks more would hold five times as much"
