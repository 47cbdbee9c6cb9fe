from __future__ import annotations

import csv
from pathlib import Path

import pytest

from tests.analysis import variance_engine
from tests.cli.conftest import Sim


@pytest.fixture
def lived(sim: Sim, monkeypatch: pytest.MonkeyPatch) -> str:
    variance_engine.put(monkeypatch)
    words = ("run", "whole.toml", "--set", 'headlines=["level"]', "--worlds", "1000")
    return sim(*words, "--workers", "1", "--quiet").stdout.strip()


def test_rules_are_told_in_words(sim: Sim, lived: str) -> None:
    told = sim("discover", lived, "--measure", "high")
    assert told.exit_code == 0, told.stderr
    words = " ".join(told.stdout.split())
    assert "The strait: The level is high" in words
    assert "of 1,000 worlds." in words
    assert f"Rule 1: most often where - {variance_engine.STRONG} above 1." in words
    assert "(of 0.6 to 1.8 any)" in words
    assert "(density)" in words
    assert "(coverage)" in words
    assert "all figures about them are of the other half" in words
    assert "has changed since" not in words
    assert max(map(len, told.stdout.splitlines())) <= 80


def test_an_amount_has_an_edge(sim: Sim, lived: str) -> None:
    assert (
        "A level, below 1 (any)"
        in sim("discover", lived, "--measure", "level", "--below", "1").stdout
    )


def test_at_most_so_many_conditions(sim: Sim, lived: str) -> None:
    told = sim("discover", lived, "--measure", "high", "--conditions", "1").stdout
    assert told.count("  - ") <= told.count("Rule ")


def test_too_rare_is_said(sim: Sim, lived: str) -> None:
    told = " ".join(sim("discover", lived, "--measure", "level", "--above", "99").stdout.split())
    assert "Too few worlds went so, or went otherwise, to look for rules" in told


def test_a_model_that_has_changed_is_said(
    sim: Sim, lived: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sim.cli.views.discover.engine_fingerprint", lambda: "another")
    told = " ".join(sim("discover", lived, "--measure", "high").stdout.split())
    assert "The model has changed since" in told


def test_the_rules_are_written_on_request(sim: Sim, lived: str) -> None:
    sim("discover", lived, "--measure", "high", "--csv", "rules.csv")
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
    told = sim("discover", point, "--measure", "high")
    assert (told.exit_code, told.stdout.count("Rule 1")) == (0, 1)


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["gone", "--measure", "high"], "gone: there is no such folder"),
        (["{}", "--measure", "hihg"], "did you mean 'high'"),
        (["{}", "--measure", "high", "--above", "1"], "happens or does not"),
        (["{}", "--measure", "high", "--conditions", "9"], "Invalid value for '--conditions'"),
        (["{}", "--measure", "high", "--csv", "whole.toml"], "already exists"),
    ],
)
def test_what_makes_no_sense_is_told(sim: Sim, lived: str, words: list[str], message: str) -> None:
    told = sim("discover", *(word.format(lived) for word in words))
    assert told.exit_code == 2
    assert message in told.stderr
    assert told.stdout == ""


def test_a_run_is_exported_for_the_workbench(sim: Sim, lived: str) -> None:
    told = sim("export", lived, "x.tar.gz")
    assert (told.exit_code, told.stdout) == (0, "x.tar.gz\n")
    assert Path("x.tar.gz").is_file()
    again = sim("export", lived, "x.tar.gz")
    assert again.exit_code == 2
    assert again.stderr == "x.tar.gz: already exists; name another file\n"
