from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from sim.experiment.intervals import student, wilson
from sim.experiment.metrics import Metric
from sim.experiment.question import question
from sim.experiment.record import Manner, record
from sim.experiment.results import FILES, results
from sim.experiment.workers import BlockError, Live, crew
from sim.scenario.load import Loaded
from tests.experiment import fakes
from tests.experiment.conftest import Ask

Engine = Callable[[Live], None]
pytestmark = pytest.mark.usefixtures("engine")


def recorded(
    loaded: Loaded, folder: Path, *, size: int = 1000, workers: int = 1, live: Live = fakes.live
) -> Path:
    with crew(workers, loaded.scenario, live) as executor:
        manner = Manner(executor, ahead=2 * workers, size=size)
        record(question(loaded), loaded, folder, manner)
    return folder


def test_the_folder_holds_the_tables_the_measures_and_the_manifest(
    ask: Ask, tmp_path: Path
) -> None:
    folder = recorded(ask(), tmp_path / "pact-1")
    assert sorted(file.name for file in folder.iterdir()) == [
        "events.parquet",
        "manifest.json",
        "metrics.csv",
        "months.parquet",
        "worlds.parquet",
    ]


def test_the_tables_hold_what_was_lived(ask: Ask, tmp_path: Path) -> None:
    loaded = ask("worlds=30")
    folder = recorded(loaded, tmp_path / "pact-1", size=7)
    lived = fakes.live(loaded.scenario, 0, 30)
    for name, columns in (
        ("worlds", lived.worlds),
        ("months", lived.months),
        ("events", lived.events),
    ):
        table = pq.read_table(folder / f"{name}.parquet")
        assert table.to_pydict() == {key: values.tolist() for key, values in columns.items()}


def test_the_measures_are_summed_up_over_all_worlds(ask: Ask, tmp_path: Path) -> None:
    loaded = ask("worlds=300")
    found = {m.measure: m for m in results(recorded(loaded, tmp_path / "pact-1")).metrics()}
    columns = fakes.live(loaded.scenario, 0, 300).worlds
    wars = int(columns["war"].sum())
    assert found["war"] == Metric("war", "share of worlds", *wilson(wars, 300), 300)
    lengths = columns["length"][columns["war"]].tolist()
    assert found["length"] == Metric("length", "months", *student(lengths), wars)
    assert found["regret"] == Metric("regret", "months", None, None, None, 0)


@pytest.mark.parametrize(
    ("size", "workers"), [(1, 1), (7, 1), (1000, 1), (1, 2), (7, 2), (1000, 2)]
)
def test_blocks_and_workers_leave_no_trace_in_the_results(
    ask: Ask, tmp_path: Path, size: int, workers: int
) -> None:
    loaded = ask("worlds=16", "months=5")
    plain = recorded(loaded, tmp_path / "plain", size=16)
    other = recorded(loaded, tmp_path / "other", size=size, workers=workers)
    for name in FILES:
        assert (other / name).read_bytes() == (plain / name).read_bytes(), name


def test_it_is_told_how_far_things_are(ask: Ask, tmp_path: Path) -> None:
    loaded, told = ask("worlds=25"), list[int]()
    with crew(1, loaded.scenario, fakes.live) as executor:
        manner = Manner(executor, size=10, told=told.append)
        record(question(loaded), loaded, tmp_path / "pact-1", manner)
    assert told == [10, 20, 25]


@pytest.mark.parametrize("workers", [1, 2])
def test_worlds_that_cannot_be_lived_leave_nothing(ask: Ask, tmp_path: Path, workers: int) -> None:
    with pytest.raises(BlockError):
        recorded(
            ask("worlds=200"), tmp_path / "out" / "1", size=20, workers=workers, live=fakes.fail
        )
    assert list((tmp_path / "out").iterdir()) == []


def test_being_stopped_leaves_nothing(ask: Ask, tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt):
        recorded(ask("worlds=200"), tmp_path / "out" / "1", size=20, live=fakes.interrupt)
    assert list((tmp_path / "out").iterdir()) == []
