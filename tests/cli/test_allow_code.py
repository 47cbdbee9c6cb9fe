"""Code that a scenario names runs in a command that allows it, and in that command only."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from sim.errors import TheoryError
from sim.experiment.storage.manifest import read_manifest
from sim.model.recording.history import History
from sim.scenario.schema.scenario import Scenario
from sim.scenario.theories.permission import ALLOW_CODE, allowing_code, code_is_allowed
from tests.cli.conftest import Sim
from tests.experiment import fakes
from tests.scenario.folder import Folder
from tests.scenario.theories.test_naming import MINE


@pytest.fixture
def named(folder: Folder) -> Folder:
    """A folder with a scenario that names code."""
    folder.write("mine.py", MINE)
    folder.write("mine.toml", 'extends = "whole.toml"\n[theories]\nhonour = "mine.py:Mine"\n')
    return folder


def test_a_scenario_that_names_code_is_refused_unless_it_is_allowed(
    sim: Sim, named: Folder
) -> None:
    refused = sim("check", "mine.toml")
    assert refused.exit_code == 2
    assert "theories.honour: names code" in refused.stderr
    assert sim("check", "mine.toml", "--allow-code").exit_code == 0
    assert sim("--allow-code", "check", "mine.toml").exit_code == 0
    assert sim("check", "mine.toml").exit_code == 2, "allowed in the command before only"


@pytest.mark.parametrize("command", ["run", "check", "compare", "tell", "why", "rerun", "play"])
def test_the_help_of_what_reads_scenarios_says_how_code_is_allowed(sim: Sim, command: str) -> None:
    assert "--allow-code runs code that a scenario names" in sim(command, "--help").stdout


def test_the_help_of_what_reads_none_does_not(sim: Sim) -> None:
    assert "--allow-code" not in sim("schema", "--help").stdout
    assert "--allow-code" in sim("--help").stdout


def test_results_hold_the_source_and_the_numbers_of_a_theory(sim: Sim, named: Folder) -> None:
    assert sim("run", "mine.toml", "--allow-code", "--worlds", "20").exit_code == 0
    [folder] = (named.path / "results").glob("mine-*")
    manifest = read_manifest(folder)
    assert manifest is not None
    assert manifest["scenario"]["theories"]["honour"]["text"] == MINE
    assert manifest["scenario"]["theories"]["honour"]["weight"]["value"] == 1.0
    assert "--allow-code" in manifest["command"]


def test_a_theory_that_fails_in_some_world_leaves_nothing_stored(
    sim: Sim, named: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    fakes.put(monkeypatch, _fail_late)
    failed = sim("run", "mine.toml", "--allow-code", "--worlds", "400")
    assert failed.exit_code == 2
    assert failed.stderr.strip() == "mine.py:12: Mine.honour: the term 'due' is not finite"
    assert not [*Path("results").rglob("*.*")]


def test_the_permission_ends_with_the_statements_it_is_given_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv(ALLOW_CODE, raising=False)
    with allowing_code(False):
        assert not code_is_allowed()
    with allowing_code():
        with allowing_code():
            assert code_is_allowed()
        assert code_is_allowed()
    assert ALLOW_CODE not in os.environ


def _fail_late(scenario: Scenario, first: int, count: int) -> History:
    if first >= 100:
        raise TheoryError("mine.py", 12, "Mine.honour", "the term 'due' is not finite")
    return fakes.simulate(scenario, first, count)
