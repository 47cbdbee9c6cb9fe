from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest
from typer.testing import CliRunner, Result

from sim.analysis.data import resolve
from sim.analysis.stress import request
from sim.cli.app import app
from sim.experiment.storage.engine_fingerprint import engine_fingerprint
from tests.cli.conftest import Sim
from tests.scenario.folder import Folder

WITHOUT = 'extends = "whole.toml"\ntitle = "No promise"\n[treaties.pact]\nconcluded = false\n'
SMALL = ("--worlds", "20", "--months", "2")


@pytest.fixture
def pair(folder: Folder) -> Folder:
    """The folder with the same scenario without its promise."""
    folder.write("without.toml", WITHOUT)
    return folder


def at_width(columns: int, *words: str) -> Result:
    runner = CliRunner(env={"COLUMNS": str(columns), "TERM": "dumb", "NO_COLOR": "1"})
    return runner.invoke(app, ["stress", *words, *SMALL])


def test_the_findings_come_first_and_then_the_matrix(sim: Sim) -> None:
    result = sim("stress", "whole.toml", *SMALL)
    assert result.exit_code == 0, result.stderr
    order = [
        "The strait: if X attacks Y, who comes? (3 crises opened in month 1, 20 worlds each",
        "No third party enters the war in any of them.",
        "Nobody is refused aid that was promised to it.",
        "Who comes to whom",
        "aland > syldavia: aland attacks syldavia. Per cent of worlds",
        "How far it goes",
        "How to read it",
        "By construction, not a finding:",
        "Conditional frequencies, not forecasts.",
    ]
    words = " ".join(result.stdout.split())
    places = [words.index(text) for text in order]
    assert places == sorted(places)


def test_a_war_under_way_is_said_to_be_one(sim: Sim) -> None:
    words = " ".join(sim("stress", "whole.toml", *SMALL).stdout.split())
    assert "Aland and Syldavia are at war since 2023-03-01" in words
    assert "the crisis is an attack on home soil" in words
    assert "aland > syldavia (none): the same worlds without a crisis" in words


def test_two_scenarios_are_compared_cell_by_cell(pair: Folder, sim: Sim) -> None:
    result = sim("stress", "whole.toml", "without.toml", *SMALL)
    assert result.exit_code == 0, result.stderr
    words = " ".join(result.stdout.split())
    assert "The strait against No promise: help differs in" in words
    assert "Who comes to whom: The strait minus No promise" in words
    assert "Only a promise can be refused" in words


@pytest.mark.parametrize("columns", [60, 80, 200])
def test_the_output_fits_the_terminal(pair: Folder, columns: int) -> None:
    result = at_width(columns, "whole.toml", "without.toml", "--detail")
    assert result.exit_code == 0, result.stderr
    lines = result.stdout.splitlines()
    assert max(map(len, lines)) <= columns
    assert not any("…" in line for line in lines)


def test_crises_can_be_named(sim: Sim) -> None:
    named = ("--crisis", "mountains:borduria@force", "--crisis", "mountains:syldavia@coup")
    both = sim("stress", "whole.toml", *named, *SMALL).stdout
    assert "(5 crises opened" in both
    only = sim("stress", "whole.toml", "--only", *named, *SMALL).stdout
    assert "(2 crises opened" in only
    assert "(force)" in only
    assert "War breaks out in" in only
    assert "Ground taken at the outset moves no ally's decision" in " ".join(only.split())


def test_detail_has_every_interval(pair: Folder, sim: Sim) -> None:
    output = " ".join(
        sim("stress", "whole.toml", "without.toml", "--detail", *SMALL).stdout.split()
    )
    assert "Borduria attacks Syldavia (mountains:borduria@war)" in output
    assert "minus No promise" in output
    assert "the attacked side gets no aid" in output
    assert "--detail shows them" not in output


def test_the_tables_are_written_with_what_they_rest_on(pair: Folder, sim: Sim) -> None:
    result = sim("stress", "whole.toml", "without.toml", "--to", "crises", *SMALL)
    assert result.exit_code == 0, result.stderr
    assert result.stdout.splitlines()[-1] == "crises"
    folder = pair.path / "crises"
    rows, same = pd.read_csv(folder / "stress.csv"), pd.read_parquet(folder / "stress.parquet")
    assert len(rows) == len(same)
    assert set(rows["scenario"]) == {"whole", "without"}
    aid = rows[(rows["outcome"] == "aid") & (rows["level"] != "any")]
    keys = ["scenario", "opening", "actor", "side"]
    assert aid.groupby(keys)["value"].sum().between(0.999, 1.001).all()
    differences = pd.read_csv(folder / "differences.csv")
    assert {"home_soil", "promise"} >= set(differences["by_construction"].dropna())
    manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
    assert manifest["engine"] == engine_fingerprint()
    assert manifest["command"][:2] == ["sim", "stress"]
    assert (manifest["worlds"], manifest["months"]) == (20, 2)
    assert manifest["seeds"] == {"whole": 7, "without": 7}
    assert manifest["scenarios"]["without"]["title"] == "No promise"


def test_its_folder_is_not_that_of_a_run(folder: Folder, sim: Sim) -> None:
    sim("stress", "whole.toml", "--to", "crises", *SMALL)
    result = sim("compare", "crises", "crises")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == "crises: holds the results of a stress test, not of a run\n"


def test_one_scenario_has_no_differences(folder: Folder, sim: Sim) -> None:
    sim("stress", "whole.toml", "--to", "crises", *SMALL)
    names = {file.name for file in (folder.path / "crises").iterdir()}
    assert names == {"stress.csv", "stress.parquet", "manifest.json"}


def test_the_same_scenario_twice_has_two_names(folder: Folder, sim: Sim) -> None:
    result = sim("stress", "whole.toml", "whole.toml", "--to", "crises", *SMALL)
    assert result.exit_code == 0, result.stderr
    rows = pd.read_csv(folder.path / "crises" / "differences.csv")
    assert (set(rows["with"]), set(rows["without"])) == ({"whole-1"}, {"whole-2"})
    assert (rows["difference"] == 0).all()


def test_the_first_seed_holds_for_all(pair: Folder, sim: Sim) -> None:
    pair.write("without.toml", f"seed = 8\n{WITHOUT}")
    result = sim("stress", "whole.toml", "without.toml", "--to", "crises", *SMALL)
    assert result.exit_code == 0, result.stderr
    sim("stress", "whole.toml", "--seed", "5", "--to", "other", *SMALL)
    seeds = [
        json.loads((pair.path / name / "manifest.json").read_text("utf-8"))["seeds"]
        for name in ("crises", "other")
    ]
    assert seeds == [{"whole": 7, "without": 7}, {"whole": 5}]


def test_a_results_folder_can_be_stressed_and_is_not_set(sim: Sim) -> None:
    run = sim("run", "whole.toml", "--worlds", "20", "--quiet").stdout.strip()
    refused = sim("stress", run, "--set", "months=3", *SMALL)
    assert (refused.exit_code, refused.stdout) == (2, "")
    assert refused.stderr.startswith(f"--set: does not apply to the finished results in {run}")


def test_the_scenario_of_a_results_folder_is_that_of_its_file(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = folder.load().scenario
    source = resolve.open_source
    monkeypatch.setattr(request, "open_source", lambda _: source(folder.whole))
    names, scenarios = request.open_scenarios([folder.path / "results" / "whole-01234567"])
    assert (names, scenarios) == (["whole"], [opened])


def test_settings_change_every_scenario(sim: Sim) -> None:
    settings = ("--set", "mechanisms.mutual_defence=false", "--set", "mechanisms.joining=false")
    words = " ".join(sim("stress", "whole.toml", *settings, *SMALL).stdout.split())
    assert "No third party enters the war in any of them." in words


MOUNTAINS = "mountains:borduria@war, mountains:borduria@force, mountains:borduria@coup"


@pytest.mark.parametrize(
    ("crisis", "problem", "allowed"),
    [
        (
            "montains:borduria",
            "'montains' is not a rivalry of this scenario",
            "strait, mountains; did you mean 'mountains'?",
        ),
        ("mountains:aland", "'aland' is not one of the rivals of mountains", "borduria, syldavia"),
        (
            "mountains:borduria@home_soil",
            "there is no war under way on mountains that could reach home soil",
            MOUNTAINS,
        ),
        (
            "strait:aland@war",
            "the two are at war already, since 2023-03-01",
            "strait:aland@home_soil",
        ),
    ],
)
def test_a_crisis_that_is_not_possible_is_one_message(
    sim: Sim, crisis: str, problem: str, allowed: str
) -> None:
    result = sim("stress", "whole.toml", "--crisis", crisis)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == f"--crisis {crisis}: {problem}\n    allowed: {allowed}\n"


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--only"], "--only: name at least one crisis with --crisis\n"),
        (["--to", "mine"], "--to mine: already exists; name another folder\n"),
        (["--html", "mine"], "--html mine: already exists; name another file\n"),
    ],
)
def test_what_makes_no_sense_is_one_message(
    folder: Folder, sim: Sim, words: list[str], message: str
) -> None:
    folder.write("mine", "something of mine")
    result = sim("stress", "whole.toml", *words)
    assert (result.exit_code, result.stdout, result.stderr) == (2, "", message)


def test_too_many_worlds_are_refused_and_nothing_is_written(folder: Folder, sim: Sim) -> None:
    result = sim("stress", "whole.toml", "--worlds", "9999999", "--to", "crises")
    assert result.exit_code == 2
    assert "too many for one run" in result.stderr
    assert not (folder.path / "crises").exists()


def test_crises_that_not_all_scenarios_share_are_left_out(folder: Folder, sim: Sim) -> None:
    lines = 'extends = "whole.toml"\ntitle = "Other rivals"\n[rivalries.mountains]\n'
    folder.write("other.toml", f'{lines}between = ["syldavia", "borduria"]\n')
    folder.write("third.toml", f'{lines}name = "the Hills"\n')
    result = sim("stress", "whole.toml", "third.toml", *SMALL)
    assert "(3 crises opened" in result.stdout


def test_the_projects_own_pair_can_be_stressed(sim: Sim) -> None:
    scenarios = Path(__file__).parents[4] / "scenarios"
    crisis = ("--only", "--crisis", "korea:rok@war")
    files = (str(scenarios / "pact.toml"), str(scenarios / "no_pact.toml"))
    result = sim("stress", *files, *crisis, "--worlds", "10", "--months", "1")
    assert result.exit_code == 0, result.stderr
    assert "rok > dprk: rok attacks dprk" in " ".join(result.stdout.split())
