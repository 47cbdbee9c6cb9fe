from __future__ import annotations

import csv
from pathlib import Path

import pytest

from tests.analysis import variance_engine
from tests.cli.conftest import Sim


@pytest.fixture
def run_folder(sim: Sim, monkeypatch: pytest.MonkeyPatch) -> str:
    variance_engine.put(monkeypatch)
    words = ("run", "whole.toml", "--set", 'headlines=["level"]', "--worlds", "1000")
    return sim(*words, "--workers", "1", "--quiet").stdout.strip()


def test_rules_are_reported_in_words(sim: Sim, run_folder: str) -> None:
    result = sim("discover", run_folder, "--measure", "high")
    assert result.exit_code == 0, result.stderr
    words = " ".join(result.stdout.split())
    assert "The strait: The level is high" in words
    assert "of 1,000 simulated worlds." in words
    assert f"Rule 1: most often where - {variance_engine.STRONG} above 1." in words
    assert "(of 0.6 to 1.8 any)" in words
    assert "(density)" in words
    assert "(coverage)" in words
    assert "all figures are from the other half" in words
    assert "has changed since" not in words
    assert max(map(len, result.stdout.splitlines())) <= 80


def test_an_amount_has_an_edge(sim: Sim, run_folder: str) -> None:
    assert (
        "A level, below 1 (any)"
        in sim("discover", run_folder, "--measure", "level", "--below", "1").stdout
    )


def test_at_most_so_many_conditions(sim: Sim, run_folder: str) -> None:
    output = sim("discover", run_folder, "--measure", "high", "--conditions", "1").stdout
    assert output.count("  - ") <= output.count("Rule ")


def test_too_rare_is_said(sim: Sim, run_folder: str) -> None:
    output = " ".join(
        sim("discover", run_folder, "--measure", "level", "--above", "99").stdout.split()
    )
    assert "Too few worlds with, or without, the outcome to search for rules" in output
    assert "at least 40 of each are needed, or about 14,000 --worlds." in output


def test_what_leads_to_a_conditional_outcome_is_searched_among_its_worlds(
    sim: Sim, run_folder: str
) -> None:
    output = " ".join(sim("discover", run_folder, "--measure", "kept").stdout.split())
    assert "simulated worlds with called." in output
    assert f"Rule 1: most often where - {variance_engine.WEAK} above" in output
    assert f"- {variance_engine.STRONG}" not in output


def test_an_outcome_that_is_defined_nowhere_is_said_to_be(sim: Sim, run_folder: str) -> None:
    output = " ".join(sim("discover", run_folder, "--measure", "scared").stdout.split())
    assert "It is defined only where never, which occurs in no simulated world." in output


def test_a_model_that_has_changed_is_said(
    sim: Sim, run_folder: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sim.cli.views.research.discover.engine_fingerprint", lambda: "another")
    output = " ".join(sim("discover", run_folder, "--measure", "high").stdout.split())
    assert "The model has changed since" in output


def test_the_rules_are_written_on_request(sim: Sim, run_folder: str) -> None:
    sim("discover", run_folder, "--measure", "high", "--csv", "rules.csv")
    with Path("rules.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    assert rows[0]["rule"] == "1"
    assert {row["key"] for row in rows} >= {variance_engine.STRONG}


def test_of_a_sweep_one_point_is_looked_at(sim: Sim, monkeypatch: pytest.MonkeyPatch) -> None:
    variance_engine.put(monkeypatch)
    words = ("--vary", "months=1,2", "--set", 'headlines=["level"]', "--worlds", "1000")
    folder = sim("sweep", "whole.toml", *words, "--workers", "1", "--quiet").stdout.strip()
    refused = sim("discover", folder, "--measure", "high")
    assert refused.exit_code == 2
    assert refused.stderr.startswith(f"{folder}: is a sweep of 2 points, and one is needed\n")
    point = refused.stderr.partition("such as ")[2].partition(";")[0]
    result = sim("discover", point, "--measure", "high")
    assert (result.exit_code, result.stdout.count("Rule 1")) == (0, 1)


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["gone", "--measure", "high"], "gone: there is no scenario and no results folder"),
        (["{}", "--measure", "hihg"], "did you mean 'high'"),
        (["{}", "--measure", "high", "--above", "1"], "happens or does not"),
        (["{}", "--measure", "high", "--conditions", "9"], "Invalid value for '--conditions'"),
        (["{}", "--measure", "high", "--csv", "whole.toml"], "already exists"),
    ],
)
def test_what_makes_no_sense_is_reported(
    sim: Sim, run_folder: str, words: list[str], message: str
) -> None:
    result = sim("discover", *(word.format(run_folder) for word in words))
    assert result.exit_code == 2
    assert message in result.stderr
    assert result.stdout == ""


def test_a_run_is_exported_for_the_workbench(sim: Sim, run_folder: str) -> None:
    result = sim("export", run_folder, "x.tar.gz")
    assert (result.exit_code, result.stdout) == (0, "x.tar.gz\n")
    assert Path("x.tar.gz").is_file()
    again = sim("export", run_folder, "x.tar.gz")
    assert again.exit_code == 2
    assert again.stderr == "x.tar.gz: already exists; name another file\n"
