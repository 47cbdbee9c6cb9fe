from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from sim.errors import ResultsError
from sim.experiment.design.design import build_design
from sim.experiment.execution.task import Simulator
from sim.experiment.layout import RUN_FILES, SWEEP_FILES
from sim.experiment.rerun import rerun_results
from sim.experiment.run import RunOptions, run_scenario
from sim.experiment.run_until import parse_precisions, run_until
from sim.experiment.sweep import run_sweep
from sim.model.recording.history import History
from sim.scenario.schema.scenario import Scenario
from tests.experiment import fakes
from tests.experiment.conftest import Ask

pytestmark = pytest.mark.usefixtures("engine")
PLAIN = RunOptions(simulate=fakes.live)
VARY = ("rules.honour.reputation=0.6,1.8", "start=2024-06-19,2024-06-20")


@pytest.fixture
def ran(ask: Ask, tmp_path: Path) -> Path:
    return run_scenario(ask("worlds=30", "months=3"), tmp_path / "out", PLAIN).results.folder


def change(folder: Path, **told: Any) -> None:
    file = folder / "manifest.json"
    manifest = json.loads(file.read_text(encoding="utf-8")) | told
    file.write_text(json.dumps(manifest), encoding="utf-8")


@pytest.mark.parametrize("named", ["folder", "manifest"])
def test_a_run_is_lived_again_with_the_same_bytes(ran: Path, named: str) -> None:
    found = rerun_results(ran if named == "folder" else ran / "manifest.json", PLAIN)
    assert set(found.identical) == set(RUN_FILES)
    assert (found.equivalent, found.different, found.versions) == ((), (), {})
    assert list(ran.parent.iterdir()) == [ran]


def test_it_is_really_lived(ran: Path) -> None:
    lived = list[int]()

    def note(scenario: Scenario, first: int, count: int) -> History:
        lived.extend(range(first, first + count))
        return fakes.live(scenario, first, count)

    rerun_results(ran, RunOptions(simulate=note))
    assert lived == list(range(30))


def test_a_sweep_is_lived_again(ask: Ask, tmp_path: Path) -> None:
    loaded = ask("worlds=10", 'sweep.vary={"months"=[2, 3]}')
    asked = build_design(loaded, VARY[1:], "lhs:2", ["rules.honour.cut_war"])
    folder = run_sweep(loaded, asked, tmp_path, PLAIN, ["events"]).results.folder
    found = rerun_results(folder, PLAIN)
    assert set(found.identical) == {*SWEEP_FILES, "events.parquet"}


def test_a_run_to_a_precision_is_lived_again(ask: Ask, tmp_path: Path) -> None:
    loaded = ask("worlds=100")
    wanted = parse_precisions(["war +-6pp"], loaded)
    folder = run_until(loaded, wanted, tmp_path, PLAIN, 6400).results.folder
    assert set(rerun_results(folder, PLAIN).identical) == set(RUN_FILES)


def test_months_written_with_more_digits_are_alike(ran: Path) -> None:
    file = ran / "months.parquet"
    table = pq.read_table(file)
    at = table.column_names.index("tension")
    finer = table["tension"].cast("double").to_numpy() * (1 + 1e-9)
    pq.write_table(table.set_column(at, "tension", pa.array(finer)), file)
    told = json.loads((ran / "manifest.json").read_text(encoding="utf-8"))["files"]
    told["months.parquet"]["bytes"] = file.stat().st_size
    change(ran, files=told)
    found = rerun_results(ran, PLAIN)
    assert (found.equivalent, found.different) == (("months.parquet",), ())


def test_what_differs_is_told(ran: Path) -> None:
    def other(scenario: Scenario, first: int, count: int) -> History:
        history = fakes.live(scenario, first, count)
        history.months["tension"][0] += 1
        return history

    found = rerun_results(ran, RunOptions(simulate=other))
    assert found.different == ("months.parquet",)
    assert set(found.identical) == set(RUN_FILES) - {"months.parquet"}


def test_other_versions_are_told(ran: Path) -> None:
    told = json.loads((ran / "manifest.json").read_text(encoding="utf-8"))
    change(ran, versions=told["versions"] | {"numpy": "1.0"})
    assert rerun_results(ran, PLAIN).versions.keys() == {"numpy"}


def test_another_engine_is_refused(ran: Path) -> None:
    change(ran, engine="0123456789")
    with pytest.raises(ResultsError) as told:
        rerun_results(ran, PLAIN)
    message = str(told.value)
    assert message.startswith(
        f"{ran}: its worlds were lived by another engine, 01234567 of version"
    )
    assert message.endswith("install that version, or run the scenario anew")


def test_results_in_which_worlds_are_missing_are_refused(
    ask: Ask, tmp_path: Path, engine: Callable[[Simulator], None]
) -> None:
    wish = RunOptions(block_size=100, simulate=fakes.fail)
    folder = run_scenario(ask("worlds=150"), tmp_path, wish).results.folder
    with pytest.raises(ResultsError, match="is not complete: 50 worlds could not be simulated"):
        rerun_results(folder, PLAIN)


@pytest.mark.parametrize("told", [{"scenario": {}}, {"bibliography": None}, {"scenario": 3}])
def test_a_manifest_that_was_tampered_with_is_told(ran: Path, told: dict[str, object]) -> None:
    change(ran, **told)
    with pytest.raises(ResultsError, match="its manifest is damaged: "):
        rerun_results(ran, PLAIN)


def test_what_is_no_results_folder_is_told(tmp_path: Path) -> None:
    with pytest.raises(ResultsError, match="there is no such folder"):
        rerun_results(tmp_path / "nowhere" / "manifest.json", PLAIN)
