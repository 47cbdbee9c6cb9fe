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
from tests.analysis.stories.example_worlds import simulated_once
from tests.worlds import SCENARIOS, real

Tell = Callable[..., Result]
WORLDS = 60


@pytest.fixture(scope="module")
def run_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A results folder of the pact, with some worlds of two years."""
    out = tmp_path_factory.mktemp("results")
    words = ("run", str(SCENARIOS / "pact.toml"), "--worlds", str(WORLDS), "--months", "24")
    result = CliRunner().invoke(app, [*words, "--out", str(out), "--quiet", "--workers", "1"])
    assert result.exit_code == 0, result.output
    return Path(result.stdout.strip())


@pytest.fixture
def tell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Tell:
    """The command `sim tell`, in this process and an empty folder."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("sim.analysis.stories.tell.resimulate", simulated_once)
    runner = CliRunner(env={"COLUMNS": "80", "TERM": "dumb", "NO_COLOR": "1"})
    return lambda *words: runner.invoke(app, ["tell", *map(str, words)])


def test_a_world_of_a_run_is_reported(run_folder: Path, tell: Tell) -> None:
    result = tell(run_folder, "--world", 17)
    assert result.exit_code == 0, result.stderr
    assert result.stdout.startswith("World 17 of “The pact”\n")
    assert "24 months from 19 June 2024" in result.stdout
    assert "not a forecast" in " ".join(result.stdout.split())
    assert max(map(len, result.stdout.splitlines())) <= 80


def test_it_is_the_world_of_the_tables(run_folder: Path, tell: Tell) -> None:
    output = json.loads(tell(run_folder, "--world", 17, "--format", "json").stdout)
    row = pq.read_table(run_folder / "worlds.parquet").slice(17, 1).to_pylist()[0]
    assert output["end"]
    assert output["end"] == {name: row[name] for name in output["end"]}


def test_a_scenario_file_has_its_worlds_reported_too(run_folder: Path, tell: Tell) -> None:
    result = tell(SCENARIOS / "pact.toml", "--world", 17)
    assert "36 months from 19 June 2024" in result.stdout
    first = (
        tell(run_folder, "--world", 17).stdout.partition("(month 1)")[2].partition("(month 2)")[0]
    )
    assert first in result.stdout


def test_markdown_has_headings(run_folder: Path, tell: Tell) -> None:
    result = tell(run_folder, "--world", 3, "--format", "markdown")
    assert result.stdout.startswith("# World 3 of “The pact”\n")
    assert "### From 19 June 2024 (month 1)" in result.stdout


def test_json_has_the_reasons_in_full_figures(run_folder: Path, tell: Tell) -> None:
    output = json.loads(tell(run_folder, "--world", 3, "--format", "json").stdout)
    decisions = [
        line["decision"]
        for month in output["months"]
        for line in month["told"]
        if "decision" in line
    ]
    assert all(0 <= decision["drawn"] < 1 for decision in decisions)
    assert {"chances", "terms", "weighed_most", "who", "towards", "about"} <= set(decisions[0])


def test_it_is_written_to_a_new_file_only(run_folder: Path, tell: Tell) -> None:
    assert tell(run_folder, "--world", 3, "--out", "story.txt").stdout == "story.txt\n"
    assert Path("story.txt").read_text(encoding="utf-8").startswith("World 3")
    again = tell(run_folder, "--world", 3, "--out", "story.txt")
    assert (again.exit_code, "already exists" in again.stderr) == (2, True)


# -- picks --------------------------------------------------------------------------------------


def test_a_pick_says_why(run_folder: Path, tell: Tell) -> None:
    result = tell(run_folder, "--pick", "typical")
    assert "Chosen: the world nearest the median" in result.stdout


def test_the_typical_world_is_unlike_the_surprising_one(run_folder: Path) -> None:
    source = open_source(run_folder)
    typical, surprising = (
        select_world(source, SelectionRule.TYPICAL),
        select_world(source, SelectionRule.SURPRISING),
    )
    assert typical.world != surprising.world
    assert (typical, surprising) == (
        select_world(source, SelectionRule.TYPICAL),
        select_world(source, SelectionRule.SURPRISING),
    )


def test_no_world_honours_the_pact_before_the_one_picked(run_folder: Path) -> None:
    events = pq.read_table(run_folder / "events.parquet").to_pylist()
    honoured = [
        (row["month"], row["world"])
        for row in events
        if row["event"] == "honoured" and row["subject"] == "pact_2024"
    ]
    assert (
        select_world(open_source(run_folder), SelectionRule.FIRST_HONOURED).world
        == min(honoured)[1]
    )


def test_the_pact_is_the_treaty_signed_last(run_folder: Path) -> None:
    assert latest_defence_pact(real("pact")) == latest_defence_pact(real("no_pact")) == "pact_2024"


def test_the_war_picked_is_the_first_world_with_one(run_folder: Path) -> None:
    wars = pq.read_table(run_folder / "worlds.parquet")["war_any"].to_pylist()
    if any(wars):
        assert select_world(open_source(run_folder), SelectionRule.WAR).world == wars.index(True)
    else:
        with pytest.raises(RequestError, match="no new war breaks out in any of 60 worlds"):
            select_world(open_source(run_folder), SelectionRule.WAR)


def test_of_a_scenario_a_world_is_picked_once_it_was_simulated(
    run_folder: Path, tell: Tell
) -> None:
    Path("small.toml").write_text('extends = "pact"\nworlds = 20\nmonths = 2\n', "utf-8")
    assert tell("small", "--pick", "typical").exit_code == 0
    assert len(list(Path("results").glob("small-*"))) == 1


def test_from_python_a_scenario_has_nothing_to_pick_from() -> None:
    with pytest.raises(RequestError, match="run it first: sim run"):
        select_world(open_source(SCENARIOS / "pact.toml"), SelectionRule.WAR)


# -- requests that cannot be met ------------------------------------------------------------------


def test_unless_a_world_is_named_the_typical_one_is_told(run_folder: Path, tell: Tell) -> None:
    assert tell(run_folder).stdout == tell(run_folder, "--pick", "typical").stdout


def test_one_world_is_asked_for(run_folder: Path, tell: Tell) -> None:
    result = tell(run_folder, "--world", 1, "--pick", "war")
    assert result.exit_code == 2
    assert result.stderr.startswith("name one world: either --world N or --pick RULE")
    assert "typical, war, surprising, first-honoured" in result.stderr


@pytest.mark.parametrize("world", [WORLDS, -1, 10**9])
def test_there_are_only_so_many_worlds(run_folder: Path, tell: Tell, world: int) -> None:
    result = tell(run_folder, "--world", world)
    assert result.exit_code == 2
    assert f"--world {world}: there is no such world\n    allowed: 0 to 59" in result.stderr


def test_a_folder_of_another_engine_is_not_reported(
    run_folder: Path, tell: Tell, tmp_path: Path
) -> None:
    result = tell(_with_engine(run_folder, tmp_path / "other", "0" * 64), "--world", 1)
    assert result.exit_code == 2
    assert (
        "by another version of the engine; simulated again, its worlds would differ"
        in result.stderr
    )
    assert "run the scenario again with sim run" in result.stderr


def test_a_folder_without_an_engine_is_not_reported(
    run_folder: Path, tell: Tell, tmp_path: Path
) -> None:
    result = tell(_with_engine(run_folder, tmp_path / "other", None), "--world", 1)
    assert result.exit_code == 2
    assert "by an engine not recorded" in result.stderr


def test_what_is_not_there_is_not_reported(tell: Tell) -> None:
    result = tell("nowhere", "--world", 1)
    assert result.exit_code == 2
    assert result.stderr.startswith("nowhere: there is no scenario and no results folder of that")


def _with_engine(run_folder: Path, copy: Path, engine: str | None) -> Path:
    shutil.copytree(run_folder, copy)
    manifest = json.loads((copy / "manifest.json").read_text(encoding="utf-8"))
    manifest["engine"] = engine
    (copy / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    return copy


def test_a_short_story_is_half_a_page_in_any_form(tell: Tell) -> None:
    text = tell(SCENARIOS / "pact.toml", "--world", 17, "--short")
    assert text.exit_code == 0, text.output
    assert text.stdout.startswith("World 17: ")
    assert len(text.stdout.splitlines()) < 45
    page = tell(SCENARIOS / "pact.toml", "--world", 17, "--short", "--format", "markdown").stdout
    assert page.startswith("# World 17: ")
    record = json.loads(
        tell(SCENARIOS / "pact.toml", "--world", 17, "--short", "--format", "json").stdout
    )
    assert page.splitlines()[0] == f"# {record['title']}"
    assert record["picked"] == ""


def test_a_short_story_explains_no_single_commitment(tell: Tell) -> None:
    result = tell(SCENARIOS / "pact.toml", "--world", 17, "--short", "--why", "dprk")
    assert result.exit_code == 2
    assert "--short and --why: name one of the two" in result.output
