from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from sim.errors import RequestError, ResultsError
from sim.experiment.execution.task import Simulator
from sim.experiment.run import RunOptions, run_scenario
from sim.experiment.storage.fingerprint import run_key
from tests.experiment import fakes
from tests.experiment.conftest import Ask

Engine = Callable[[Simulator], None]
pytestmark = pytest.mark.usefixtures("engine")

HINT = "\n    it was left unchanged; --force replaces it"


def never(*_: object) -> None:
    pytest.fail("worlds were lived")


def test_a_question_is_answered_in_a_folder_of_its_own(ask: Ask, tmp_path: Path) -> None:
    answer = run_scenario(ask(), tmp_path / "out")
    assert not answer.reused
    assert answer.results.folder == tmp_path / "out" / run_key(ask()).folder_name
    assert [path.name for path in (tmp_path / "out").iterdir()] == [answer.results.folder.name]


def test_the_same_question_is_answered_once(ask: Ask, tmp_path: Path, engine: Engine) -> None:
    first = run_scenario(ask(), tmp_path / "out")
    engine(never)  # type: ignore[arg-type]
    second = run_scenario(ask('title="Told otherwise"'), tmp_path / "out")
    assert second.reused
    assert second.results == first.results


def test_another_question_is_answered_beside_it(ask: Ask, tmp_path: Path) -> None:
    run_scenario(ask("seed=1"), tmp_path / "out")
    run_scenario(ask("seed=2"), tmp_path / "out")
    assert len(list((tmp_path / "out").iterdir())) == 2


def test_force_lives_the_worlds_again(ask: Ask, tmp_path: Path) -> None:
    folder = run_scenario(ask(), tmp_path / "out").results.folder
    (folder / "scribble").touch()
    again = run_scenario(ask(), tmp_path / "out", RunOptions(force=True))
    assert not again.reused
    assert again.results.folder == folder
    assert not (folder / "scribble").exists()


def test_force_that_fails_leaves_the_old_answer(ask: Ask, tmp_path: Path, engine: Engine) -> None:
    before = run_scenario(ask("worlds=200"), tmp_path / "out")
    engine(fakes.interrupt)
    with pytest.raises(KeyboardInterrupt):
        run_scenario(ask("worlds=200"), tmp_path / "out", RunOptions(force=True, block_size=50))
    after = run_scenario(ask("worlds=200"), tmp_path / "out")
    assert after.reused
    assert after.results == before.results


def test_an_answer_may_be_moved_as_a_folder(ask: Ask, tmp_path: Path) -> None:
    run_scenario(ask(), tmp_path / "here")
    (tmp_path / "here").rename(tmp_path / "there")
    assert run_scenario(ask(), tmp_path / "there").reused


A_SWEEP = "holds the results of a sweep, not of a run; sim compare and sim discover read its points"


class TestSomethingElseStandsThere:
    """Nothing is overwritten, and the message says what stands in the way."""

    def refused(self, ask: Ask, tmp_path: Path) -> str:
        folder = tmp_path / run_key(ask()).folder_name
        before = sorted(folder.iterdir()) if folder.is_dir() else None
        with pytest.raises(ResultsError) as told:
            run_scenario(ask(), tmp_path)
        assert (sorted(folder.iterdir()) if folder.is_dir() else None) == before
        return str(told.value).removeprefix(f"{folder}: ")

    def test_an_empty_folder(self, ask: Ask, tmp_path: Path) -> None:
        (tmp_path / run_key(ask()).folder_name).mkdir()
        what = "is not a results folder: it has no manifest that can be read"
        assert self.refused(ask, tmp_path) == what + HINT

    def test_a_file(self, ask: Ask, tmp_path: Path) -> None:
        (tmp_path / run_key(ask()).folder_name).touch()
        assert self.refused(ask, tmp_path) == "is not a folder" + HINT

    def test_an_answer_to_another_question(self, ask: Ask, tmp_path: Path) -> None:
        other = run_scenario(ask("seed=99"), tmp_path / "out").results.folder
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
        file = run_scenario(ask(), tmp_path).results.folder / "manifest.json"
        told = json.loads(file.read_text(encoding="utf-8")) | {key: value}
        file.write_text(json.dumps(told), encoding="utf-8")
        assert self.refused(ask, tmp_path) == what + HINT

    def test_a_table_that_was_lost(self, ask: Ask, tmp_path: Path) -> None:
        (run_scenario(ask(), tmp_path).results.folder / "events.parquet").unlink()
        assert self.refused(ask, tmp_path) == "is damaged: events.parquet is missing" + HINT

    def test_a_table_that_was_cut_off(self, ask: Ask, tmp_path: Path) -> None:
        table = run_scenario(ask(), tmp_path).results.folder / "months.parquet"
        os.truncate(table, 100)
        what = "is damaged: months.parquet has changed since it was written"
        assert self.refused(ask, tmp_path) == what + HINT

    def test_force_puts_the_answer_there(self, ask: Ask, tmp_path: Path) -> None:
        (tmp_path / run_key(ask()).folder_name).mkdir()
        assert not run_scenario(ask(), tmp_path, RunOptions(force=True)).reused


def test_too_much_is_refused_before_anything_is_touched(
    ask: Ask, tmp_path: Path, engine: Engine
) -> None:
    engine(never)  # type: ignore[arg-type]
    with pytest.raises(RequestError, match="--worlds 2000000: 2,000,000 worlds of 24 months"):
        run_scenario(ask("worlds=2000000"), tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_an_unwritable_place_is_told_before_the_work(
    ask: Ask, tmp_path: Path, engine: Engine
) -> None:
    engine(never)  # type: ignore[arg-type]
    (tmp_path / "file").touch()
    with pytest.raises(ResultsError, match=r"--out .*file: cannot be written to: "):
        run_scenario(ask(), tmp_path / "file")
