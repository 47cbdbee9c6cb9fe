"""`sim scenarios` and `sim find`: what there is to name."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from sim.cli.app import app

Ask = Callable[..., Result]


@pytest.fixture
def ask(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Ask:
    """The command `sim`, in this process and an empty folder, 80 columns wide."""
    monkeypatch.chdir(tmp_path)
    runner = CliRunner(env={"COLUMNS": "80", "TERM": "dumb", "NO_COLOR": "1"})
    return lambda *words: runner.invoke(app, list(words))


def in_one_line(text: str) -> str:
    return " ".join(text.split())


def test_scenarios_are_listed_with_title_and_question(ask: Ask) -> None:
    Path("mine.toml").write_text('extends = "pact"\ntitle = "Mine"\n', "utf-8")
    result = ask("scenarios")
    assert result.exit_code == 0, result.stderr
    output = in_one_line(result.stdout)
    assert output.index("In this folder") < output.index(" mine ") < output.index("Installed")
    assert " pact The pact. Who is safer for the treaty, and who is drawn into whose" in output
    assert "More: sim scenarios theory" in output
    assert max(map(len, result.stdout.splitlines())) <= 80


def test_a_group_of_scenarios_is_listed(ask: Ask) -> None:
    output = ask("scenarios", "theory").stdout
    assert "theory/umbrella" in output
    assert "In this folder" not in output
    assert "More:" not in output


def test_a_group_that_is_not_there(ask: Ask) -> None:
    result = ask("scenarios", "mars")
    assert result.exit_code == 2
    assert result.stderr == (
        "mars: there are no scenarios in a folder of that name\n"
        "    allowed: theory, history, a folder here, or nothing\n"
    )


def test_a_key_is_found_by_its_name_with_value_and_meaning(ask: Ask) -> None:
    result = ask("find", "reputation")
    assert result.exit_code == 0, result.stderr
    assert "\nrules.honour.reputation: 0.6 (0 to 1.2) log-odds per unit of belief\n  W" in (
        result.stdout
    )
    assert "\n  sim why pact rules.honour.reputation\n" in result.stdout
    assert "\n  sim run pact --set rules.honour.reputation=VALUE\n" in result.stdout


def test_all_words_are_needed_in_any_order_and_case_and_measures_are_found_too(ask: Ask) -> None:
    output = ask("find", "Delivered", "MUNITIONS").stdout
    assert "measures to look at" in output
    assert "\nmunitions_arms_2023: " in output
    assert "missiles" not in output
    assert max(map(len, output.splitlines())) <= 80


def test_a_switch_is_found(ask: Ask) -> None:
    assert "\ntreaties.pact_2024.conditional: true\n" in ask("find", "pact_2024 conditional").stdout


def test_measures_alone_offer_nothing_to_set(ask: Ask) -> None:
    output = ask("find", "new war breaks out").stdout
    assert "war_korea: " in output
    assert "--set" not in output


def test_much_is_cut_unless_all_is_asked_for(ask: Ask) -> None:
    cut, full = ask("find", "war").stdout, ask("find", "war", "--all").stdout
    assert "The first 12 of each are shown; --all shows the rest." in cut
    assert "The first 12" not in full
    assert len(full) > 2 * len(cut)


def test_another_scenario_is_searched(ask: Ask) -> None:
    output = ask("find", "conditional", "--in", "theory/umbrella").stdout
    assert "sim why theory/umbrella " in output
    assert "pact_2024" not in output


@pytest.mark.parametrize(("word", "hint"), [("reputaton", "reputation"), ("qqqq", "")])
def test_a_word_that_nothing_has(ask: Ask, word: str, hint: str) -> None:
    result = ask("find", word)
    assert result.exit_code == 2
    assert result.stderr.startswith(f"{word}: no key, meaning or measure of pact has all these")
    assert (f"did you mean '{hint}'" in result.stderr) == bool(hint)
    assert ("did you mean" in result.stderr) == bool(hint)
