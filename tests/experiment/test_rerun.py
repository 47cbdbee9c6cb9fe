from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from sim.errors import ResultsError
from sim.experiment.design.design import build_design
from sim.experiment.layout import RUN_FILES, SWEEP_FILES
from sim.experiment.rerun import rerun_results
from sim.experiment.run import run_scenario
from sim.experiment.run_until import parse_precisions, run_until
from sim.experiment.storage.results import open_run_results
from sim.experiment.sweep import run_sweep
from sim.model.recording.history import History
from sim.scenario.schema.scenario import Scenario
from tests.experiment import fakes
from tests.experiment.conftest import Ask

PLAIN = fakes.options()
VARY = ("rules.honour.reputation=0.6,1.8", "start=2024-06-19,2024-06-20")


@pytest.fixture
def ran(ask: Ask, tmp_path: Path) -> Path:
    return run_scenario(ask("worlds=30", "months=3"), tmp_path / "out", PLAIN).results.folder


def change(folder: Path, **fields: Any) -> None:
    file = folder / "manifest.json"
    manifest = json.loads(file.read_text(encoding="utf-8")) | fields
    file.write_text(json.dumps(manifest), encoding="utf-8")


@pytest.mark.parametrize("named", ["folder", "manifest"])
def test_a_run_is_simulated_again_with_the_same_bytes(ran: Path, named: str) -> None:
    comparison = rerun_results(ran if named == "folder" else ran / "manifest.json", PLAIN)
    assert set(comparison.identical) == set(RUN_FILES)
    assert (comparison.equivalent, comparison.different, comparison.versions) == ((), (), {})
    assert list(ran.parent.iterdir()) == [ran]


def test_it_is_really_simulated(ran: Path) -> None:
    simulated = list[int]()

    def note(scenario: Scenario, first: int, count: int) -> History:
        simulated.extend(range(first, first + count))
        return fakes.simulate(scenario, first, count)

    rerun_results(ran, fakes.options(note))
    assert simulated == list(range(30))


def test_a_sweep_is_simulated_again(ask: Ask, tmp_path: Path) -> None:
    loaded = ask("worlds=10", 'sweep.vary={"months"=[2, 3]}')
    design = build_design(loaded, VARY[1:], "lhs:2", ["rules.honour.busy"])
    folder = run_sweep(loaded, design, tmp_path, PLAIN, ["events"]).results.folder
    comparison = rerun_results(folder, PLAIN)
    assert set(comparison.identical) == {*SWEEP_FILES, "events.parquet"}


def test_a_run_to_a_precision_is_simulated_again(ask: Ask, tmp_path: Path) -> None:
    loaded = ask("worlds=100")
    wanted = parse_precisions(["war +-6pp"], loaded, PLAIN.engine)
    folder = run_until(loaded, wanted, tmp_path, PLAIN, 6400).results.folder
    assert set(rerun_results(folder, PLAIN).identical) == set(RUN_FILES)


def test_months_written_with_more_digits_are_equivalent(ran: Path) -> None:
    file = ran / "months.parquet"
    table = pq.read_table(file)
    at = table.column_names.index("tension")
    finer = table["tension"].cast("double").to_numpy() * (1 + 1e-9)
    pq.write_table(table.set_column(at, "tension", pa.array(finer)), file)
    files = json.loads((ran / "manifest.json").read_text(encoding="utf-8"))["files"]
    files["months.parquet"]["bytes"] = file.stat().st_size
    change(ran, files=files)
    comparison = rerun_results(ran, PLAIN)
    assert (comparison.equivalent, comparison.different) == (("months.parquet",), ())


def test_tables_of_an_earlier_version_that_say_less_are_equivalent(ran: Path) -> None:
    metrics = [line.split(",")[:6] for line in (ran / "metrics.csv").read_text().splitlines()]
    (ran / "metrics.csv").write_text("".join(f"{','.join(line)}\n" for line in metrics))
    for name in ("worlds", "months", "events"):
        table = pq.read_table(ran / f"{name}.parquet").replace_schema_metadata()
        pq.write_table(table, ran / f"{name}.parquet")
    files = json.loads((ran / "manifest.json").read_text(encoding="utf-8"))["files"]
    for name in files:
        files[name]["bytes"] = (ran / name).stat().st_size
    change(ran, files=files)
    comparison = rerun_results(ran, PLAIN)
    assert (set(comparison.equivalent), comparison.different) == (set(RUN_FILES), ())


def test_settings_of_the_command_line_are_restored(ask: Ask, tmp_path: Path) -> None:
    changed = ask("worlds=10", "rules.honour.reputation=1.1", "start=2024-07-01")
    folder = run_scenario(changed, tmp_path / "out", PLAIN).results.folder
    command = pq.read_schema(folder / "worlds.parquet").metadata[b"sim.command"]
    assert command.endswith(b"--set rules.honour.reputation=1.1 --set start=2024-07-01")
    assert set(rerun_results(folder, PLAIN).identical) == set(RUN_FILES)


def test_differences_are_reported(ran: Path) -> None:
    def other(scenario: Scenario, first: int, count: int) -> History:
        history = fakes.simulate(scenario, first, count)
        history.months["tension"][0] += 1
        return history

    comparison = rerun_results(ran, fakes.options(other))
    assert comparison.different == ("months.parquet",)
    assert set(comparison.identical) == set(RUN_FILES) - {"months.parquet"}


def test_other_versions_are_reported(ran: Path) -> None:
    manifest = json.loads((ran / "manifest.json").read_text(encoding="utf-8"))
    change(ran, versions=manifest["versions"] | {"numpy": "1.0"})
    assert rerun_results(ran, PLAIN).versions.keys() == {"numpy"}


def test_another_engine_is_refused(ran: Path) -> None:
    change(ran, engine="0123456789")
    with pytest.raises(ResultsError) as error:
        rerun_results(ran, PLAIN)
    message = str(error.value)
    assert message.startswith(
        f"{ran}: its worlds were simulated by another engine, 01234567 of version"
    )
    assert message.endswith("install that version, or run the scenario again")


def test_an_engine_that_was_not_recorded_is_another_one(ran: Path) -> None:
    change(ran, engine=None)
    with pytest.raises(ResultsError, match="by another engine, not recorded, of version"):
        rerun_results(ran, PLAIN)


def test_results_in_which_worlds_are_missing_are_refused(ask: Ask, tmp_path: Path) -> None:
    options = fakes.options(fakes.fail)
    folder = run_scenario(ask("worlds=150"), tmp_path, options).results.folder
    with pytest.raises(ResultsError, match="is not complete: 50 worlds could not be simulated"):
        rerun_results(folder, PLAIN)


@pytest.mark.parametrize("fields", [{"scenario": {}}, {"bibliography": None}, {"scenario": 3}])
def test_a_manifest_that_was_tampered_with_is_reported(
    ran: Path, fields: dict[str, object]
) -> None:
    change(ran, **fields)
    with pytest.raises(ResultsError, match="its manifest is damaged: "):
        rerun_results(ran, PLAIN)


@pytest.mark.parametrize(
    ("entry", "value"),
    [
        ("versions", None),
        ("worlds", -5),
        ("worlds", "ten"),
        ("files", {"worlds.parquet": 3}),
        ("files", {"worlds.parquet": {"rows": 3}}),
    ],
)
def test_an_entry_that_no_version_writes_is_damage(ran: Path, entry: str, value: object) -> None:
    change(ran, **{entry: value})
    for read in (lambda: rerun_results(ran, PLAIN), lambda: open_run_results(ran)):
        with pytest.raises(ResultsError) as error:
            read()
        assert (
            str(error.value)
            .partition("\n")[0]
            .endswith(f"is damaged: manifest.json has no usable entry {entry!r}")
        )


def test_a_scenario_that_is_not_valid_is_told_without_the_words_of_a_library(ran: Path) -> None:
    manifest = json.loads((ran / "manifest.json").read_text(encoding="utf-8"))
    change(ran, scenario=manifest["scenario"] | {"months": -1})
    with pytest.raises(ResultsError) as error:
        rerun_results(ran, PLAIN)
    assert str(error.value) == (f"{ran}: its manifest is damaged: the scenario in it is not valid")


def test_what_is_no_results_folder_is_reported(tmp_path: Path) -> None:
    with pytest.raises(ResultsError, match="there is no such folder"):
        rerun_results(tmp_path / "nowhere" / "manifest.json", PLAIN)
