from __future__ import annotations

import json
import subprocess
import sys
import tarfile
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from sim.analysis.data.export import export_results
from sim.analysis.data.frames import Frames, load
from sim.experiment.design.design import build_design
from sim.experiment.sweep import run_sweep
from tests.analysis.conftest import HERE, SHOWN, SimulateSmall
from tests.scenario.folder import Folder

REPUTATION = "rules.honour.reputation"


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


def test_every_world_of_a_run_is_an_experiment(
    simulate_small: SimulateSmall, tmp_path: Path
) -> None:
    frames, file = load(simulate_small("worlds=30")), tmp_path / "x.tar.gz"
    export_results(frames, file)
    record = metadata(file)
    assert record["version"] == 0.1
    assert ["ScalarOutcome", "war", "war.cls"] in record["outcomes"]  # type: ignore[operator]
    names = [*frames.assumptions.columns[1:], "scenario", "policy", "model"]
    assert list(record["experiments"]) == names  # type: ignore[call-overload]
    with tarfile.open(file) as archive:
        experiments = pd.read_csv(archive.extractfile("experiments.csv"))
        war = pd.read_csv(archive.extractfile("war.cls"), header=None)[0]
        length = pd.read_csv(archive.extractfile("length.cls"), header=None)[0]
    assert experiments["scenario"].tolist() == list(range(30))
    assert war.tolist() == frames.worlds["war"].tolist()
    assert length.isna().tolist() == (~frames.worlds["war"]).tolist()


def test_every_point_of_a_sweep_is_an_experiment(
    simulate_small: SimulateSmall, tmp_path: Path
) -> None:
    file = tmp_path / "x.tar.gz"
    export_results(Sweep(load(simulate_small())._results), file)
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
def test_the_workbench_itself_reads_it(
    simulate_small: SimulateSmall, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In a process of its own: it warns of what else could be installed beside it."""
    run = load(simulate_small("worlds=30"))
    loaded = Folder(tmp_path).load(SHOWN)
    design = build_design(loaded, ["treaties.pact.concluded=true,false"], "lhs:4", [REPUTATION])
    swept = load(run_sweep(loaded, design, tmp_path / "results", HERE).results.folder)
    export_results(run, tmp_path / "run.tar.gz")
    export_results(swept, tmp_path / "sweep.tar.gz")
    archived_run, archived_sweep = loaded_by_the_workbench(tmp_path, "run.tar.gz", "sweep.tar.gz")

    assert archived_run["shape"] == [30, run.assumptions.shape[1] + 2]
    assert archived_run["outcomes"]["war"] == run.worlds["war"].tolist()
    lengths = run.worlds["length"].where(run.worlds["war"]).tolist()
    assert archived_run["outcomes"]["length"] == pytest.approx(lengths, nan_ok=True)

    assert archived_sweep["experiments"][REPUTATION] == swept.design[REPUTATION].tolist()
    assert archived_sweep["experiments"]["treaties.pact.concluded"] == [True] * 4 + [False] * 4
    assert archived_sweep["experiments"]["scenario"] == swept.design["point"].tolist()
    shares = swept.worlds.groupby("point", sort=False)["war"].mean()
    assert archived_sweep["outcomes"]["war"] == shares.tolist()


SCRIPT = """
import json, sys, warnings
warnings.filterwarnings("ignore", ".* not installed", module="ema_workbench")
from ema_workbench import load_results
for file in sys.argv[1:]:
    x, outcomes = load_results(file)
    outcomes = {name: values.tolist() for name, values in outcomes.items()}
    content = {"shape": x.shape, "experiments": x.to_dict("list"), "outcomes": outcomes}
    print(json.dumps(content))
"""


def loaded_by_the_workbench(folder: Path, *files: str) -> list[dict[str, Any]]:
    """Return what the workbench's own loader makes of archives."""
    record = subprocess.run(
        [sys.executable, "-W", "error", "-c", SCRIPT, *files],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    assert record.returncode == 0, record.stderr
    return [json.loads(line) for line in record.stdout.splitlines()]
