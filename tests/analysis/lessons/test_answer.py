"""What is found at each outcome is the paired difference that its own analysis finds."""

from __future__ import annotations

from math import isnan
from pathlib import Path

import numpy as np
import pytest

from sim.analysis.choices.compare import compare_choices, find_effect
from sim.analysis.lessons.answer import Answer, answer_lesson
from sim.analysis.lessons.differences import OutcomeDifference, compare_outcome
from sim.analysis.lessons.lesson import open_lesson
from sim.analysis.lessons.outcomes import parse_outcome
from sim.analysis.lessons.worlds import ScenarioWorlds, Simulation
from sim.analysis.stress.matrix import compare_stress
from sim.analysis.stress.openings import parse_opening
from sim.analysis.stress.simulate import simulate_stress
from sim.errors import RequestError
from sim.experiment.run import RunOptions
from sim.model.simulate import simulate
from sim.scenario.load import load_scenario
from sim.scenario.schema.lesson import Turn
from sim.statistics.intervals import Interval
from tests.analysis.lessons.small import write_pair

LOOK_AT = """
exercises_pacific = "less"
"rate:challenge:korea:rok" = "more"
"help:korea:dprk:russia" = "less"
"stress:korea:rok@war:russia" = "less"
war_korea = "more"
"""
WITHOUT_PACT = "[treaties.pact_2024]\nconcluded = false\n"
WORLDS = 40


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a lesson on what goes without the pact."""
    folder = tmp_path_factory.mktemp("lessons")
    write_pair(folder, LOOK_AT, lines=WITHOUT_PACT)
    return folder


@pytest.fixture(scope="module")
def answer(folder: Path) -> Answer:
    """The answer in a few worlds."""
    return answer_lesson(open_lesson(folder / "lesson.toml"), _small(folder))


def test_a_measure_differs_as_counted_in_the_same_worlds(folder: Path, answer: Answer) -> None:
    with_, without = (
        simulate(load_scenario(folder / f"{name}.toml").scenario, 0, WORLDS).worlds
        for name in ("lesson", "base")
    )
    difference = answer.findings[0].difference
    expected = with_["exercises_pacific"] - without["exercises_pacific"]
    assert difference.change.value == pytest.approx(expected.mean())
    assert difference.with_ == pytest.approx(with_["exercises_pacific"].mean())
    assert difference.unit == "months"


def test_a_rate_and_expected_help_differ_as_compared_by_themselves(
    folder: Path, answer: Answer
) -> None:
    with_, without = (load_scenario(folder / f"{n}.toml").scenario for n in ("lesson", "base"))
    effects = compare_choices(with_, without, WORLDS, workers=1)
    rate = find_effect(effects, "challenge", "korea", "rok")
    help_ = find_effect(effects, "help", "korea", "russia", "dprk")
    for finding, effect in zip(answer.findings[1:3], (rate, help_), strict=True):
        assert finding.difference.change == pytest.approx(effect.difference)
        assert finding.difference.without == pytest.approx(effect.without.value)
    assert [finding.difference.is_share for finding in answer.findings[1:3]] == [False, True]


def test_a_crisis_differs_as_stressed_by_itself(folder: Path, answer: Answer) -> None:
    with_, without = (load_scenario(folder / f"{n}.toml").scenario for n in ("lesson", "base"))
    opening = parse_opening("korea:rok@war", with_)
    matrices = [simulate_stress(each, [opening], WORLDS, workers=1) for each in (with_, without)]
    (cell,) = (
        cell for cell in matrices[0].cells() if cell[1:] == ("aid", "russia", "attacked", "any")
    )
    difference = answer.findings[3].difference
    assert difference.change == compare_stress(*matrices).difference(cell)
    assert difference.with_ == matrices[0].interval(cell).value


def test_each_finding_says_whether_it_is_as_the_text_expects(answer: Answer) -> None:
    assert answer.findings[0].agrees
    assert answer.findings[0].label.startswith("Months with exercises")
    assert answer.moves
    assert not answer.findings[4].agrees  # no war in Korea in four months, and the text says more
    assert not answer.agrees


def test_worlds_that_are_no_pairs_are_not_compared(tmp_path: Path) -> None:
    file = write_pair(tmp_path, 'war_korea = "more"', base_lines="seed = 8\n")
    message = "seed is 20240619, and 8 in .*base.toml, so that worlds are no pairs"
    with pytest.raises(RequestError, match=message):
        answer_lesson(open_lesson(file), _small(tmp_path))


def test_what_is_defined_in_no_world_is_no_difference(folder: Path) -> None:
    sides = (ScenarioWorlds(folder / f"{n}.toml", _small(folder)) for n in ("lesson", "base"))
    difference = compare_outcome(parse_outcome("honoured_ussr_dprk_1961"), *sides)
    assert isnan(difference.with_)
    assert difference.turn is Turn.SAME


@pytest.mark.parametrize(
    ("share", "without", "change", "turn"),
    [
        (True, 0.2, (0.01, 0.002, 0.018), Turn.MORE),
        (True, 0.2, (-0.01, -0.018, -0.002), Turn.LESS),
        (True, 0.2, (0.01, -0.002, 0.022), Turn.SAME),
        (True, 0.2, (0.004, 0.003, 0.005), Turn.SAME),
        (False, 0.2, (0.004, 0.003, 0.005), Turn.MORE),
        (False, -2.0, (-0.004, -0.005, -0.003), Turn.SAME),
        (False, 0.0, (0.001, 0.0005, 0.002), Turn.MORE),
        (True, 0.2, (0.0, 0.0, 0.0), Turn.SAME),
        (False, 1.0, (np.nan, np.nan, np.nan), Turn.SAME),
    ],
)
def test_a_difference_is_one_where_it_is_clear_and_worth_a_lesson(
    share: bool, without: float, change: tuple[float, float, float], turn: Turn
) -> None:
    outcome = parse_outcome("war_korea")
    difference = OutcomeDifference(
        outcome, share, "any", without + change[0], without, Interval(*change), identical=False
    )
    assert difference.turn is turn


def _small(folder: Path) -> Simulation:
    return Simulation(WORLDS, folder / "results", RunOptions(workers=1))
