from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.scenario.folder import Folder

ROOT = Path(__file__).parents[2]


pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        not Path("/proc/self/status").exists(), reason="only Linux reports the peak"
    ),
]


def peak(tmp_path: Path, *words: object) -> int:
    """Return the most memory that worlds took, in kilobytes."""
    file = Folder.at(tmp_path).whole
    completed = subprocess.run(
        [
            sys.executable,
            "-m",
            "tests.experiment.peak_memory",
            file,
            tmp_path / "out",
            *map(str, words),
        ],
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    )
    return int(completed.stdout)


@pytest.mark.parametrize("engine", ["fake", "real"])
def test_memory_does_not_grow_with_the_worlds(tmp_path: Path, engine: str) -> None:
    few, many = (peak(tmp_path, worlds, engine) for worlds in (2_000, 7_000))
    assert many - few < 30_000, "kilobytes; ten blocks more would hold three times as much"


def test_memory_does_not_grow_with_the_points(tmp_path: Path) -> None:
    few, many = (peak(tmp_path, 50, "fake", points) for points in (20, 80))
    assert many - few < 30_000, "kilobytes; 60 points more would hold twenty times as much"
