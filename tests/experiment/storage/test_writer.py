from __future__ import annotations

from pathlib import Path

import numpy as np
import pyarrow.parquet as pq
import pytest

from sim.errors import SimulationError
from sim.experiment.layout import RUN_FILES
from sim.experiment.run import RunOptions, run_scenario
from sim.experiment.storage.metrics import Metric
from sim.experiment.storage.results import open_run_results
from sim.scenario.load import LoadedScenario
from sim.statistics.intervals import student_interval, wilson_interval
from tests.experiment import fakes
from tests.experiment.conftest import Ask

pytestmark = pytest.mark.usefixtures("engine")


def recorded(loaded: LoadedScenario, out: Path, size: int = 1000, workers: int = 1) -> Path:
    wish = RunOptions(workers=workers, block_size=size, simulate=fakes.live)
    return run_scenario(loaded, out, wish).results.folder


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


def test_the_tables_hold_what_was_lived(ask: Ask, tmp_path: Path) -> None:
    loaded = ask("worlds=30")
    folder = recorded(loaded, tmp_path / "out", size=7)
    lived = fakes.live(loaded.scenario, 0, 30)
    lived.months["tension"] = lived.months["tension"].astype(np.float32)
    for name, columns in (
        ("worlds", lived.worlds),
        ("months", lived.months),
        ("events", lived.events),
    ):
        table = pq.read_table(folder / f"{name}.parquet")
        assert table.to_pydict() == {key: values.tolist() for key, values in columns.items()}


def test_the_measures_are_summed_up_over_all_worlds(ask: Ask, tmp_path: Path) -> None:
    loaded = ask("worlds=300")
    found = open_run_results(recorded(loaded, tmp_path / "out")).metrics
    columns = fakes.live(loaded.scenario, 0, 300).worlds
    wars = int(columns["war"].sum())
    assert found["war"] == Metric("war", "share of worlds", *wilson_interval(wars, 300), 300)
    lengths = columns["length"][columns["war"]].tolist()
    assert found["length"] == Metric("length", "months", *student_interval(lengths), wars)
    assert found["regret"] == Metric("regret", "months", None, None, None, 0)


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


def test_it_is_told_how_far_things_are(ask: Ask, tmp_path: Path) -> None:
    told = list[int]()
    run_scenario(
        ask("worlds=25"),
        tmp_path,
        RunOptions(block_size=10, on_progress=told.append, simulate=fakes.live),
    )
    assert told == [0, 10, 20, 25]


@pytest.mark.parametrize("workers", [1, 2])
def test_if_no_world_can_be_lived_nothing_is_left(ask: Ask, tmp_path: Path, workers: int) -> None:
    wish = RunOptions(workers=workers, block_size=150, simulate=fakes.fail)
    with pytest.raises(SimulationError) as told:
        run_scenario(ask("worlds=200"), tmp_path / "out", wish)
    message = str(told.value)
    assert message.startswith("worlds 0 to 149 could not be lived: ZeroDivisionError: no strength")
    assert message.endswith("\n    nor could 1 other block")
    assert list((tmp_path / "out").iterdir()) == []
