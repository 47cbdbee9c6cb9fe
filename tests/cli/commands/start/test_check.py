from __future__ import annotations

from sim.experiment.storage.manifest import count_grades
from tests.cli.conftest import Sim
from tests.scenario.folder import Folder


def test_a_valid_scenario_is_reported_with_what_it_holds(sim: Sim, folder: Folder) -> None:
    result = sim("check", "whole.toml")
    assert result.exit_code == 0
    scenario = folder.load().scenario
    first, _, rest = result.stdout.partition("\n")
    assert first == f"whole.toml is valid: {scenario.title}"
    words = " ".join(rest.split())
    assert words.startswith(f"{len(scenario.actors)} actors, {len(scenario.treaties)} treaties, ")
    grades = count_grades(scenario)
    assert (
        f"{grades.total} inputs: {grades.measured} measured, {grades.estimated} estimated, "
        f"{grades.judgement} judged (sim sources); {grades.uncertain} are uncertain and drawn "
        "anew for each world."
    ) in words
    assert words.endswith("100 simulated worlds, 24 months from 19 June 2024, seed 7.")


def test_it_can_be_read_at_eighty_columns(sim: Sim) -> None:
    assert max(map(len, sim("check", "whole.toml").stdout.splitlines())) <= 80


def test_settings_are_checked_with_it(sim: Sim) -> None:
    result = sim("check", "whole.toml", "--set", "worlds=1", "--set", "months=1")
    assert "  1 simulated world, 1 month from 19 June 2024, seed 7." in result.stdout.splitlines()


def test_a_setting_that_is_wrong_is_reported(sim: Sim) -> None:
    result = sim("check", "whole.toml", "--set", "worlds")
    assert result.exit_code == 2
    assert result.stderr.startswith("--set worlds: is not of the form key.path=value\n")


def test_a_file_that_is_not_there_is_reported_with_the_nearest(sim: Sim) -> None:
    result = sim("check", "hole.toml")
    assert result.exit_code == 2
    assert result.stderr.startswith("hole.toml: there is no such file\n")
    assert "did you mean 'whole.toml'?" in result.stderr


def test_all_problems_are_reported_at_once(sim: Sim, folder: Folder) -> None:
    folder.write("wrong.toml", 'extends = "whole.toml"\nworlds = 0\nmonth = 3\n')
    result = sim("check", "wrong.toml")
    assert result.exit_code == 2
    assert "wrong.toml:2: worlds: " in result.stderr
    assert "wrong.toml:3: month: unknown key" in result.stderr
    assert result.stdout == ""
