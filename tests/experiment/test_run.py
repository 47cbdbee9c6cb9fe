from __future__ import annotations

import json
import os
from pathlib import Path
from typing import NoReturn

import pytest

from sim.errors import RequestError, ResultsError
from sim.experiment.run import run_scenario
from sim.experiment.storage.run_key import run_key
from tests.experiment import fakes
from tests.experiment.conftest import Ask

FAKE = fakes.options()

HINT = "\n    it was left unchanged; --force replaces it"


def never(*_: object) -> NoReturn:
    pytest.fail("worlds were simulated")


NEVER = fakes.options(never)


def test_a_run_has_a_folder_of_its_own(ask: Ask, tmp_path: Path) -> None:
    outcome = run_scenario(ask(), tmp_path / "out", FAKE)
    assert not outcome.reused
    assert outcome.results.folder == tmp_path / "out" / run_key(ask()).folder_name
    assert [path.name for path in (tmp_path / "out").iterdir()] == [outcome.results.folder.name]


def test_the_same_run_is_simulated_once(ask: Ask, tmp_path: Path) -> None:
    first = run_scenario(ask(), tmp_path / "out", FAKE)
    second = run_scenario(ask('title="Another title"'), tmp_path / "out", NEVER)
    assert second.reused
    assert second.results == first.results


def test_another_run_stands_beside_it(ask: Ask, tmp_path: Path) -> None:
    run_scenario(ask("seed=1"), tmp_path / "out", FAKE)
    run_scenario(ask("seed=2"), tmp_path / "out", FAKE)
    assert len(list((tmp_path / "out").iterdir())) == 2


def test_force_simulates_the_worlds_again(ask: Ask, tmp_path: Path) -> None:
    folder = run_scenario(ask(), tmp_path / "out", FAKE).results.folder
    (folder / "scribble").touch()
    again = run_scenario(ask(), tmp_path / "out", fakes.options(force=True))
    assert not again.reused
    assert again.results.folder == folder
    assert not (folder / "scribble").exists()


def test_force_that_fails_leaves_the_old_results(ask: Ask, tmp_path: Path) -> None:
    before = run_scenario(ask("worlds=200"), tmp_path / "out", FAKE)
    with pytest.raises(KeyboardInterrupt):
        run_scenario(
            ask("worlds=200"),
            tmp_path / "out",
            fakes.options(fakes.interrupt, force=True, block_size=50),
        )
    after = run_scenario(ask("worlds=200"), tmp_path / "out", FAKE)
    assert after.reused
    assert after.results == before.results


def test_results_may_be_moved_as_a_folder(ask: Ask, tmp_path: Path) -> None:
    run_scenario(ask(), tmp_path / "here", FAKE)
    (tmp_path / "here").rename(tmp_path / "there")
    assert run_scenario(ask(), tmp_path / "there", FAKE).reused


A_SWEEP = "holds the results of a sweep, not of a run; sim compare and sim discover read its points"


class TestSomethingElseStandsThere:
    """Nothing is overwritten, and the message says what stands in the way."""

    def refused(self, ask: Ask, tmp_path: Path) -> str:
        folder = tmp_path / run_key(ask()).folder_name
        before = sorted(folder.iterdir()) if folder.is_dir() else None
        with pytest.raises(ResultsError) as error:
            run_scenario(ask(), tmp_path, FAKE)
        assert (sorted(folder.iterdir()) if folder.is_dir() else None) == before
        return str(error.value).removeprefix(f"{folder}: ")

    def test_an_empty_folder(self, ask: Ask, tmp_path: Path) -> None:
        (tmp_path / run_key(ask()).folder_name).mkdir()
        what = "is not a results folder: it has no manifest that can be read"
        assert self.refused(ask, tmp_path) == what + HINT

    def test_a_file(self, ask: Ask, tmp_path: Path) -> None:
        (tmp_path / run_key(ask()).folder_name).touch()
        assert self.refused(ask, tmp_path) == "is not a folder" + HINT

    def test_the_results_of_another_run(self, ask: Ask, tmp_path: Path) -> None:
        other = run_scenario(ask("seed=99"), tmp_path / "out", FAKE).results.folder
        other.rename(tmp_path / run_key(ask()).folder_name)
        assert self.refused(ask, tmp_path) == "holds the results of another run" + HINT

    @pytest.mark.parametrize(
        ("key", "value", "what"),
        [
            ("status", "half", "is not complete"),
            (
                "format",
                0,
                "was written by another version of sim: its format is 0, and this version reads 1",
            ),
            ("kind", "sweep", A_SWEEP),
            ("files", {}, "is damaged: worlds.parquet has changed since it was written"),
        ],
    )
    def test_a_manifest_that_says_otherwise(
        self, ask: Ask, tmp_path: Path, key: str, value: object, what: str
    ) -> None:
        file = run_scenario(ask(), tmp_path, FAKE).results.folder / "manifest.json"
        manifest = json.loads(file.read_text(encoding="utf-8")) | {key: value}
        file.write_text(json.dumps(manifest), encoding="utf-8")
        assert self.refused(ask, tmp_path) == what + HINT

    def test_a_table_that_was_lost(self, ask: Ask, tmp_path: Path) -> None:
        (run_scenario(ask(), tmp_path, FAKE).results.folder / "events.parquet").unlink()
        assert self.refused(ask, tmp_path) == "is damaged: events.parquet is missing" + HINT

    def test_a_table_that_was_cut_off(self, ask: Ask, tmp_path: Path) -> None:
        table = run_scenario(ask(), tmp_path, FAKE).results.folder / "months.parquet"
        os.truncate(table, 100)
        what = "is damaged: months.parquet has changed since it was written"
        assert self.refused(ask, tmp_path) == what + HINT

    def test_force_puts_the_results_there(self, ask: Ask, tmp_path: Path) -> None:
        (tmp_path / run_key(ask()).folder_name).mkdir()
        assert not run_scenario(ask(), tmp_path, fakes.options(force=True)).reused


def test_too_much_is_refused_before_anything_is_touched(ask: Ask, tmp_path: Path) -> None:
    with pytest.raises(RequestError, match="--worlds 2000000: 2,000,000 worlds of 24 months"):
        run_scenario(ask("worlds=2000000"), tmp_path / "out", NEVER)
    assert not (tmp_path / "out").exists()


def test_an_unwritable_place_is_reported_before_the_work(ask: Ask, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(ResultsError, match=r"--out .*file: cannot be written to: "):
        run_scenario(ask(), tmp_path / "file", NEVER)
