"""`sim attribute`, and `sim tell --why`: a difference and a decision, split over what made them."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from sim.analysis.stories.promise import list_promises
from sim.cli.app import app
from tests.analysis.stories.example_worlds import pact_lives
from tests.worlds import SCENARIOS

Ask = Callable[..., Result]
PACT, NO_PACT = SCENARIOS / "pact.toml", SCENARIOS / "no_pact.toml"
SMALL = ("--worlds", 20, "--months", 6, "--workers", 1, "--mechanism", "reputation")


@pytest.fixture
def ask(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Ask:
    """The command `sim`, in this process and an empty folder."""
    monkeypatch.chdir(tmp_path)
    runner = CliRunner(env={"COLUMNS": "80", "TERM": "dumb", "NO_COLOR": "1"})
    return lambda *words: runner.invoke(app, [*map(str, words)])


def test_a_difference_is_split(ask: Ask) -> None:
    result = ask("attribute", PACT, NO_PACT, *SMALL, "--csv", "split.csv")
    assert result.exit_code == 0, result.stderr
    assert result.stderr.startswith("4 runs of 20 worlds each; unless they are saved already")
    assert "What makes pact differ from no_pact" in result.stdout
    assert "all together" in result.stdout
    assert max(map(len, result.stdout.splitlines())) <= 80
    with Path("split.csv").open(encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines))
    assert {row["part"] for row in rows} == {"reputation", "in other ways", "all together"}


def test_bare_names_mean_scenarios_in_their_usual_place(ask: Ask) -> None:
    Path("scenarios").symlink_to(SCENARIOS, target_is_directory=True)
    result = ask("attribute", "pact", "no_pact", *SMALL, "--measure", "disputes")
    assert result.exit_code == 0, result.stderr
    assert "Disputes begun" in result.stdout


def test_what_is_not_there_cannot_be_split(ask: Ask) -> None:
    result = ask("attribute", "pact", "nopact", *SMALL)
    assert result.exit_code == 2
    assert result.stderr == (
        "nopact: there is no scenario and no results folder of that name\n"
        "    did you mean 'no_pact'?\n"
        "    sim scenarios lists scenarios, sim results lists results\n"
    )


def test_a_conditional_measure_is_split_and_says_what_is_held_on_and_that_cases_are_few(
    ask: Ask,
) -> None:
    words = ("--mechanism", "mutual_defence", "--measure", "honoured_pact_2024")
    small = ("--worlds", 40, "--months", 12, "--workers", 1)
    Path("faithful.toml").write_text(
        f'extends = "{PACT.as_posix()}"\n'
        "[rules.honour.worth]\nvalue = 12.0\nlow = 12.0\nhigh = 12.0\n",
        encoding="utf-8",
    )
    result = ask("attribute", "faithful.toml", PACT, *small, *words)
    assert result.exit_code == 0, result.stderr
    text = " ".join(result.stdout.split())
    assert "in other ways +" in text
    assert "Always on: mutual_defence. Without it invoked_pact_2024 is in no world" in text
    assert re.search(
        r"Too few cases: .* is in only \d+ of 40 worlds. About --worlds \d+ would", text
    )


def test_what_one_side_never_defines_is_said_to_be(ask: Ask) -> None:
    words = ("--measure", "honoured_pact_2024", "--csv", "split.csv")
    result = ask("attribute", PACT, NO_PACT, *SMALL, *words)
    assert result.exit_code == 0, result.stderr
    text = " ".join(result.stdout.split())
    assert "honoured, where invoked: n/a. In one of the runs invoked_pact" in text
    assert "is in none of 20 worlds" in text


# -- why a promise was kept or broken -----------------------------------------------------------


def test_a_promise_is_split(ask: Ask) -> None:
    world, event = _any_promise()
    result = ask("tell", PACT, "--world", world, "--why", event, "--against", "record")
    assert result.exit_code == 0, result.stderr
    assert result.stdout.startswith("Why ")
    assert "Random draw: " in result.stdout
    assert max(map(len, result.stdout.splitlines())) <= 80


def test_shares_sum_to_the_change_in_full_figures(ask: Ask) -> None:
    world, event = _any_promise()
    story = ask("tell", PACT, "--world", world, "--why", event, "--format", "json")
    output = json.loads(story.stdout)
    change = output["chance"] - output["reference_chance"]
    assert abs(sum(output["shares"].values()) - change) < 1e-9
    assert output["chance"] == pytest.approx(output["decision"]["chances"][0], abs=1e-9)


def test_markdown_has_a_table(ask: Ask) -> None:
    world, event = _any_promise()
    words = ("--why", event, "--against", "record", "--format", "markdown")
    assert "| Input | Chance of any aid |" in ask("tell", PACT, "--world", world, *words).stdout


def test_an_unknown_promise_is_refused(ask: Ask) -> None:
    world, _ = _any_promise()
    result = ask("tell", PACT, "--world", world, "--why", "nobody")
    assert result.exit_code == 2
    assert result.stderr.startswith(f"--why nobody: no answer to a call matches in world {world}\n")
    assert "allowed: " in result.stderr


def _any_promise() -> tuple[int, str]:
    """Return a world in which a promise was called on, and what it is called."""
    for world in range(40):
        for answer in list_promises(pact_lives().world_record(world)):
            return world, f"{answer.key.who}@{answer.month}"
    raise AssertionError("nobody calls")
