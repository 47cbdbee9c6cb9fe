"""A world is the same alone or in a block: its history depends on its number, not on its block."""

from __future__ import annotations

from functools import cache
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.model.recording.history import History
from sim.model.simulate import simulate
from tests.model.compare_histories import joined, same, same_history
from tests.model.opening_chances import Eve
from tests.worlds import changed, real, tangle

WORLDS = 24
TANGLE = tangle(months=12, shocks__truce=None, rules__war__settles=0.15)
cuts = st.sets(st.integers(1, WORLDS - 1), max_size=4).map(lambda at: [0, *sorted(at), WORLDS])


@given(cuts)
@settings(max_examples=6, deadline=None)
def test_worlds_split_into_blocks_of_any_size_are_the_same_bit_for_bit(at: list[int]) -> None:
    histories = [simulate(TANGLE, first, last - first) for first, last in pairwise(at)]
    assert same_history(joined(histories), _whole())


def test_every_world_simulated_alone_is_the_world_simulated_in_a_block() -> None:
    alone = [simulate(TANGLE, world, 1) for world in range(WORLDS)]
    assert same_history(joined(alone), _whole())


def test_a_block_may_begin_anywhere() -> None:
    far = 10**9 + 1
    assert same_history(
        joined([simulate(TANGLE, far, 3), simulate(TANGLE, far + 3, 6)]), simulate(TANGLE, far, 9)
    )


def test_what_an_actor_weighs_is_the_same_to_the_last_bit_alone_or_among_others() -> None:
    crowd, hermits = Eve(TANGLE, WORLDS), [Eve(TANGLE, 1, first=world) for world in range(WORLDS)]
    for move in ("challenge", "resist", "climb", "go_to_war"):
        for who in ("rival", "member"):
            alone = [getattr(hermit, move)(who)[0] for hermit in hermits]
            assert getattr(crowd, move)(who).tolist() == alone


def test_the_same_simulation_run_twice_has_the_same_history() -> None:
    assert same_history(simulate(TANGLE, 0, WORLDS), _whole())


def test_another_seed_gives_other_worlds() -> None:
    assert not same(simulate(changed(TANGLE, seed=8), 0, WORLDS).events, _whole().events)


@pytest.mark.slow
def test_the_real_scenario_is_the_same_in_small_blocks_and_large() -> None:
    scenario = real("pact")
    parts = [simulate(scenario, first, 60) for first in range(0, 240, 60)]
    alone = [simulate(scenario, world, 1) for world in range(3)]
    assert same_history(joined(parts), simulate(scenario, 0, 240))
    assert same_history(joined(alone), simulate(scenario, 0, 3))


@cache
def _whole() -> History:
    return simulate(TANGLE, 0, WORLDS)
