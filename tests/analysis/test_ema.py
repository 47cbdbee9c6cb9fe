from __future__ import annotations

import json
import subprocess
import sys
import tarfile
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from sim.analysis.ema import write_archive
from sim.analysis.load import Frames, load
from sim.errors import RequestError
from tests.analysis.conftest import Lived


def metadata(file: Path) -> dict[str, object]:
    with tarfile.open(file) as archive:
        part = archive.extractfile("metadata.json")
        assert part
        return json.loads(part.read())


class Sweep(Frames):
    """A sweep of two points, as results/README.md describes it."""

    kind = "sweep"
    design = pd.DataFrame({"point": ["aa", "bb"], "scenario": ["pact", "no_pact"], "x": [0.5, 1.5]})
    metrics = pd.DataFrame(
        {
            "point": ["aa", "aa", "bb", "bb"],
            "measure": ["war", "length"] * 2,
            "value": [0.25, 3.0, 0.5, np.nan],
        }
    )


def test_every_world_of_a_run_is_an_experiment(lived: Lived, tmp_path: Path) -> None:
    found, file = load(lived("worlds=30")), tmp_path / "x.tar.gz"
    write_archive(found, file)
    told = metadata(file)
    assert told["version"] == 0.1
    assert ["ScalarOutcome", "war", "war.cls"] in told["outcomes"]  # type: ignore[operator]
    names = [*found.assumptions.columns[1:], "scenario", "policy", "model"]
    assert list(told["experiments"]) == names  # type: ignore[call-overload]
    with tarfile.open(file) as archive:
        experiments = pd.read_csv(archive.extractfile("experiments.csv"))
        war = pd.read_csv(archive.extractfile("war.cls"), header=None)[0]
        length = pd.read_csv(archive.extractfile("length.cls"), header=None)[0]
    assert experiments["scenario"].tolist() == list(range(30))
    assert war.tolist() == found.worlds["war"].tolist()
    assert length.isna().tolist() == (~found.worlds["war"]).tolist()


def test_every_point_of_a_sweep_is_an_experiment(lived: Lived, tmp_path: Path) -> None:
    file = tmp_path / "x.tar.gz"
    write_archive(Sweep(load(lived())._results), file)
    with tarfile.open(file) as archive:
        experiments = pd.read_csv(archive.extractfile("experiments.csv"))
        war = pd.read_csv(archive.extractfile("war.cls"), header=None)[0]
        length = pd.read_csv(archive.extractfile("length.cls"), header=None)[0]
    assert experiments.to_dict("list") == {
        "x": [0.5, 1.5],
        "scenario": ["aa", "bb"],
        "policy": ["pact", "no_pact"],
        "model": ["sim", "sim"],
    }
    assert war.tolist() == [0.25, 0.5]
    assert length.tolist() == pytest.approx([3.0, np.nan], nan_ok=True)


@pytest.mark.slow
def test_the_workbench_itself_reads_it(lived: Lived, tmp_path: Path) -> None:
    """In a process of its own: it warns of what else could be installed beside it."""
    found = load(lived("worlds=30"))
    write_archive(found, tmp_path / "run.tar.gz")
    write_archive(Sweep(found._results), tmp_path / "sweep.tar.gz")
    script = (
        "import warnings; warnings.simplefilter('ignore')\n"
        "from ema_workbench import load_results\n"
        "x, outcomes = load_results('run.tar.gz')\n"
        "print(x.shape, x['policy'].dtype, int(outcomes['war'].sum()), len(outcomes['length']))\n"
        "x, outcomes = load_results('sweep.tar.gz')\n"
        "print(x.shape, outcomes['war'])\n"
    )
    told = subprocess.run(
        [sys.executable, "-c", script], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    columns = found.assumptions.shape[1] + 2
    assert told.stdout.splitlines() == [
        f"(30, {columns}) category {found.worlds['war'].sum()} 30",
        "(2, 4) [0.25 0.5 ]",
    ]


def test_nothing_is_written_over(lived: Lived, tmp_path: Path) -> None:
    found = load(lived())
    file = tmp_path / "there"
    file.write_text("mine")
    with pytest.raises(RequestError, match="is there already; name another file"):
        write_archive(found, file)
    with pytest.raises(RequestError, match="cannot be written"):
        write_archive(found, tmp_path / "no" / "folder")
    assert file.read_text() == "mine"
