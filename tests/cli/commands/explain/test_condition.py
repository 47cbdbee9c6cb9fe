from __future__ import annotations

import inspect
from pathlib import Path

import pytest

from sim.analysis.conditioning.weights import DEFAULT_MISS
from sim.cli.commands.explain.condition import condition
from tests.analysis.conditioning import planted
from tests.cli.conftest import Sim
from tests.scenario.folder import Folder

HEADLINES = 'headlines=["sent", "calm", "level", "kept"]'


@pytest.fixture
def run_folder(sim: Sim, monkeypatch: pytest.MonkeyPatch) -> str:
    """A run of the planted engine."""
    planted.put(monkeypatch)
    size = ("--worlds", "1000", "--months", "12", "--set", HEADLINES)
    return sim("run", "whole.toml", *size, "--quiet", "--workers", "1").stdout.strip()


@pytest.fixture
def uncertain(folder: Folder) -> int:
    """How many numbers of the scenario have a range: each is an assumption that is tested."""
    return sum(not number.is_fixed for _, number in folder.load().scenario.iter_quantities())


def words(text: str) -> str:
    return " ".join(text.split())


def test_the_finding_comes_first(sim: Sim, run_folder: str, uncertain: int) -> None:
    result = sim("condition", run_folder, "--on", "soldiers_sent")
    assert result.exit_code == 0, result.stderr
    text = words(result.stdout)
    left = int(text.split(" of 1,000 simulated worlds")[0].split()[-1])
    assert 450 < left < 550
    begins = f"The strait {left} of 1,000 simulated worlds ({left / 10:.0f}%) agree: soldiers_sent."
    assert text.startswith(begins)
    findings, _, tables = text.partition(" Conditions ")
    assert "Most clearly different: A level, 2." in findings
    assert "No clear difference in: All is calm, Calm, where sent." in findings
    favoured = f"favour 1 of {uncertain} assumptions: higher rules.honour.reputation."
    assert f"These worlds {favoured}" in findings
    assert f"soldiers_sent {left} {left} (troops_sent)" in tables
    assert "Given by the conditions, not findings: Soldiers are sent (always)" in tables
    assert "not forecasts" in tables


@pytest.mark.parametrize("columns", [60, 80])
def test_it_fits_a_terminal(sim: Sim, run_folder: str, columns: int) -> None:
    events = Path("happened.csv")
    events.write_text("date,event\n2024-10-20,soldiers_sent\n2024-09-20,ceasefire\n", "utf-8")
    for options in (["--on", "soldiers_sent by 6"], ["--events", str(events)]):
        sim_here = ["condition", run_folder, *options, "--all"]
        text = sim(*sim_here, columns=columns).stdout
        assert "What follows" in text
        too_wide = [line for line in text.splitlines() if len(line) > columns]
        assert [line for line in too_wide if "results/" not in line] == []


def test_few_worlds_are_said_first(sim: Sim, run_folder: str) -> None:
    text = words(sim("condition", run_folder, "--on", "troops_sent in 5").stdout)
    assert text.startswith("The strait Too few: ")
    assert "(--worlds) would leave 200." in text.partition(" agree: ")[0]


def test_nothing_learnt_is_a_finding(sim: Sim, run_folder: str, uncertain: int) -> None:
    text = words(sim("condition", run_folder, "--on", "calm").stdout)
    assert (
        f"These worlds favour none of {uncertain} assumptions beyond chance; a shift of 0." in text
    )
    assert "Which assumptions they favour" not in text
    assert "All is calm (always)" in text


def test_what_the_conditions_decide_is_said_apart(sim: Sim, run_folder: str) -> None:
    text = words(sim("condition", run_folder, "--on", "not calm", "--all").stdout)
    given = text.partition("Given by the conditions, not findings: ")[2]
    assert given.startswith("All is calm (never); Calm, where sent (never); The front (-0.5).")


def test_that_nothing_differs_is_a_finding(sim: Sim, run_folder: str, uncertain: int) -> None:
    text = words(sim("condition", run_folder, "--on", "challenge").stdout)
    assert "1,000 of 1,000 simulated worlds agree: challenge." in text
    assert "No outcome shown differs from that of all worlds beyond chance." in text
    assert f"favour none of {uncertain} assumptions beyond chance." in text


def test_a_file_of_events_weights_worlds(sim: Sim, run_folder: str) -> None:
    events = Path("happened.csv")
    events.write_text("date,event\n2024-10-20,soldiers_sent\n2024-09-20,peace\n", "utf-8")
    text = words(sim("condition", run_folder, "--events", str(events), "--miss", "0.02").stdout)
    assert "1,000 of 1,000 simulated worlds are left. Weighted by how closely they match" in text
    assert "Too few: " in text
    assert " effective worlds left, " in text
    assert "2024-10-20: soldiers_sent" in text
    assert "Conditions Agree Count as" in text
    assert "Worlds that agree best: " in text


def test_more_assumptions_than_fit_are_counted(
    sim: Sim, run_folder: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sim.cli.views.explain.condition.MAX_FAVOURED", 0)
    text = words(sim("condition", run_folder, "--on", "soldiers_sent").stdout)
    assert "1 more differ (--to DIR writes all)." in text


def test_a_scenario_file_is_simulated_first_and_once(
    sim: Sim, folder: Folder, run_folder: str
) -> None:
    words_ = ("condition", "whole.toml", "--worlds", "400", "--on", "calm")
    first = sim(*words_, "--workers", "1", "--out", "elsewhere")
    assert first.exit_code == 0, first.stderr
    [results] = Path("elsewhere").iterdir()
    assert "of 400 simulated worlds" in first.stdout
    (results / "scribble").touch()
    sim(*words_, "--out", "elsewhere")
    assert (results / "scribble").exists()


def test_tables_go_to_a_new_folder(sim: Sim, run_folder: str) -> None:
    on = ("condition", run_folder, "--on", "calm", "--to", "given")
    result = sim(*on)
    assert result.stdout.splitlines()[-1] == "given"
    assert len(list(Path("given").iterdir())) == 4
    again = sim(*on)
    assert (again.exit_code, again.stdout) == (2, "")
    assert again.stderr.strip() == "--to given: already exists; name another folder"


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ([], "nothing to condition on\n    name it with --on or --events"),
        (["--on", "soldier_sent"], "--on 'soldier_sent': no table holds 'soldier_sent'; did you"),
        (["--on", "nuclear_use by 3"], "no world of 1,000 is left: 'nuclear_use by 3' removes all"),
        (["--on", "calm", "--seed", "3"], "--seed 3: does not apply to finished results"),
        (["--events", "gone.csv"], "gone.csv: there is no such file"),
    ],
)
def test_a_mistake_is_one_message(
    sim: Sim, run_folder: str, options: list[str], message: str
) -> None:
    result = sim("condition", run_folder, *options, "--to", "given")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith(message)
    assert not Path("given").exists()


def test_worlds_of_another_engine_are_noted(
    sim: Sim, run_folder: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sim.cli.views.explain.condition.engine_fingerprint", lambda: "other")
    text = words(sim("condition", run_folder, "--on", "calm").stdout)
    assert "The model has changed since" in text


def test_a_point_of_a_sweep_is_conditioned_if_it_has_events(sim: Sim, run_folder: str) -> None:
    vary = ("--vary", "treaties.pact.concluded=true,false", "--set", HEADLINES)
    size = ("--worlds", "300", "--months", "12", "--quiet", "--workers", "1")
    sweep = sim("sweep", "whole.toml", *vary, *size, "--also", "events").stdout.strip()
    bare = sim("sweep", "whole.toml", *vary, *size, "--seed", "8").stdout.strip()
    points = [sim("condition", sweep, "--on", "calm"), sim("condition", bare, "--on", "calm")]
    assert all("is a sweep of 2 points, and one is needed" in each.stderr for each in points)
    [point, *_] = points[0].stderr.split("such as ")[1].split(";")
    result = sim("condition", point, "--on", "soldiers_sent by 6")
    assert result.exit_code == 0, result.stderr
    assert "of 300 simulated worlds" in result.stdout
    assert "sim tell" not in result.stdout  # which reads runs only
    [other, *_] = points[1].stderr.split("such as ")[1].split(";")
    lacking = sim("condition", other, "--on", "soldiers_sent by 6")
    assert lacking.exit_code == 2
    assert "holds no table of events; run the sweep with --also events" in lacking.stderr
    assert sim("condition", other, "--on", "calm").exit_code == 0


def test_what_a_world_counts_by_without_an_event_is_the_same_from_python() -> None:
    assert inspect.signature(condition).parameters["miss"].default == DEFAULT_MISS
