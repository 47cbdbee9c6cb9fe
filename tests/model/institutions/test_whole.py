"""With all institutions, a world is the same in any block, with an idle actor, by any name."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from sim.model.randomness import streams
from sim.model.recording.history import Columns, History
from sim.model.simulate import simulate
from sim.scenario.schema.scenario import Scenario
from tests.model.compare_histories import FATES, joined, same, same_history
from tests.model.institutions.market import ARRANGED, market
from tests.worlds import actor, real, still

WORLDS = 40
cuts = st.sets(st.integers(1, WORLDS - 1), max_size=3).map(lambda at: [0, *sorted(at), WORLDS])

Key = Callable[..., NDArray[np.uint64]]


# -- blocks -----------------------------------------------------------------------------------


@given(cuts)
@settings(max_examples=3, deadline=None)
def test_worlds_split_into_blocks_of_any_size_are_the_same_bit_for_bit(at: list[int]) -> None:
    parts = [simulate(market(), first, last - first) for first, last in pairwise(at)]
    assert same_history(joined(parts), _market())


def test_a_world_alone_is_the_world_among_others() -> None:
    for world in range(0, WORLDS, 13):
        assert same_history(simulate(market(), world, 1), _part(_market(), world, 1))


@pytest.mark.slow
def test_so_it_is_in_the_real_scenario() -> None:
    pact = real("pact")
    block = simulate(pact, 0, 500)
    for world in (0, 3, 250, 499):
        assert same_history(simulate(pact, world, 1), _part(block, world, 1))
    for first, count in ((1, 2), (5, 7), (130, 64), (243, 257)):
        assert same_history(simulate(pact, first, count), _part(block, first, count))


# -- idle actors ------------------------------------------------------------------------------


@pytest.mark.parametrize("place", [0, 3, 6])
def test_an_idle_actor_changes_nothing(place: int) -> None:
    _changes_nothing(market(), _market(), WORLDS, place)


@pytest.mark.slow
@pytest.mark.parametrize("place", [0, 8])
def test_an_idle_actor_changes_nothing_in_the_real_scenario(place: int) -> None:
    pact = still("pact")  # even an idle actor may sign
    _changes_nothing(pact, simulate(pact, 0, 200), 200, place)


# -- names and places -------------------------------------------------------------------------


def test_actors_under_other_names_have_the_same_histories(monkeypatch: pytest.MonkeyPatch) -> None:
    scenario, original = market(), streams.philox_key
    new = {code: f"q{place}" for place, code in enumerate(scenario.actors)}
    old = {name: code for code, name in new.items()}

    def translated(seed: int, *names: str) -> streams.PhiloxKey:
        return original(seed, *(".".join(old.get(p, p) for p in name.split(".")) for name in names))

    monkeypatch.setattr(streams, "philox_key", translated)
    tree = scenario.model_dump()
    renamed = _renamed(tree, new) | {"rules": tree["rules"]}  # in which nobody is named
    after = simulate(Scenario.model_validate(renamed), 0, WORLDS)
    assert {*after.events["actor"]} - {""} <= {*old}
    for name, column in _market().events.items():
        assert [old.get(word, word) for word in after.events[name].tolist()] == column.tolist()
    for table in ("worlds", "months"):
        mine, theirs = (getattr(history, table).values() for history in (_market(), after))
        assert [column.tobytes() for column in mine] == [column.tobytes() for column in theirs]


@pytest.mark.parametrize("table", ["actors", "rivalries", "treaties", *ARRANGED])
def test_the_order_of_a_file_does_not_matter(table: str) -> None:
    tree = market().model_dump()
    tree[table] = dict(reversed(tree[table].items()))
    turned = simulate(Scenario.model_validate(tree), 0, WORLDS)
    for mine, theirs in ((_market().worlds, turned.worlds), (_market().months, turned.months)):
        for name, column in mine.items():
            assert column == pytest.approx(theirs[name], rel=1e-9, nan_ok=True), name


# -- helpers ----------------------------------------------------------------------------------


@cache
def _market() -> History:
    return simulate(market(), 0, WORLDS)


def _part(history: History, first: int, count: int) -> History:
    """Return the history of some of the worlds of a block."""
    tables = (history.worlds, history.months, history.events)
    return History(*(_rows(table, first, count) for table in tables))


def _rows(table: Columns, first: int, count: int) -> Columns:
    rows = (table["world"] >= first) & (table["world"] < first + count)
    return {name: column[rows] for name, column in table.items()}


def _changes_nothing(scenario: Scenario, without: History, worlds: int, place: int) -> None:
    tree = scenario.model_dump()
    actors = list(tree["actors"].items())
    idle = ("idle", actor(0.0, (10, 10), vote=0.3, major_power=True))
    tree["actors"] = dict([*actors[:place], idle, *actors[place:]])
    history = simulate(Scenario.model_validate(tree), 0, worlds)
    assert same(history.events, without.events)
    assert same(history.months, without.months)
    own = [f"{fate}_idle" for fate in FATES]
    assert same(history.worlds, without.worlds, leaving_out=own)


def _renamed(part: Any, new: dict[str, str]) -> Any:
    """Return a part of a scenario with every name of an actor replaced, as key or as value."""
    if isinstance(part, dict):
        keys = part if "supplier" in part else [new.get(key, key) for key in part]
        return {key: _renamed(item, new) for key, item in zip(keys, part.values(), strict=True)}
    if isinstance(part, list | tuple):
        return [_renamed(item, new) for item in part]
    return new.get(part, part) if type(part) is str else part
