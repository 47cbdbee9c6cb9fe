"""A complete scenario is read as it is written."""

from __future__ import annotations

from datetime import date

from sim.scenario.schema.scenario import Scenario
from tests.scenario.folder import Folder


def test_it_has_the_name_of_its_file(folder: Folder) -> None:
    assert folder.load().name == "whole"


def test_its_actors_stand_in_the_order_of_the_file(folder: Folder) -> None:
    assert list(folder.load().scenario.actors) == ["aland", "borduria", "syldavia"]


def test_a_number_comes_with_unit_range_source_and_grade(folder: Folder) -> None:
    number = folder.load().scenario.actors["borduria"].capability
    assert (number.value, number.low, number.high) == (0.1, 0.08, 0.12)
    assert (number.unit, number.source, number.grade) == (
        "share",
        ("strength", "judgement"),
        "estimated",
    )


def test_a_single_source_needs_no_list(folder: Folder) -> None:
    assert folder.load().scenario.affinity_range.source == ("votes",)


def test_a_number_without_a_range_is_certain(folder: Folder) -> None:
    actors = folder.load().scenario.actors
    assert actors["aland"].nuclear_warheads.is_fixed
    assert not actors["borduria"].nuclear_warheads.is_fixed


def test_dates_need_no_quotes_and_may_have_them(folder: Folder) -> None:
    folder.with_line("start = 2024-06-19", 'start = "2024-06-19"')
    assert folder.load().scenario.start == date(2024, 6, 19)


def test_what_is_not_said_is_as_the_schema_says(folder: Folder) -> None:
    scenario = folder.load().scenario
    assert scenario.mechanisms.memory
    assert scenario.treaties["pact"].conditional
    assert scenario.ties["borduria"]["aland"].stationed is not None
    assert scenario.ties["syldavia"]["borduria"].stationed is None


def test_the_bibliography_explains_every_source(folder: Folder) -> None:
    loaded = folder.load()
    cited = {source for _, number in loaded.scenario.iter_quantities() for source in number.source}
    assert cited <= loaded.bibliography.keys()
    assert loaded.bibliography["judgement"].note == "Made up, for the tests."


def test_it_survives_being_written_as_json(folder: Folder) -> None:
    scenario = folder.load().scenario
    assert Scenario.model_validate_json(scenario.model_dump_json()) == scenario
