"""Simulation of a block of worlds: what is observed, logged and left behind."""

from __future__ import annotations

import gc
import re
from pathlib import Path

import mesa
import pytest

import sim
from sim.model.decision_log import DecisionLog
from sim.model.model import AllianceModel
from sim.model.randomness.streams import RandomStreams
from sim.model.simulate import simulate
from tests.model.compare_histories import same
from tests.worlds import quarrel

SCENARIO = quarrel(months=4)
_BUILDS = re.compile(r"(?<!class )\bAllianceModel\(|\.step\(\)")


def test_the_model_is_observed_on_the_opening_day_and_after_each_month() -> None:
    months = list[tuple[int, int]]()
    simulate(SCENARIO, 0, 5, observe=lambda month, model: months.append((month, now(model))))
    assert months == [(month, month) for month in range(5)]


def now(model: AllianceModel) -> int:
    return model.context.state.month


def test_to_observe_changes_nothing() -> None:
    plain = simulate(SCENARIO, 3, 20)
    observed = simulate(SCENARIO, 3, 20, observe=lambda _, model: model.context.state.count)
    for table in ("worlds", "months", "events"):
        assert same(getattr(plain, table), getattr(observed, table))


def test_what_an_observer_changes_on_the_opening_day_is_simulated() -> None:
    def pacify(month: int, model: AllianceModel) -> None:
        for rivalry in model.context.state.rivalries.values():
            rivalry.onset_chance = 0 * rivalry.onset_chance

    assert simulate(SCENARIO, 0, 50).worlds["disputes"].any()
    assert not simulate(SCENARIO, 0, 50, observe=pacify).worlds["disputes"].any()


def test_every_decision_is_logged_if_a_log_is_passed() -> None:
    log = DecisionLog()
    history = simulate(SCENARIO, 0, 20, log=log)
    assert {decision.month for decision in log.decisions} == {1, 2, 3, 4}
    assert same(history.worlds, simulate(SCENARIO, 0, 20).worlds)


@pytest.mark.parametrize("months", [1, 3])
def test_fewer_months_can_be_simulated(months: int) -> None:
    shorter = simulate(SCENARIO.model_copy(update={"months": months}), 0, 20)
    assert same(simulate(SCENARIO, 0, 20, months=months).worlds, shorter.worlds)


def test_no_month_at_all_gives_the_opening_day() -> None:
    months = list[int]()
    history = simulate(SCENARIO, 0, 5, months=0, observe=lambda month, _: months.append(month))
    assert months == [0]
    assert not history.worlds["war_any"].any()
    assert history.months == {}


def test_other_random_streams_give_other_worlds() -> None:
    streams = RandomStreams(SCENARIO.seed, 100, 20)
    given = simulate(SCENARIO, 0, 20, streams=streams)
    assert same(given.worlds, simulate(SCENARIO, 100, 20).worlds)


def test_no_other_module_of_the_package_steps_a_model_but_those_that_need_its_months() -> None:
    """Crises open in parts of a block, two scenarios go in step, a page shows few at first.

    Mesa's own tools build a model and step it: `mesa_world.py` is one world made for them.
    """
    [package] = sim.__path__
    builders = {
        file.name for file in Path(package).rglob("*.py") if _BUILDS.search(file.read_text("utf-8"))
    }
    assert builders == {
        "simulate.py",
        "crisis_worlds.py",
        "simulation.py",
        "worlds.py",
        "mesa_world.py",
    }


def test_the_model_is_released_even_if_an_observer_fails() -> None:
    def fail(month: int, model: AllianceModel) -> None:
        if month == 2:
            raise ArithmeticError

    gc.collect()
    before = len(mesa.Agent._ids)
    with pytest.raises(ArithmeticError):
        simulate(SCENARIO, 0, 5, observe=fail)
    assert len(mesa.Agent._ids) == before
