"""Switching a mechanism off changes only what lies downstream of it, bit for bit."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from sim.model.recording.history import Columns, History
from sim.model.simulate import simulate
from sim.scenario.schema.scenario import Mechanisms, Scenario
from tests.model.compare_histories import same, same_history, story
from tests.model.institutions.downstream import (
    ABSENT,
    DOWNSTREAM,
    PHASES,
    Downstream,
    closed,
    lacking,
    off,
)
from tests.model.institutions.market import market
from tests.model.paired_worlds import paired
from tests.worlds import changed, number, quarrel, real, tangle

JOINERS = {
    f"rules__answers__since_1946__{standing}__open_war": 0.0
    for standing in ("neighbour", "major_power", "bystander")
}
EAGER: dict[str, Any] = JOINERS | {
    "rules__escalate__war_given_force": 0.5,
    "rules__technology__willing": -2.0,
    "rules__balancing__arms_threat": -1.0,
    "rules__balancing__arms_act": -1.0,
    "rules__restraint__backlash": 0.1,
    "rules__answers__since_1946__aid_due_two__open_war": 1.0,
    "rules__honour__delay": 0.0,
    "treaties__shield__conditional": False,
    "exchanges__gifts__disclosed": False,
    "actors__buyer__output_ceiling": number(3.0, 1.5, 4.0),
    "actors__seller__output_ceiling": number(3.0, 1.5, 4.0),
    "months": 10,
}
"""A market in which every event happens occasionally within a few months."""

EAGER_WORLDS = 600


# -- closed channels --------------------------------------------------------------------------


@pytest.mark.parametrize("mechanism", DOWNSTREAM)
def test_with_its_channels_closed_a_mechanism_touches_nothing_but_its_own(mechanism: str) -> None:
    _touches_only_its_own(market(**EAGER), mechanism, 200)


@pytest.mark.slow
@pytest.mark.parametrize("mechanism", DOWNSTREAM)
def test_so_it_is_in_the_real_scenario(mechanism: str) -> None:
    _touches_only_its_own(changed(real("pact"), months=24), mechanism, 200)


@pytest.mark.parametrize(
    "mechanism", [m for m, downstream in DOWNSTREAM.items() if not downstream.columns]
)
def test_with_its_channels_open_it_moves_something(mechanism: str) -> None:
    assert not same(_eager().events, _eager(mechanism).events)


@pytest.mark.parametrize("mechanism", [m for m, case in DOWNSTREAM.items() if case.columns])
def test_what_is_called_its_own_is_moved_by_it(mechanism: str) -> None:
    downstream, on, without = DOWNSTREAM[mechanism], _eager(), _eager(mechanism)
    differing = {*_differing(on.worlds, without.worlds), *_differing(on.months, without.months)}
    for column in downstream.columns:
        assert any(name.startswith(f"{column}_") for name in differing), column
    for event in downstream.events:
        assert not same(_only(on.events, event), _only(without.events, event)), event


# -- where it is seen first -------------------------------------------------------------------


@pytest.mark.parametrize(
    "mechanism", [m for m, downstream in DOWNSTREAM.items() if downstream.first]
)
def test_a_world_differs_first_where_the_mechanism_works(mechanism: str) -> None:
    _differs_first_in_its_phases(_eager(), _eager(mechanism), mechanism)


@pytest.mark.slow
@pytest.mark.parametrize(
    "mechanism",  # no treaty of the real scenario binds in any war, so none is a moral hazard
    [m for m, downstream in DOWNSTREAM.items() if downstream.first and m != "moral_hazard"],
)
def test_a_world_of_the_real_scenario_does_too(mechanism: str) -> None:
    pact = changed(real("pact"), months=24, **JOINERS)
    _differs_first_in_its_phases(*paired(pact, 300, **off(mechanism)), mechanism)


# -- nothing to work on -----------------------------------------------------------------------


@pytest.mark.parametrize("mechanism", ABSENT)
def test_a_mechanism_with_nothing_to_work_on_changes_nothing(mechanism: str) -> None:
    eager = market(**EAGER)
    bare = changed(eager, **lacking(eager, mechanism))
    assert same_history(*paired(bare, 100, **off(mechanism)))


@pytest.mark.parametrize("scenario", [quarrel(), tangle()], ids=["quarrel", "tangle"])
def test_where_nothing_is_arranged_no_such_mechanism_changes_anything(scenario: Scenario) -> None:
    switched = {switch: False for mechanism in ABSENT for switch in off(mechanism)}
    assert same_history(*paired(scenario, 200, **switched))


@pytest.mark.slow
@pytest.mark.parametrize("mechanism", ABSENT)
def test_so_it_is_in_the_real_scenario_without_them(mechanism: str) -> None:
    pact = real("pact")
    bare = changed(pact, months=18, headlines=("war_any",), **lacking(pact, mechanism))
    assert same_history(*paired(bare, 50, **off(mechanism)))


# -- who fights -------------------------------------------------------------------------------

CALLED = ("called", "helps", "sends", "honoured", "reneged")


def test_where_nobody_is_called_mutual_defence_changes_nothing() -> None:
    _changes_nothing_without("mutual_defence", CALLED)


def test_where_nobody_enters_a_war_of_others_chain_ganging_changes_nothing() -> None:
    _changes_nothing_without("chain_ganging", ("sends", "joins"))


def test_no_mechanism_is_left_out() -> None:
    elsewhere = {"mutual_defence", "chain_ganging", "soldiers_gate"}  # here, and of soldiers
    elsewhere |= {"treaties_move", "governments_change"}  # test_treaties_move, test_governments
    assert {*DOWNSTREAM, *elsewhere} == {*Mechanisms.model_fields}


def test_the_phases_name_every_monthly_column_and_every_event() -> None:
    columns = {name for columns, _ in PHASES.values() for name in columns}
    recorded = {name.split("_")[0] for name in _eager().months} - {"world", "month", "binding"}
    assert recorded <= columns
    assert {*_eager().events["event"]} <= {name for _, events in PHASES.values() for name in events}


# -- helpers ----------------------------------------------------------------------------------


def _touches_only_its_own(scenario: Scenario, mechanism: str, worlds: int) -> None:
    downstream = DOWNSTREAM[mechanism]
    shut = changed(scenario, **closed(scenario, mechanism))
    on, without = paired(shut, worlds, **off(mechanism))
    for table, other in ((on.worlds, without.worlds), (on.months, without.months)):
        foreign = [name for name in _differing(table, other) if not _own(downstream, name)]
        assert not foreign
    for event in {*on.events["event"], *without.events["event"]} - {*downstream.events}:
        assert same(_only(on.events, event), _only(without.events, event)), event


@cache
def _eager(without: str = "") -> History:
    """Return the history of the eager market, with all mechanisms or without one."""
    return simulate(market(**EAGER | (off(without) if without else {})), 0, EAGER_WORLDS)


def _differs_first_in_its_phases(on: History, without: History, mechanism: str) -> None:
    worlds = len(on.worlds["world"])
    where = {name: _unlike(on.months[name], without.months[name], worlds) for name in on.months}
    where |= dict(_events_unlike(on, without, worlds))
    every = np.any([*where.values()], axis=0)
    first = every & (every.cumsum(axis=1) == 1)
    assert first.any()
    seen = {name for name, unlike in where.items() if (unlike & first).any()}
    phases = [PHASES[phase] for phase in DOWNSTREAM[mechanism].first]
    columns = tuple(f"{column}_" for shown, _ in phases for column in shown)
    events = {f"event {event}" for _, shown in phases for event in shown}
    assert {name for name in seen if not name.startswith(columns)} <= events


def _changes_nothing_without(mechanism: str, events: tuple[str, ...]) -> None:
    on, without = _eager(), _eager(mechanism)
    bitten = {*on.events["world"][np.isin(on.events["event"].astype(str), events)]}
    spared = [world for world in range(EAGER_WORLDS) if world not in bitten]
    assert 20 < len(spared) < EAGER_WORLDS - 20
    for world in spared[:50]:
        assert story(on.events, world) == story(without.events, world), world
    untouched = np.isin(on.months["world"], spared)
    for name, column in on.months.items():
        assert same({name: column[untouched]}, {name: without.months[name][untouched]}), name


def _own(downstream: Downstream, name: str) -> bool:
    return name.startswith(tuple(f"{column}_" for column in downstream.columns))


def _differing(first: Columns, second: Columns) -> list[str]:
    assert [*first] == [*second]
    return [name for name in first if not same({name: first[name]}, {name: second[name]})]


def _only(events: Columns, event: str) -> Columns:
    rows = events["event"] == event
    return {name: column[rows] for name, column in events.items()}


def _unlike(first: NDArray[Any], second: NDArray[Any], worlds: int) -> NDArray[np.bool_]:
    """Return where two monthly columns are unlike, (world, month)."""
    floats = first.dtype.kind == "f"
    alike = (first == second) | (np.isnan(first) & np.isnan(second) if floats else False)
    return ~alike.reshape(worlds, -1)


def _events_unlike(
    first: History, second: History, worlds: int
) -> Iterator[tuple[str, NDArray[np.bool_]]]:
    """Yield for every kind of event where the two tell of it unlike, (world, month)."""
    months = len(first.months["month"]) // worlds
    for event in {*first.events["event"], *second.events["event"]}:
        unlike = np.zeros((worlds, months), dtype=bool)
        rows = (_rows(_only(history.events, event)) for history in (first, second))
        for world, month, *_ in set.symmetric_difference(*rows):
            unlike[world, month - 1] = True
        yield f"event {event}", unlike


def _rows(events: Columns) -> set[tuple[Any, ...]]:
    return {*zip(*(column.tolist() for column in events.values()), strict=True)}
