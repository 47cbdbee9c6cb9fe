"""`sim sensitivity --theories`: the split, each theory's mean, and what it refuses."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from sim.analysis.sensitivity import theory_split
from tests.cli.conftest import Sim

TWO = ("record", "pure_interest")


@pytest.fixture
def quick(sim: Sim, monkeypatch: pytest.MonkeyPatch) -> Sim:
    """Two theories, each with few worlds."""
    monkeypatch.setattr(theory_split, "theory_names", lambda: TWO)
    monkeypatch.setattr(theory_split, "DRAWS", 40)
    return sim


def split(sim: Sim, measure: str, *more: str) -> str:
    arguments = ("--measure", measure, "--theories", "--months", "4", *more)
    output = sim("sensitivity", "whole.toml", *arguments)
    assert output.exit_code == 0, output.stderr
    return " ".join(output.stdout.split())


def test_the_spread_and_the_mean_of_each_theory_are_reported(quick: Sim, tmp_path: Path) -> None:
    output = split(quick, "disputes", "--csv", str(tmp_path / "split.csv"))
    assert "Theory 0% (" in output
    assert "pure interest" in output
    assert "2 theories, each with the same 40 draws of assumptions" in output
    assert "Each theory counts the same" in output
    rows = list(csv.DictReader((tmp_path / "split.csv").read_text("utf-8").splitlines()))
    assert [(row["what"], row["name"]) for row in rows] == [
        *(("share", name) for name in theory_split.PARTS),
        *(("mean", name) for name in TWO),
    ]


def test_what_is_too_rare_is_reported_with_the_worlds_it_needs(quick: Sim) -> None:
    output = split(quick, "nuclear_use")
    assert "Too rare to estimate" in output
    assert "worlds would be enough." in output


def test_factors_are_refused(quick: Sim) -> None:
    output = quick(
        "sensitivity", "whole.toml", "--measure", "disputes", "--theories", "--factors", "x"
    )
    assert output.exit_code == 2
    assert "--theories: compares theories over all assumptions at once" in output.stderr
