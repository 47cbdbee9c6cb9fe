"""`sim diff`: where two histories of a world diverge, in every format."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from sim.analysis.stories.phrases import load_phrases
from sim.analysis.stories.render_divergence import render_divergence_markdown
from sim.cli.app import app
from tests.analysis.stories.example_worlds import hot_lives, pact_lives, simulated_once
from tests.analysis.stories.golden import pair
from tests.worlds import SCENARIOS

Diff = Callable[..., Result]
PACT, NO_PACT = SCENARIOS / "pact.toml", SCENARIOS / "no_pact.toml"


@pytest.fixture
def diff(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Diff:
    """The command `sim diff`, in this process and an empty folder."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("sim.analysis.stories.tell.resimulate", simulated_once)
    runner = CliRunner(env={"COLUMNS": "80", "TERM": "dumb", "NO_COLOR": "1"})
    return lambda *words: runner.invoke(app, ["diff", *map(str, words)])


def test_two_histories_stand_side_by_side(diff: Diff) -> None:
    result = diff(PACT, NO_PACT, "--world", 4)
    assert result.exit_code == 0, result.stderr
    assert result.stdout.startswith("World 4, in pact and in no_pact\n")
    assert "treaties.pact_2024.concluded: yes in pact, no in no_pact" in result.stdout
    for heading in ("Where they diverge", "Whom it reached"):
        assert heading in result.stdout
    assert max(map(len, result.stdout.splitlines())) <= 80


def test_json_has_both_chances_and_the_same_draws(diff: Diff) -> None:
    output = json.loads(diff(PACT, NO_PACT, "--world", 0, "--format", "json").stdout)
    assert output["sides"] == ["pact", "no_pact"]
    first, other = output["first"]["sides"]
    assert first["drawn"] == other["drawn"]
    assert first["chances"] != other["chances"]


def test_markdown_is_a_table(diff: Diff) -> None:
    result = diff(PACT, SCENARIOS / "korea_crisis.toml", "--world", 4, "--format", "markdown")
    assert "| Month | pact | korea_crisis |\n|---|---|---|\n" in result.stdout


def test_a_shock_is_where_they_part(diff: Diff) -> None:
    output = diff(PACT, SCENARIOS / "korea_crisis.toml", "--world", 4).stdout
    assert "In pact the question does not arise." in output
    assert "In korea_crisis the scenario assumes it." in output


def test_a_history_and_itself_part_nowhere(diff: Diff) -> None:
    output = diff(PACT, PACT, "--world", 4).stdout
    assert "They do not diverge: every decision has the same outcome in both." in " ".join(
        output.split()
    )
    assert "Never reached: Russia" in output
    assert "What follows" not in output


def test_the_chain_is_cut_unless_all_is_asked_for(diff: Diff, tmp_path: Path) -> None:
    sides = (
        PACT,
        _beside_pact(tmp_path, "mechanisms = { provocation = false, calming_down = false }"),
    )
    short, full = diff(*sides, "--world", 1), diff(*sides, "--world", 1, "--all")
    assert "further months; --all shows them" in " ".join(short.stdout.split())
    assert len(full.stdout) > len(short.stdout)
    assert "--all shows them" not in full.stdout


def test_what_only_carries_out_a_decision_of_the_same_month_is_reported_once() -> None:
    both = pair()
    carried_out = [
        e
        for month in both.divergence.divergent_months
        for e in month.events_a
        if e.event == "sends"
    ]
    assert carried_out
    text = render_divergence_markdown(both)
    assert "decides on open intervention" in text
    assert "Aid from" not in text


def test_a_bloc_that_exercises_is_reported_by_its_members(diff: Diff) -> None:
    output = " ".join(diff(PACT, NO_PACT, "--world", 10).stdout.split())
    assert "whether the United States, Japan and South Korea exercise together." in output


def test_every_decision_has_its_question() -> None:
    every = (*pact_lives().decisions, *hot_lives().decisions)
    questions = {decision.key.what for decision in every}
    assert questions - load_phrases()["question"].keys() == set()


# -- what cannot be compared --------------------------------------------------------------------


def test_other_draws_cannot_be_compared(diff: Diff, tmp_path: Path) -> None:
    other = _beside_pact(tmp_path, "seed = 7")
    result = diff(PACT, other, "--world", 1)
    assert result.exit_code == 2
    assert "seed is 20240619 in the first and 7 in the second" in result.stderr
    assert "both need the same seed" in result.stderr


def test_a_world_that_one_side_does_not_have(diff: Diff, tmp_path: Path) -> None:
    other = _beside_pact(tmp_path, "worlds = 10")
    result = diff(PACT, other, "--world", 10)
    assert result.exit_code == 2
    assert "--world 10: there is no such world\n    allowed: 0 to 9" in result.stderr


def _beside_pact(folder: Path, line: str) -> Path:
    """Return a file that extends the pact and changes one line of it."""
    file = folder / "other.toml"
    file.write_text(f'extends = "{PACT.as_posix()}"\n{line}\n', encoding="utf-8")
    return file
