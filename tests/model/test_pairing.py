"""World k of a scenario and of its counterfactual are twins, until the difference touches them."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from sim.model.model import AllianceModel
from sim.model.recording.history import History
from sim.model.simulate import simulate
from sim.scenario.joint_occasions import list_new_pacts
from sim.scenario.schema.scenario import Scenario
from tests.model.compare_histories import story
from tests.model.paired_worlds import paired
from tests.worlds import changed, number, quarrel, real, tangle

WITHOUT = {"treaties__pact__concluded": False}


@cache
def twins() -> tuple[History, History]:
    """A tangle of quarrels with the pact, and without."""
    return paired(tangle(treaties__pact__theatres=("feud",)), 100, **WITHOUT)


def test_the_first_difference_between_twins_is_in_the_quarrel_that_the_treaty_touches() -> None:
    parted = _first_differences(*twins())
    assert len(parted) > 20
    subjects = [{event[4] for event in pair if event} for pair in parted]
    assert all(subject & {"feud", "pact"} for subject in subjects)


def test_twins_that_have_not_diverged_yet_are_alike_in_every_month() -> None:
    pact, without = twins()
    months = np.array([_divergence_month(pact, without, world) for world in range(100)])
    until = np.repeat(months, 18) > np.tile(np.arange(1, 19), 100)
    assert until.mean() > 0.3
    for name in pact.months:
        if "pact" not in name:
            one, other = pact.months[name][until], without.months[name][until]
            assert np.array_equal(one, other, equal_nan=one.dtype.kind == "f"), name


def test_a_treaty_that_nobody_can_invoke_makes_no_twins_diverge() -> None:
    elsewhere = {"treaties__pact__theatres": ("grudge",), "mechanisms__chain_ganging": False}
    pact, without = paired(tangle(**elsewhere, months=12), 50, **WITHOUT)
    assert not _first_differences(pact, without)


def test_twins_need_fewer_worlds_than_strangers() -> None:
    pact, without = paired(quarrel(months=12), 4000, **WITHOUT)
    shares = {name: _spread_left(pact, without, name) for name in ("disputes", "force_feud")}
    assert min(shares.values()) < 0.8, shares


@pytest.mark.slow
def test_the_pact_and_its_counterfactual_are_twins_until_the_pact_touches_them() -> None:
    scenario, without = real("pact"), real("no_pact")
    pair = simulate(scenario, 0, 300), simulate(without, 0, 300)
    parted = _first_differences(*pair)
    assert len(parted) > 100
    assert all(_touched(scenario, "pact_2024", first) for first in parted)
    shares = {name: _spread_left(*pair, name) for name in ("disputes", "peace_ukraine")}
    assert min(shares.values()) < 0.5, shares


# -- assumptions ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("scenario", "twin"),
    [
        (real("pact"), real("no_pact")),
        (quarrel(), quarrel(treaties__pact__concluded=False)),
        (quarrel(), quarrel(treaties={}, months=3, mechanisms__memory=False)),
    ],
    ids=["pact", "quarrel", "no treaties"],
)
def test_twins_assume_the_same_numbers(scenario: Scenario, twin: Scenario) -> None:
    first, second = _assumed(scenario), _assumed(twin)
    assert len(first) > 50
    for name in first:
        assert np.array_equal(first[name], second[name]), name


def test_a_number_changed_leaves_what_is_assumed_of_all_others() -> None:
    scenario = quarrel()
    first, second = _assumed(scenario), _assumed(changed(scenario, rules__honour__busy=2.0))
    differing = {name for name in first if not np.array_equal(first[name], second[name])}
    assert differing == {"honour.busy"}


def test_a_number_whose_range_is_moved_keeps_its_place_in_it_world_by_world() -> None:
    low, high = (quarrel(rules__honour__busy=number(1 + up, up, 2 + up)) for up in (0.0, 1.0))
    costs = [_assumed(scenario)["honour.busy"] for scenario in (low, high)]
    assert costs[1] == pytest.approx(costs[0] + 1)


def test_two_numbers_of_the_same_range_are_drawn_each_for_itself() -> None:
    same = {"rules__honour__busy": number(1, 0, 2), "rules__honour__payment": number(1, 0, 2)}
    worlds = _assumed(quarrel(**same), 4000)
    drawn = worlds["honour.busy"], worlds["honour.payment"]
    assert abs(np.corrcoef(*drawn)[0, 1]) < 4 / np.sqrt(4000)


def _assumed(scenario: Scenario, worlds: int = 100) -> dict[str, NDArray[Any]]:
    """Return every number that worlds assume on the day the scenario opens."""
    block = AllianceModel(scenario, 0, worlds)
    block.close()
    state = block.context.state
    apart = ("answers", "theories")
    groups = {name: rules for name, rules in vars(state.rules).items() if name not in apart}
    numbers = {
        f"{group}.{name}": vector
        for group, rules in (groups | state.rules.answers | state.rules.theories).items()
        for name, vector in vars(rules).items()
    }
    held = ("capability", "nuclear", "reach", "worth")
    numbers |= {name: getattr(state, name) for name in held}
    for code, rivalry in state.rivalries.items():
        for name in ("onset_chance", "stake", "reciprocation"):
            numbers[f"{code}.{name}"] = getattr(rivalry, name)
        numbers |= {f"{code}.front": rivalry.war.front, f"{code}.weary": rivalry.war.weariness}
    return numbers | {"affinity": state.memory.affinity}


# -- twins ------------------------------------------------------------------------------------

Pair = tuple[Any, ...]


def _first_differences(first: History, second: History) -> list[Pair]:
    """Return the first events in which twins differ, world by world."""
    differences = (_first_difference(first, second, world) for world in first.worlds["world"])
    return [pair for pair in differences if pair]


def _first_difference(first: History, second: History, world: int) -> Pair:
    stories = story(first.events, world), story(second.events, world)
    for event, twin_event in zip([*stories[0], None], [*stories[1], None], strict=False):
        if event != twin_event:
            return event, twin_event
    return ()


def _divergence_month(first: History, second: History, world: int) -> int:
    """Return the month in which twins diverge; a very late one if they never do."""
    pair = [event for event in _first_difference(first, second, world) if event]
    return min([event[0] for event in pair], default=10**6)


def _touched(scenario: Scenario, treaty: str, pair: Pair) -> bool:
    """Whether one of two events is about something in which a party of the treaty has a part."""
    parties = {*scenario.treaties[treaty].parties}
    return any(parties & _named(scenario, event[4]) for event in pair if event)


def _named(scenario: Scenario, subject: str) -> set[str]:
    """Return all words in whatever has that code: a quarrel, a treaty, a bloc, a later pact."""
    if signed := list_new_pacts(scenario.actors).get(subject):
        return {*signed}
    tables = [table for table in scenario.model_dump().values() if isinstance(table, dict)]
    return {word for table in tables for word in _words(table.get(subject))}


def _words(part: Any) -> set[str]:
    if isinstance(part, dict):
        return {*part} | {word for value in part.values() for word in _words(value)}
    if isinstance(part, tuple):
        return {word for value in part for word in _words(value)}
    return {part} if isinstance(part, str) else set()


def _spread_left(history: History, twin: History, measure: str) -> float:
    """Return the variance of the difference between twins, as a share of that between strangers."""
    first, second = (table.worlds[measure].astype(float) for table in (history, twin))
    return float((first - second).var() / (first.var() + second.var()))
