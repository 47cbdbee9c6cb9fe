from __future__ import annotations

from pathlib import Path

import pytest

from sim.analysis.sensitivity import levers
from sim.analysis.sensitivity.levers import Levers, count_worlds, screen_levers, select_measures
from sim.errors import RequestError
from sim.scenario.schema.scenario import Scenario
from tests.analysis import variance_engine
from tests.scenario.folder import Folder
from tests.worlds import quarrel


@pytest.fixture
def scenario(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Scenario:
    variance_engine.put(monkeypatch)
    monkeypatch.setattr(levers, "list_measures", variance_engine.measures)
    return Folder.at(tmp_path).load().scenario


@pytest.fixture
def screened(scenario: Scenario) -> Levers:
    return screen_levers(scenario, select_measures(scenario), 200)


def test_planted_effects_are_found_the_strongest_first(screened: Levers) -> None:
    keys = [lever.key for lever in screened.moving]
    assert keys == [variance_engine.STRONG, variance_engine.WEAK]
    for lever, effect in zip(screened.moving, (3, 1), strict=True):
        level = next(found for found in lever.effects if found.measure.name == "level")
        assert level.difference.value == pytest.approx(effect)
        assert level.high - level.low == pytest.approx(effect)
        assert level.sure


def test_all_other_numbers_are_idle_to_the_last_world(screened: Levers) -> None:
    assert variance_engine.IDLE in {lever.key for lever in screened.idle}
    assert len(screened.idle) == len(screened.levers) - 2
    assert all(not lever.effects for lever in screened.idle)


def test_a_number_that_changes_few_worlds_is_neither_idle_nor_sure(
    scenario: Scenario, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(variance_engine, "HIGH", 4.7)
    screened = screen_levers(scenario, select_measures(scenario, ["high"]), 200)
    assert not screened.moving
    assert variance_engine.WEAK in {lever.key for lever in screened.unsure}
    (effect,) = screened.unsure[0].effects
    assert not effect.sure


def test_a_conditional_measure_is_moved_by_its_driver_and_not_by_its_condition(
    scenario: Scenario,
) -> None:
    screened = screen_levers(scenario, select_measures(scenario, ["kept"]), 500)
    assert [lever.key for lever in screened.moving] == [variance_engine.WEAK]
    [effect] = screened.moving[0].effects
    assert (effect.low, effect.high) == (0, 1)
    strong = next(lever for lever in screened.levers if lever.key == variance_engine.STRONG)
    assert strong.differing_worlds > 0
    assert not strong.moves


def test_an_amount_that_some_worlds_define_is_compared_over_them(scenario: Scenario) -> None:
    screened = screen_levers(scenario, select_measures(scenario, ["some"]), 1000)
    weak = next(lever for lever in screened.levers if lever.key == variance_engine.WEAK)
    assert weak.effects[0].low > variance_engine.HIGH
    assert weak.effects[0].difference.value > 0


def test_without_names_all_measures_are_compared(scenario: Scenario) -> None:
    assert select_measures(scenario) == variance_engine.MEASURES


def test_a_scenario_without_uncertain_numbers_has_no_levers(
    scenario: Scenario, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(levers, "uncertain_parameters", lambda _: {})
    with pytest.raises(RequestError, match="no number of this scenario is uncertain"):
        screen_levers(scenario, select_measures(scenario), 20)


def test_the_number_of_worlds_is_known_beforehand(scenario: Scenario, screened: Levers) -> None:
    assert count_worlds(scenario, 200) == 400 * len(screened.levers)


def test_results_do_not_depend_on_the_number_of_workers() -> None:
    scenario = quarrel().model_copy(update={"months": 3})
    measures = select_measures(scenario)
    alone, together = (screen_levers(scenario, measures, 40, workers=n) for n in (1, 2))
    assert alone == together


def test_a_number_s_effect_does_not_depend_on_the_measures_beside_it(scenario: Scenario) -> None:
    level, all_measures = select_measures(scenario, ["level"]), select_measures(scenario)
    ends = [
        [(effect.low, effect.high) for effect in screen_levers(scenario, m, 60).levers[0].effects]
        for m in (level, all_measures)
    ]
    assert ends[0][0] in ends[1]
