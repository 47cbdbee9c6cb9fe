from __future__ import annotations

from pathlib import Path

import numpy as np
import pyarrow.parquet as pq
import pytest

from sim.errors import SimulationError
from sim.experiment.layout import RUN_FILES
from sim.experiment.run import run_scenario
from sim.experiment.storage.metrics import Metric
from sim.experiment.storage.results import open_run_results
from sim.scenario.load import LoadedScenario
from sim.statistics.intervals import student_interval, wilson_interval
from tests.experiment import fakes
from tests.experiment.conftest import Ask


def recorded(loaded: LoadedScenario, out: Path, size: int = 1000, workers: int = 1) -> Path:
    options = fakes.options(workers=workers, block_size=size)
    return run_scenario(loaded, out, options).results.folder


def test_the_folder_holds_the_tables_the_measures_and_the_manifest(
    ask: Ask, tmp_path: Path
) -> None:
    folder = recorded(ask(), tmp_path / "out")
    assert sorted(file.name for file in folder.iterdir()) == [
        "events.parquet",
        "manifest.json",
        "metrics.csv",
        "months.parquet",
        "worlds.parquet",
    ]


def test_the_tables_hold_what_was_simulated(ask: Ask, tmp_path: Path) -> None:
    loaded = ask("worlds=30")
    folder = recorded(loaded, tmp_path / "out", size=7)
    history = fakes.simulate(loaded.scenario, 0, 30)
    history.months["tension"] = history.months["tension"].astype(np.float32)
    for name, columns in (
        ("worlds", history.worlds),
        ("months", history.months),
        ("events", history.events),
    ):
        table = pq.read_table(folder / f"{name}.parquet")
        assert table.to_pydict() == {key: values.tolist() for key, values in columns.items()}


def test_the_measures_are_summarised_over_all_worlds(ask: Ask, tmp_path: Path) -> None:
    loaded = ask("worlds=300")
    metrics = open_run_results(recorded(loaded, tmp_path / "out")).metrics
    columns = fakes.simulate(loaded.scenario, 0, 300).worlds
    wars = int(columns["war"].sum())
    assert metrics["war"] == Metric("war", "share of worlds", *wilson_interval(wars, 300), 300)
    lengths = columns["length"][columns["war"]].tolist()
    assert metrics["length"] == Metric("length", "months", *student_interval(lengths), wars)
    assert metrics["regret"] == Metric("regret", "months", None, None, None, 0)


@pytest.mark.parametrize(
    ("size", "workers"), [(1, 1), (7, 1), (1000, 1), (1, 2), (7, 2), (1000, 2), (7, 3)]
)
def test_blocks_and_workers_leave_no_trace_in_the_results(
    ask: Ask, tmp_path: Path, size: int, workers: int
) -> None:
    loaded = ask("worlds=16", "months=5")
    plain = recorded(loaded, tmp_path / "plain", size=16)
    other = recorded(loaded, tmp_path / "other", size=size, workers=workers)
    for name in RUN_FILES:
        assert (other / name).read_bytes() == (plain / name).read_bytes(), name


def test_progress_is_reported(ask: Ask, tmp_path: Path) -> None:
    progress = list[int]()
    run_scenario(
        ask("worlds=25"),
        tmp_path,
        fakes.options(block_size=10, on_progress=progress.append),
    )
    assert progress == [0, 10, 20, 25]


@pytest.mark.parametrize("workers", [1, 2])
def test_if_no_world_can_be_simulated_nothing_is_left(
    ask: Ask, tmp_path: Path, workers: int
) -> None:
    options = fakes.options(fakes.fail, workers=workers, block_size=150)
    with pytest.raises(SimulationError) as error:
        run_scenario(ask("worlds=200"), tmp_path / "out", options)
    message = str(error.value)
    assert message.startswith(
        "worlds 0 to 149 could not be simulated: ZeroDivisionError: no strength"
    )
    assert message.endswith("\n    nor could 1 other block")
    assert list((tmp_path / "out").iterdir()) == []
