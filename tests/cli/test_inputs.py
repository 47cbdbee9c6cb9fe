"""Commands that read results take a scenario by name, and simulate it unless it was before."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Sim


def test_a_scenario_is_simulated_first_and_only_once(sim: Sim) -> None:
    assert sim("export", "whole", "first.tar.gz").exit_code == 0
    [folder] = Path("results").glob("whole-*")
    written = (folder / "manifest.json").stat().st_mtime_ns
    assert sim("export", "whole", "second.tar.gz").exit_code == 0
    assert sim("export", folder.name[:8], "third.tar.gz").exit_code == 0
    assert [path.name for path in Path("results").glob("whole-*")] == [folder.name]
    assert (folder / "manifest.json").stat().st_mtime_ns == written


def test_of_a_sweep_with_more_points_than_stand_side_by_side_all_are_read(sim: Sim) -> None:
    vary = "rules.honour.reputation=0.6:1.2:13"
    sim("sweep", "whole", "--vary", vary, "--worlds", "10", "--quiet")
    result = sim("export", "whole-sweep", "x.tar.gz")
    assert result.stderr == ""


@pytest.mark.parametrize("command", [("report",), ("plot",), ("tell", "--pick", "war"), ("rerun",)])
def test_a_name_that_is_misspelt_is_answered_alike(sim: Sim, command: tuple[str, ...]) -> None:
    result = sim(*command, "whoel")
    assert result.exit_code == 2
    assert result.stderr == (
        "whoel: there is no scenario and no results folder of that name\n"
        "    did you mean 'whole'?\n"
        "    sim scenarios lists scenarios, sim results lists results\n"
    )


def test_results_are_named_by_the_beginning_of_their_folder(sim: Sim) -> None:
    folder = sim("run", "whole", "--worlds", "50", "--quiet").stdout.strip()
    result = sim("rerun", "whole-")
    assert (result.exit_code, result.stdout) == (
        0,
        f"{folder}: simulated again, and identical to the last byte\n",
    )


@pytest.mark.parametrize(
    ("name", "message"),
    [
        (".", ".: is a folder; name a scenario in it\n    allowed: sources.toml, whole.toml\n"),
        ("whloe", "whloe: there is no scenario of that name\n"),
    ],
)
def test_what_is_no_scenario_is_answered_by_every_command_alike(
    sim: Sim, name: str, message: str
) -> None:
    for command in (("run",), ("sweep",), ("check",), ("sources",), ("landscape",)):
        result = sim(*command, name)
        assert result.exit_code == 2
        assert result.stderr.startswith(message)
