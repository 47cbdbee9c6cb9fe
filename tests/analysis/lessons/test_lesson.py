"""Lessons as files: what they name is there, and what is not is reported where it stands."""

from __future__ import annotations

from pathlib import Path

import pytest

from sim.analysis.lessons.lesson import find_lesson_problems, list_lessons, open_lesson
from sim.analysis.lessons.outcomes import parse_outcome
from sim.errors import RequestError, ScenarioError
from sim.experiment.storage.run_key import canonical_json
from sim.scenario.load import load_scenario
from sim.scenario.schema.lesson import Turn
from tests.analysis.lessons.small import write_pair

NOT_THERE = [
    ('war_corea = "more"', "'war_corea' is not a measure of this scenario", "war_korea"),
    ('"rate:war:corea:dprk" = "more"', "'corea' is not a known rivalry", "korea"),
    ('"rate:war:korea:usa" = "more"', "'usa' is not one of the rivals of korea", ""),
    ('"help:korea:rusia:dprk" = "more"', "'rusia' is not one of the rivals of korea", ""),
    ('"help:korea:dprk:rusia" = "more"', "'rusia' is not an actor beside the two", "russia"),
    ('"help:korea:dprk:rok" = "more"', "'rok' is not an actor beside the two", ""),
    ('"stress:corea:rok@war:russia" = "more"', "'corea' is not a rivalry of this scenario", ""),
    ('"stress:korea:rok@wart:russia" = "more"', "'wart' is not a kind of opening", ""),
    ('"stress:korea:rok@home_soil:russia" = "more"', "there is no war under way on korea", ""),
    ('"stress:korea:rok@war:dprk" = "more"', "'dprk' is not an actor beside the two", ""),
]


def test_a_lesson_is_opened_with_its_base_and_outcomes_in_order(tmp_path: Path) -> None:
    file = write_pair(tmp_path, 'war_korea = "no difference"\n"help:korea:dprk:russia" = "less"')
    lesson = open_lesson(file)
    assert lesson.base.file == tmp_path / "base.toml"
    assert [outcome.name for outcome in lesson.outcomes] == ["war_korea", "help:korea:dprk:russia"]
    assert list(lesson.spec.look_at.values()) == [Turn.SAME, Turn.LESS]


@pytest.mark.parametrize(("line", "message", "nearest"), NOT_THERE)
def test_an_outcome_that_is_not_there_is_reported_on_its_line(
    tmp_path: Path, line: str, message: str, nearest: str
) -> None:
    file = write_pair(tmp_path, f'war_korea = "more"\n{line}')
    with pytest.raises(ScenarioError) as caught:
        open_lesson(file)
    at = file.read_text("utf-8").splitlines().index(line) + 1
    (problem,) = caught.value.problems
    assert (problem.file, problem.line) == (file, at)
    assert message in problem.message
    assert problem.suggestion == nearest or not nearest


def test_a_base_that_is_not_there_is_reported_with_what_is(tmp_path: Path) -> None:
    file = write_pair(tmp_path, 'war_korea = "more"')
    (tmp_path / "base.toml").rename(tmp_path / "bases.toml")
    with pytest.raises(ScenarioError) as caught:
        open_lesson(file)
    (problem,) = caught.value.problems
    assert problem.key == "lesson.base"
    assert (problem.allowed, problem.suggestion) == ("bases", "bases")


def test_a_scenario_cannot_be_its_own_base(tmp_path: Path) -> None:
    file = write_pair(tmp_path, 'war_korea = "more"')
    file.write_text(file.read_text("utf-8").replace('"base"', '"lesson"'), "utf-8")
    with pytest.raises(ScenarioError, match="there is no other scenario"):
        open_lesson(file)


def test_a_file_does_not_take_over_the_lesson_of_what_it_extends(tmp_path: Path) -> None:
    write_pair(tmp_path, 'war_korea = "more"')
    heir = tmp_path / "heir.toml"
    heir.write_text('extends = "lesson.toml"\n', "utf-8")
    assert load_scenario(heir).scenario.lesson is None
    assert find_lesson_problems(load_scenario(heir)) == []
    with pytest.raises(RequestError, match="has no lesson"):
        open_lesson(heir)


def test_a_lesson_affects_no_result(tmp_path: Path) -> None:
    with_lesson = load_scenario(write_pair(tmp_path, 'war_korea = "more"')).scenario
    without = load_scenario(tmp_path / "base.toml").scenario
    assert with_lesson.lesson is not None
    assert canonical_json(with_lesson) == canonical_json(without)


def test_lessons_of_a_folder_and_of_those_in_it_are_found(tmp_path: Path) -> None:
    below = tmp_path / "below"
    below.mkdir()
    files = [write_pair(tmp_path, 'war_korea = "more"'), write_pair(below, 'war_any = "more"')]
    assert list_lessons(tmp_path) == files


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("war_korea", "New war (Korea)"),
        ("rate:challenge:korea:dprk", "DPRK challenges South Korea"),
        ("rate:resist:korea:rok", "South Korea resists a challenge of DPRK"),
        ("rate:climb:korea:dprk", "DPRK escalates against South Korea"),
        ("rate:war:usa_dprk:usa", "United States goes to war with DPRK"),
        ("help:korea:dprk:russia", "Russia would aid DPRK if South Korea attacked"),
        ("stress:korea:rok@war:russia", "Russia aids DPRK if South Korea attacks"),
        ("stress:korea:dprk@force:usa", "United States aids South Korea if DPRK uses force"),
    ],
)
def test_an_outcome_reads_as_a_sentence(tmp_path: Path, name: str, label: str) -> None:
    lesson = open_lesson(write_pair(tmp_path, 'war_any = "more"'))
    assert lesson.label(parse_outcome(name)) == label
