"""Scenarios found by name: here first, then among those installed."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from sim.errors import ScenarioError
from sim.scenario.files import lookup
from sim.scenario.files.catalogue import list_catalogue
from sim.scenario.files.lookup import (
    find_installed_folder,
    find_scenario,
    list_names,
    list_scenarios,
    locate_scenario,
    name_scenario,
)
from sim.scenario.load import load_scenario
from tests.scenario.folder import Folder
from tests.worlds import SCENARIOS


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Folder:
    """An empty working folder."""
    monkeypatch.chdir(tmp_path)
    return Folder(tmp_path)


@pytest.mark.parametrize("name", ["pact", "pact.toml", "scenarios/pact.toml", "scenarios/pact"])
def test_in_an_empty_folder_a_name_finds_what_is_installed(desk: Folder, name: str) -> None:
    assert find_scenario(Path(name)) == SCENARIOS / "pact.toml"
    assert load_scenario(Path(name)).scenario.title == "The pact"


def test_a_name_may_have_a_folder(desk: Folder) -> None:
    assert find_scenario(Path("theory/umbrella")) == SCENARIOS / "theory/umbrella.toml"


def test_the_working_folder_goes_before_its_scenarios_and_they_before_those_installed(
    desk: Folder,
) -> None:
    below = desk.write("scenarios/pact.toml", "")
    assert find_scenario(Path("pact")) == below.relative_to(desk.path)
    here = desk.write("pact.toml", "")
    assert find_scenario(Path("pact")) == here.relative_to(desk.path)


def test_a_file_without_the_ending_is_itself(desk: Folder) -> None:
    desk.write("notes", "")
    assert find_scenario(Path("notes")) == Path("notes")


@pytest.mark.parametrize("name", ["", ".", "nothing", "a\0b", "x" * 5000])
def test_what_is_no_scenario_is_not_found(desk: Folder, name: str) -> None:
    assert find_scenario(Path(name)) is None


def test_a_file_extends_a_name_from_anywhere(desk: Folder) -> None:
    desk.write("elsewhere/mine.toml", 'extends = "pact"\ntitle = "Mine"\n')
    loaded = load_scenario(Path("elsewhere/mine"))
    assert (loaded.name, loaded.scenario.title) == ("mine", "Mine")
    assert loaded.scenario.rules == load_scenario(Path("pact")).scenario.rules


def test_a_file_beside_it_goes_before_the_installed_one(desk: Folder) -> None:
    desk.write("deep/base.toml", 'extends = "pact"\ntitle = "Base"\n')
    desk.write("deep/mine.toml", 'extends = "base"\n')
    assert load_scenario(Path("deep/mine.toml")).scenario.title == "Base"


def test_what_stands_in_the_working_folder_does_not_change_what_a_file_elsewhere_extends(
    desk: Folder,
) -> None:
    desk.write("no_pact.toml", 'extends = "pact"\ntitle = "Not this"\n')
    desk.write("deep/mine.toml", 'extends = "no_pact"\n')
    assert load_scenario(Path("deep/mine.toml")).scenario.title == "No pact"


def test_a_file_extends_the_installed_one_of_its_own_name(desk: Folder) -> None:
    desk.write("pact.toml", 'extends = "pact"\ntitle = "My pact"\n')
    assert load_scenario(Path("pact")).scenario.title == "My pact"


def test_a_wheel_carries_the_scenarios_inside_the_package(
    desk: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = desk.path / "site" / "sim"
    monkeypatch.setattr(lookup, "__file__", str(package / "scenario" / "files" / "lookup.py"))
    assert find_installed_folder() == desk.path / "site" / "scenarios"
    shutil.copytree(SCENARIOS, package / "scenarios")
    assert find_installed_folder() == package / "scenarios"
    assert load_scenario(Path("no_pact")).file == package / "scenarios" / "no_pact.toml"


class TestNames:
    """What a scenario is called."""

    def test_the_shortest_name_that_finds_a_file(self, desk: Folder) -> None:
        assert name_scenario(SCENARIOS / "pact.toml") == "pact"
        assert name_scenario(SCENARIOS / "theory/umbrella.toml") == "theory/umbrella"

    def test_a_path_where_the_name_finds_another(self, desk: Folder) -> None:
        desk.write("pact.toml", "")
        assert name_scenario(SCENARIOS / "pact.toml") == "scenarios/pact"

    def test_a_path_where_no_name_finds_it(self, desk: Folder) -> None:
        file = desk.write("a.toml", "").rename(desk.path / "a.txt")
        assert name_scenario(file) == str(file)

    def test_names_here_come_first_and_each_once(self, desk: Folder) -> None:
        desk.write("zebra.toml", "")
        desk.write("scenarios/pact.toml", "")
        names = list_names()
        assert names[:2] == ["zebra", "pact"]
        assert names.count("pact") == 1


class TestCatalogue:
    """The list of scenarios."""

    def test_it_has_title_and_question_of_what_is_here_and_of_what_is_installed(
        self, desk: Folder
    ) -> None:
        desk.write("mine.toml", 'extends = "pact"\ntitle = "Mine"\n')
        desk.write("bare.toml", 'extends = "pact"\n')
        entries = list_catalogue()
        here = [entry for entry in entries if not entry.installed]
        installed = [entry for entry in entries if entry.installed]
        assert [(entry.name, entry.title) for entry in here] == [("bare", ""), ("mine", "Mine")]
        [pact] = [entry for entry in installed if entry.name == "pact"]
        assert pact.question.startswith("Who is safer for the treaty")

    def test_what_is_no_scenario_is_left_out(self, desk: Folder) -> None:
        desk.write("pyproject.toml", '[project]\nname = "x"\n')
        desk.write("broken.toml", "title = \n")
        assert all(entry.installed for entry in list_catalogue())

    def test_a_group_is_a_folder_below(self, desk: Folder) -> None:
        names = [entry.name for entry in list_catalogue("theory")]
        assert "theory/umbrella" in names
        assert all(name.startswith("theory/") for name in names)
        assert list_catalogue("nothing") == []

    def test_in_a_checkout_its_scenarios_are_those_installed(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.chdir(SCENARIOS.parent)
        assert all(entry.installed for entry in list_catalogue())


class TestMessages:
    """One message that says what to name instead."""

    def refusal(self, name: str) -> str:
        with pytest.raises(ScenarioError) as refused:
            load_scenario(Path(name))
        return str(refused.value)

    def test_a_name_that_is_misspelt(self, desk: Folder) -> None:
        assert self.refusal("pakt") == (
            "pakt: there is no scenario of that name\n"
            "    allowed: a file, or a name that sim scenarios lists; did you mean 'pact'?"
        )
        assert self.refusal("theory/umbrela").endswith("did you mean 'theory/umbrella'?")

    def test_a_name_unlike_any(self, desk: Folder) -> None:
        assert self.refusal("qqq").endswith("a name that sim scenarios lists")

    def test_a_file_that_is_not_there(self, desk: Folder) -> None:
        message = self.refusal("pakt.toml")
        assert message.startswith("pakt.toml: there is no such file\n    allowed: ceasefire, ")
        assert message.endswith("did you mean 'pact'?")

    def test_a_name_to_extend_that_is_misspelt(self, desk: Folder) -> None:
        desk.write("mine.toml", 'extends = "pakt"\n')
        assert self.refusal("mine") == (
            "mine.toml:1: extends: there is no file 'pakt'\n"
            "    allowed: mine.toml; did you mean 'pact'?"
        )

    def test_a_folder_is_offered_the_scenarios_in_it(self, desk: Folder) -> None:
        desk.write("cases/a.toml", "")
        assert self.refusal("cases") == (
            "cases: is a folder; name a scenario in it\n    allowed: cases/a.toml"
        )

    def test_a_folder_of_results(self, desk: Folder) -> None:
        desk.write("pact-0123abcd/manifest.json", "{}")
        assert self.refusal("pact-0123abcd") == (
            "pact-0123abcd: is a folder, and not a scenario\n"
            "    allowed: a scenario; sim compare, tell and report read results"
        )

    def test_a_path_is_left_to_the_reader_of_files(self, desk: Folder) -> None:
        assert locate_scenario(Path("gone.toml")) == Path("gone.toml")


def test_the_file_of_a_package_is_not_offered_as_a_scenario(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").touch()
    assert list_scenarios(tmp_path) == []
