"""`sim tell`: which world, in which form, and what it says to what it cannot do."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner, Result

from sim.analysis.data.resolve import open_source
from sim.analysis.stories.select_world import SelectionRule, latest_defence_pact, select_world
from sim.cli.app import app
from sim.errors import RequestError
from tests.worlds import SCENARIOS, real

Tell = Callable[..., Result]
WORLDS = 60


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A results folder of the pact, with some worlds of two years."""
    out = tmp_path_factory.mktemp("results")
    words = ("run", str(SCENARIOS / "pact.toml"), "--worlds", str(WORLDS), "--months", "24")
    told = CliRunner().invoke(app, [*words, "--out", str(out), "--quiet", "--workers", "1"])
    assert told.exit_code == 0, told.output
    return Path(told.stdout.strip())


@pytest.fixture
def tell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Tell:
    """The command `sim tell`, in this process and an empty folder."""
    monkeypatch.chdir(tmp_path)
    runner = CliRunner(env={"COLUMNS": "80", "TERM": "dumb", "NO_COLOR": "1"})
    return lambda *words: runner.invoke(app, ["tell", *map(str, words)])


def test_a_world_of_a_run_is_told(lived: Path, tell: Tell) -> None:
    told = tell(lived, "--world", 17)
    assert told.exit_code == 0, told.stderr
    assert told.stdout.startswith("World 17 of “The pact”\n")
    assert "24 months from 19 June 2024" in told.stdout
    assert "not a forecast" in told.stdout
    assert max(map(len, told.stdout.splitlines())) <= 80


def test_it_is_the_world_of_the_tables(lived: Path, tell: Tell) -> None:
    told = json.loads(tell(lived, "--world", 17, "--format", "json").stdout)
    row = pq.read_table(lived / "worlds.parquet").slice(17, 1).to_pylist()[0]
    assert told["end"]
    assert told["end"] == {name: row[name] for name in told["end"]}


def test_a_scenario_file_has_its_worlds_told_too(lived: Path, tell: Tell) -> None:
    told = tell(SCENARIOS / "pact.toml", "--world", 17)
    assert "36 months from 19 June 2024" in told.stdout
    first = tell(lived, "--world", 17).stdout.partition("(month 1)")[2].partition("(month 2)")[0]
    assert first in told.stdout


def test_markdown_has_headings(lived: Path, tell: Tell) -> None:
    told = tell(lived, "--world", 3, "--format", "markdown")
    assert told.stdout.startswith("# World 3 of “The pact”\n")
    assert "### From 19 June 2024 (month 1)" in told.stdout


def test_json_has_the_reasons_in_full_figures(lived: Path, tell: Tell) -> None:
    told = json.loads(tell(lived, "--world", 3, "--format", "json").stdout)
    decisions = [
        line["decision"] for month in told["months"] for line in month["told"] if "decision" in line
    ]
    assert all(0 <= each["drawn"] < 1 for each in decisions)
    assert {"chances", "terms", "weighed_most", "who", "towards", "about"} <= set(decisions[0])


def test_it_is_written_to_a_new_file_only(lived: Path, tell: Tell) -> None:
    assert tell(lived, "--world", 3, "--out", "told.txt").stdout == "told.txt\n"
    assert Path("told.txt").read_text(encoding="utf-8").startswith("World 3")
    again = tell(lived, "--world", 3, "--out", "told.txt")
    assert (again.exit_code, "already exists" in again.stderr) == (2, True)


# -- picks --------------------------------------------------------------------------------------


def test_a_pick_says_why(lived: Path, tell: Tell) -> None:
    told = tell(lived, "--pick", "typical")
    assert "Chosen: the world nearest the median" in told.stdout


def test_the_typical_world_is_unlike_the_surprising_one(lived: Path) -> None:
    found = open_source(lived)
    typical, surprising = (
        select_world(found, SelectionRule.TYPICAL),
        select_world(found, SelectionRule.SURPRISING),
    )
    assert typical.world != surprising.world
    assert (typical, surprising) == (
        select_world(found, SelectionRule.TYPICAL),
        select_world(found, SelectionRule.SURPRISING),
    )


def test_no_world_honours_the_pact_before_the_one_picked(lived: Path) -> None:
    events = pq.read_table(lived / "events.parquet").to_pylist()
    kept = [
        (row["month"], row["world"])
        for row in events
        if row["event"] == "honoured" and row["subject"] == "pact_2024"
    ]
    assert select_world(open_source(lived), SelectionRule.FIRST_HONOURED).world == min(kept)[1]


def test_the_pact_is_the_treaty_signed_last(lived: Path) -> None:
    assert latest_defence_pact(real("pact")) == latest_defence_pact(real("no_pact")) == "pact_2024"


def test_the_war_picked_is_the_first_world_with_one(lived: Path) -> None:
    wars = pq.read_table(lived / "worlds.parquet")["war_any"].to_pylist()
    if any(wars):
        assert select_world(open_source(lived), SelectionRule.WAR).world == wars.index(True)
    else:
        with pytest.raises(RequestError, match="no new war breaks out in any of 60 worlds"):
            select_world(open_source(lived), SelectionRule.WAR)


def test_a_scenario_file_has_nothing_to_pick_from(tell: Tell) -> None:
    told = tell(SCENARIOS / "pact.toml", "--pick", "war")
    assert told.exit_code == 2
    assert "run it first: sim run" in told.stderr


# -- what cannot be told ------------------------------------------------------------------------


@pytest.mark.parametrize("words", [(), ("--world", 1, "--pick", "war")])
def test_one_world_is_asked_for(lived: Path, tell: Tell, words: tuple[object, ...]) -> None:
    told = tell(lived, *words)
    assert told.exit_code == 2
    assert told.stderr.startswith("name one world: either --world N or --pick RULE")
    assert "typical, war, surprising, first-honoured" in told.stderr


@pytest.mark.parametrize("world", [WORLDS, -1, 10**9])
def test_there_are_only_so_many_worlds(lived: Path, tell: Tell, world: int) -> None:
    told = tell(lived, "--world", world)
    assert told.exit_code == 2
    assert f"--world {world}: there is no such world\n    allowed: 0 to 59" in told.stderr


def test_a_folder_of_another_engine_is_not_told(lived: Path, tell: Tell, tmp_path: Path) -> None:
    told = tell(_with_engine(lived, tmp_path / "other", "0" * 64), "--world", 1)
    assert told.exit_code == 2
    assert (
        "by another version of the engine; simulated again, its worlds would differ" in told.stderr
    )
    assert "run the scenario again with sim run" in told.stderr


def test_a_folder_without_an_engine_is_not_told(lived: Path, tell: Tell, tmp_path: Path) -> None:
    told = tell(_with_engine(lived, tmp_path / "other", None), "--world", 1)
    assert told.exit_code == 2
    assert "by an engine not recorded" in told.stderr


def test_what_is_not_there_is_not_told(tell: Tell) -> None:
    told = tell("nowhere", "--world", 1)
    assert (told.exit_code, told.stderr) == (2, "nowhere: there is no such folder\n")


def _with_engine(lived: Path, copy: Path, engine: str | None) -> Path:
    shutil.copytree(lived, copy)
    manifest = json.loads((copy / "manifest.json").read_text(encoding="utf-8"))
    manifest["engine"] = engine
    (copy / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    return copy
