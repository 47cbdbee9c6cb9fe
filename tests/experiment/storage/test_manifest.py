from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest

import sim
from sim.experiment.run import run_scenario
from sim.experiment.storage.manifest import Execution, build_manifest, count_grades, read_manifest
from sim.experiment.storage.run_key import run_key
from sim.scenario.schema.scenario import Scenario
from tests.experiment import fakes
from tests.experiment.conftest import Ask

WORDS = ("sim", "run", "whole.toml", "--worlds", "20")


@pytest.fixture
def written(ask: Ask, tmp_path: Path) -> dict[str, Any]:
    """A manifest as it stands in the folder."""
    loaded = ask("worlds=20", "rules.honour.reputation=0.7")
    folder = run_scenario(loaded, tmp_path / "out", fakes.options(command=WORDS)).results.folder
    return dict(json.loads((folder / "manifest.json").read_text(encoding="utf-8")))


def test_it_says_what_was_asked(written: dict[str, Any], ask: Ask) -> None:
    key = run_key(ask("worlds=20", "rules.honour.reputation=0.7"))
    assert (written["name"], written["question"], written["engine"]) == (
        "whole",
        key.digest,
        key.engine,
    )
    assert (written["worlds"], written["months"], written["seed"]) == (20, 24, 7)
    assert written["command"] == list(WORDS)


def test_it_says_what_was_set_and_on_which_files(written: dict[str, Any]) -> None:
    assert written["layers"] == ["whole.toml"]
    reputation = {"value": 0.7, "low": 0.7, "high": 0.7}
    assert written["settings"] == {"worlds": 20, "rules": {"honour": {"reputation": reputation}}}


def test_it_holds_the_whole_scenario(written: dict[str, Any], ask: Ask) -> None:
    scenario = ask("worlds=20", "rules.honour.reputation=0.7").scenario
    assert Scenario.model_validate(written["scenario"]) == scenario


def test_it_explains_every_source_and_no_other(written: dict[str, Any], ask: Ask) -> None:
    cited = {
        source for _, quantity in ask().scenario.iter_quantities() for source in quantity.source
    }
    known = ask().bibliography
    assert cited & known.keys() <= written["bibliography"].keys() <= known.keys()
    for key, entry in written["bibliography"].items():
        assert entry == known[key].model_dump(mode="json")


def test_it_says_what_it_was_made_with(written: dict[str, Any]) -> None:
    versions = written["versions"]
    assert versions["sim"] == sim.__version__
    assert {"python", "numpy", "mesa", "pyarrow"} <= versions.keys()
    assert versions["numpy"] == version("numpy")


def test_it_says_when_and_that_it_is_complete(written: dict[str, Any]) -> None:
    created = datetime.fromisoformat(written["created"])
    assert created.utcoffset() == timedelta(0)
    assert datetime.now(UTC) - created < timedelta(minutes=5)
    assert written["seconds"] > 0
    assert written["status"] == "complete"
    assert written["format"] == 1


def test_it_counts_what_stands_in_the_files(written: dict[str, Any]) -> None:
    files = written["files"]
    assert files["worlds.parquet"]["rows"] == 20
    assert files["months.parquet"]["rows"] == 20 * 24
    assert files["metrics.csv"]["rows"] == 4
    assert all(file["bytes"] > 0 for file in files.values())


def test_it_names_no_folder_of_the_machine(written: dict[str, Any], tmp_path: Path) -> None:
    assert str(tmp_path) not in json.dumps(written)


def test_numbers_are_counted_by_grade(ask: Ask) -> None:
    of = count_grades(ask().scenario)
    quantities = [quantity for _, quantity in ask().scenario.iter_quantities()]
    assert of.total == of.measured + of.estimated + of.judgement == len(quantities)
    assert of.uncertain == sum(quantity.low < quantity.high for quantity in quantities)


def test_a_number_that_is_set_is_no_longer_uncertain(ask: Ask) -> None:
    before, after = (
        count_grades(ask().scenario),
        count_grades(ask("rules.honour.reputation=1").scenario),
    )
    assert after.uncertain == before.uncertain - 1


def test_settings_may_be_dates(ask: Ask, tmp_path: Path) -> None:
    folder = run_scenario(ask("worlds=2", "start=2024-07-01"), tmp_path / "out").results.folder
    manifest = read_manifest(folder)
    assert manifest is not None
    assert manifest["settings"] == {"worlds": 2, "start": "2024-07-01"}


def test_without_settings_there_are_none(ask: Ask) -> None:
    loaded = ask()
    manifest = build_manifest(run_key(loaded), loaded, measures=(), files={}, execution=Execution())
    assert manifest["settings"] == {}


@pytest.mark.parametrize("text", ["", "{", "[]", "\N{BYTE ORDER MARK}{}"])
def test_what_cannot_be_read_is_no_manifest(tmp_path: Path, text: str) -> None:
    (tmp_path / "manifest.json").write_text(text, encoding="utf-8")
    assert read_manifest(tmp_path) is None
