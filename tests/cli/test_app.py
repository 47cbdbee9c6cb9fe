from __future__ import annotations

import pytest

import sim as package
from sim.cli.group import INTERRUPTED_MESSAGE
from sim.errors import RequestError, SimError
from tests.cli.conftest import Sim


def test_the_version_is_reported(sim: Sim) -> None:
    result = sim("--version")
    assert (result.exit_code, result.stdout) == (0, f"sim {package.__version__}\n")


def test_help_names_the_commands(sim: Sim) -> None:
    result = sim("--help")
    assert result.exit_code == 0
    for command in ("run", "check", "schema"):
        assert f" {command} " in result.stdout


def test_alone_it_shows_its_help_in_three_groups(sim: Sim) -> None:
    alone, asked = sim(), sim("--help")
    assert alone.exit_code == 0
    assert alone.stdout.split() == asked.stdout.split()
    groups = ["─ Start: ", "─ Explain: ", "─ Research: "]
    places = [alone.stdout.index(group) for group in groups]
    assert places == sorted(places)
    assert "Begin with: sim run pact" in alone.stdout
    assert max(map(len, alone.stdout.splitlines())) <= 80


@pytest.mark.parametrize("words", [(), ("run",), ("validate",), ("report",), ("compare",)])
def test_help_speaks_no_python(sim: Sim, words: tuple[str, ...]) -> None:
    output = sim(*words, "--help").stdout
    assert "bool" not in output
    assert "list[" not in output


def test_a_command_that_is_misspelt_is_guessed(sim: Sim) -> None:
    result = sim("chekk", "whole.toml")
    assert result.exit_code == 2
    assert "No such command 'chekk'. Did you mean 'check'" in result.stderr


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["run"], "Missing argument 'SCENARIO'"),
        (["run", "whole.toml", "--wolds", "3"], "No such option: --wolds"),
        (["run", "whole.toml", "--worlds", "many"], "Invalid value for '--worlds'"),
        (["run", "whole.toml", "--worlds", "0"], "Invalid value for '--worlds'"),
        (["run", "whole.toml", "--worlds", "-5"], "Invalid value for '--worlds'"),
        (["run", "whole.toml", "--months", "0"], "Invalid value for '--months'"),
        (["run", "whole.toml", "--months", "601"], "Invalid value for '--months'"),
        (["run", "whole.toml", "--seed", "-1"], "Invalid value for '--seed'"),
        (["run", "whole.toml", "--workers", "0"], "Invalid value for '--workers'"),
    ],
)
def test_a_command_that_makes_no_sense_is_reported_with_the_option(
    sim: Sim, words: list[str], message: str
) -> None:
    result = sim(*words)
    assert result.exit_code == 2
    assert message in result.stderr
    assert result.stdout == ""


@pytest.mark.parametrize("error", [SimError, RequestError])
def test_what_the_user_can_mend_is_reported_without_a_traceback(
    sim: Sim, monkeypatch: pytest.MonkeyPatch, error: type[SimError]
) -> None:
    def fail(*_: object) -> None:
        raise error("what is wrong\n    what would be right")

    sim("check", "whole.toml")  # so that no module is first imported while the function fails
    monkeypatch.setattr("sim.scenario.load.load_scenario", fail)
    result = sim("check", "whole.toml")
    assert result.exit_code == 2
    assert result.stderr == "what is wrong\n    what would be right\n"
    assert result.stdout == ""


def test_a_stop_is_reported_in_one_line(sim: Sim, monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    sim("check", "whole.toml")  # as above
    monkeypatch.setattr("sim.scenario.load.load_scenario", stop)
    result = sim("check", "whole.toml")
    assert result.exit_code == 130
    assert result.stderr == f"{INTERRUPTED_MESSAGE}\n"


def test_a_fault_of_the_package_keeps_its_traceback(
    sim: Sim, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise ZeroDivisionError

    sim("check", "whole.toml")  # so that no module is first imported while the function fails
    monkeypatch.setattr("sim.scenario.load.load_scenario", fail)
    result = sim("check", "whole.toml")
    assert isinstance(result.exception, ZeroDivisionError)
