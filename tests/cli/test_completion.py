"""What the shell offers on Tab."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from sim.analysis.attribution.mechanisms import MECHANISM_GROUPS
from sim.cli import completion
from sim.cli.app import app
from sim.report.figures import gallery

Offered = list[str]


@pytest.fixture(autouse=True)
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty working folder."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def offer(name: str, incomplete: str, **parameters: Any) -> Offered:
    complete = getattr(completion, f"complete_{name}")
    offered: Offered = complete(SimpleNamespace(params=parameters), incomplete)
    return offered


def test_scenarios_and_results_are_offered(desk: Path) -> None:
    folder = desk / "results" / "pact-0123abcd"
    folder.mkdir(parents=True)
    (folder / "manifest.json").touch()
    scenarios = ["pact", "pact_after_ceasefire", "pact_after_succession"]
    assert offer("scenarios", "pact") == scenarios
    assert offer("inputs", "pact") == [*scenarios, "pact-0123abcd"]


def test_keys_are_offered_and_settings_with_their_sign(desk: Path) -> None:
    assert "rules.honour.reputation" in offer("keys", "rules.honour.rep")
    assert "rules.honour.reputation.value" not in offer("keys", "rules.honour.rep")
    assert offer("settings", "treaties.pact_2024.cond") == ["treaties.pact_2024.conditional="]


def test_keys_and_measures_are_those_of_the_scenario_on_the_line(desk: Path) -> None:
    assert offer("keys", "treaties.pact_2024.", file=Path("theory/umbrella")) == []
    assert offer("measures", "war_korea", file=Path("pact")) == ["war_korea"]
    assert offer("measures", "war_korea", sides=[Path("theory/umbrella")]) == []


def test_figures_are_those_of_the_gallery() -> None:
    assert tuple(offer("figures", "")) == tuple(gallery._list_plot_functions())


def test_mechanisms_are_offered() -> None:
    assert set(MECHANISM_GROUPS) <= set(offer("mechanisms", ""))


def test_what_goes_wrong_offers_nothing() -> None:
    assert offer("keys", "", file=Path("gone.toml")) == []


@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("sim run strict", "strict_enforcement"),
        ("sim run pact --set rules.honour.reput", "rules.honour.reputation="),
        ("sim why pact rules.honour.reput", "rules.honour.reputation"),
        ("sim sensitivity pact --measure war_kor", "war_korea"),
        ("sim plot pact --figure four", "fourway"),
        ("sim attribute pact no_pact --mechanism deterr", "deterrence"),
        ("sim compare pact no_pa", "no_pact"),
        ("sim new mine --from us_comm", "us_commitment"),
    ],
)
def test_the_shell_is_answered(monkeypatch: pytest.MonkeyPatch, line: str, offered: str) -> None:
    from typer.testing import CliRunner  # noqa: PLC0415

    environment = {"_SIM_COMPLETE": "complete_bash", "COMP_WORDS": line}
    environment["COMP_CWORD"] = str(len(line.split()) - 1)
    result = CliRunner().invoke(app, [], prog_name="sim", env=environment)
    assert result.stdout.split() == [offered]
