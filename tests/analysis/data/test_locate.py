"""What a name stands for: a scenario, results by how their name begins, or a point."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from sim.analysis.data.frames import load
from sim.analysis.data.locate import locate, locate_results
from sim.errors import RequestError, ResultsError, SimError
from tests.worlds import SCENARIOS

RUN = "pact-0123abcd"
SWEEP = "pact-sweep-4567cdef"


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder with a run and a sweep among its results."""
    monkeypatch.chdir(tmp_path)
    for name, kind in ((RUN, "run"), (SWEEP, "sweep")):
        put(tmp_path / "results" / name, kind)
    return tmp_path


def put(folder: Path, kind: str = "run") -> None:
    folder.mkdir(parents=True)
    (folder / "manifest.json").write_text(json.dumps({"kind": kind}), "utf-8")


def refusal(name: str, error: type[SimError] = RequestError) -> str:
    with pytest.raises(error) as refused:
        locate(Path(name))
    return str(refused.value)


@pytest.mark.parametrize(
    ("name", "stands_for"),
    [
        (f"results/{RUN}", f"results/{RUN}"),
        (RUN, f"results/{RUN}"),
        ("pact-01", f"results/{RUN}"),
        ("results/pact-01", f"results/{RUN}"),
        ("pact-sweep", f"results/{SWEEP}"),
        (f"results/{SWEEP}/6af31c0d2b9e", f"results/{SWEEP}/6af31c0d2b9e"),
        ("pact-sweep/6af3", f"results/{SWEEP}/6af3"),
        ("pact", str(SCENARIOS / "pact.toml")),
        ("pact.toml", str(SCENARIOS / "pact.toml")),
        ("gone.toml", "gone.toml"),
    ],
)
def test_a_name_stands_for(desk: Path, name: str, stands_for: str) -> None:
    found = locate(Path(name))
    assert found == Path(stands_for)
    assert locate(found) == found


def test_the_working_folder_and_the_folder_of_results_that_is_named_are_searched(
    desk: Path,
) -> None:
    put(desk / "taken_home-89ab")
    put(desk / "stored" / "away-89ab")
    assert locate(Path("taken")) == Path("taken_home-89ab")
    assert locate(Path("away"), Path("stored")) == Path("stored/away-89ab")


def test_drafts_and_folders_without_a_manifest_are_no_results(desk: Path) -> None:
    put(desk / "results" / ".pact-0199.part")
    (desk / "results" / "pact-0188").mkdir()
    assert locate(Path("pact-01")) == Path("results") / RUN


class TestMessages:
    """One message that says what to name instead."""

    def test_a_beginning_of_two(self, desk: Path) -> None:
        assert refusal("pact-") == (
            f"pact-: 2 results folders begin so\n    allowed: results/{RUN}, results/{SWEEP}; "
            "sim results says what each is"
        )

    def test_a_beginning_of_many(self, desk: Path) -> None:
        for number in range(9):
            put(desk / "results" / f"many-{number}")
        assert "results/many-7 and 1 more; sim results" in refusal("many")

    def test_a_name_like_a_scenario(self, desk: Path) -> None:
        assert refusal("nopact") == (
            "nopact: there is no scenario and no results folder of that name\n"
            "    did you mean 'no_pact'?\n"
            "    sim scenarios lists scenarios, sim results lists results"
        )

    def test_a_name_like_nothing(self, desk: Path) -> None:
        assert "did you mean" not in refusal("qqqqqqqqq")

    def test_a_path_near_another(self, desk: Path) -> None:
        assert refusal("results/pact-0123abce", ResultsError) == (
            f"results/pact-0123abce: there is no such folder\n    did you mean 'results/{RUN}'?"
        )

    def test_a_folder_of_scenarios(self, desk: Path) -> None:
        (desk / "cases").mkdir()
        (desk / "cases" / "a.toml").touch()
        assert refusal("cases") == (
            "cases: is a folder of scenarios\n    name one of them: cases/a.toml"
        )

    def test_what_is_there_and_nothing_else_is_left_to_the_reader(self, desk: Path) -> None:
        (desk / "empty").mkdir()
        (desk / "notes.txt").touch()
        for name in ("empty", "notes.txt", "results/far/away"):
            assert locate(Path(name)) == Path(name)


class TestResults:
    """Where results are needed."""

    def test_a_scenario_stands_for_its_only_results(self, desk: Path) -> None:
        (desk / "results" / SWEEP / "manifest.json").unlink()
        assert locate_results(Path("pact")) == Path("results") / RUN
        assert locate_results(Path("results") / RUN) == Path("results") / RUN

    def test_a_scenario_without_results_is_to_be_simulated_first(self, desk: Path) -> None:
        with pytest.raises(RequestError) as refused:
            load("no_pact")
        assert str(refused.value) == (
            f"no_pact: is a scenario ({SCENARIOS / 'no_pact.toml'}), and there are no results of "
            "it in results\n    simulate it first: sim run no_pact"
        )

    def test_a_name_like_nothing_is_refused(self, desk: Path) -> None:
        with pytest.raises(RequestError, match="no scenario and no results folder"):
            locate_results(Path("qqq"))
        assert locate_results(Path("far/away")) == Path("far/away")
