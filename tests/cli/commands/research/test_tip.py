from __future__ import annotations

import csv
from pathlib import Path

import pytest

from sim.analysis.tipping import tip
from tests.analysis import variance_engine
from tests.cli.conftest import Sim

FEW = ("--candidates", "3", "--worlds", "100", "--fresh", "600")


@pytest.fixture
def plant(sim: Sim, monkeypatch: pytest.MonkeyPatch) -> Sim:
    variance_engine.put(monkeypatch)
    monkeypatch.setattr(tip, "list_measures", variance_engine.measures)
    return sim


def test_the_finding_comes_first_then_how_far_then_the_command_that_follows(plant: Sim) -> None:
    output = plant("tip", "whole.toml", "--outcome", "level", "--to", "<1", *FEW)
    assert output.exit_code == 0, output.stderr
    text = " ".join(output.stdout.split())
    assert text.startswith(
        "The strait: what turns level to <1 A level, any One assumption turns it"
    )
    assert "It is moved 75% of the way from the middle of its range to its end" in text
    assert f"{variance_engine.STRONG}: down to " in text
    assert f"sim run whole.toml --set {variance_engine.STRONG}=" in text
    assert "not how likely that is" in text


def test_the_set_can_be_had_as_a_table(plant: Sim, tmp_path: Path) -> None:
    table = tmp_path / "tip.csv"
    plant("tip", "whole.toml", "--outcome", "level", "--to", "<.3", *FEW, "--csv", str(table))
    with table.open() as file:
        rows = list(csv.DictReader(file))
    assert {row["key"] for row in rows} == {variance_engine.STRONG, variance_engine.WEAK}
    assert {row["certified"] for row in rows} <= {"True", "true", "1"}


@pytest.mark.parametrize(
    ("more", "message"),
    [
        (("--outcome", "levels", "--to", "<1"), "did you mean 'level'?"),
        (("--outcome", "level", "--to", "low"), "--to 'low': says no bound"),
        (("--outcome", "high", "--to", ">20"), "--to '>20': high is a share of worlds"),
    ],
)
def test_a_mistake_is_one_message(plant: Sim, more: tuple[str, ...], message: str) -> None:
    output = plant("tip", "whole.toml", *more)
    assert output.exit_code == 2
    assert message in output.stderr
    assert not output.stdout


def test_one_world_is_asked_for_one_decision(sim: Sim) -> None:
    output = sim("tip", "whole.toml", "--outcome", "war_any", "--to", "<1", "--world", "0")
    assert output.exit_code == 0, output.stderr
    assert "in world 0" in output.stdout or "decision" in output.stdout
