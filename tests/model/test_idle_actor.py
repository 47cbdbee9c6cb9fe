"""An actor that does nothing changes nothing: not a month, not an event of anybody else."""

from __future__ import annotations

import re
from functools import cache

from hypothesis import given, settings
from hypothesis import strategies as st

from sim.model.recording.history import History
from sim.model.simulate import simulate
from sim.scenario.schema.identifiers import CODE_PATTERN
from sim.scenario.schema.scenario import Scenario
from tests.model.compare_histories import FATES, same
from tests.worlds import EAGER, actor, tangle

WORLDS = 30
TANGLE = tangle(months=10, **EAGER)
TAKEN = {*TANGLE.actors, *TANGLE.rivalries, *TANGLE.treaties}

names = st.from_regex(re.compile(CODE_PATTERN), fullmatch=True).filter(
    lambda name: name not in TAKEN
)
places = st.integers(0, len(TANGLE.actors))
points = st.tuples(st.integers(-90, 90), st.integers(-180, 180))


@given(names, places, points, st.floats(-3, 3), st.booleans())
@settings(max_examples=8, deadline=None)
def test_one_without_strength_ties_or_promises_leaves_all_others_as_they_were(
    name: str, place: int, at: tuple[int, int], vote: float, major: bool
) -> None:
    idle = actor(0.0, at, vote=vote, major_power=major)
    history = simulate(_with(name, place, idle), 0, WORLDS)
    own = [f"{fate}_{name}" for fate in FATES]
    without = _without()
    assert same(history.events, without.events)
    assert same(history.months, without.months)
    assert same(history.worlds, without.worlds, leaving_out=own)


def test_nothing_is_recorded_of_it() -> None:
    history = simulate(_with("idle", 2, actor(0.0, (0, 0))), 0, WORLDS)
    assert "idle" not in {*history.events["actor"], *history.events["towards"]}
    assert not history.worlds["entered_idle"].any()


def test_an_actor_with_strength_is_not_idle_and_may_enter_a_war() -> None:
    strong = _with("strong", 2, actor(0.5, (46, 5), vote=3.0, major_power=True))
    assert simulate(strong, 0, 300).worlds["entered_strong"].any()


@cache
def _without() -> History:
    return simulate(TANGLE, 0, WORLDS)


def _with(name: str, place: int, newcomer: dict[str, object]) -> Scenario:
    tree = TANGLE.model_dump()
    actors = list(tree["actors"].items())
    tree["actors"] = dict([*actors[:place], (name, newcomer), *actors[place:]])
    return Scenario.model_validate(tree)
