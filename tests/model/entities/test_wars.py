"""All wars are one table, of which each war has its row."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest

from sim.model.entities.wars import Wars
from sim.model.model import AllianceModel
from sim.model.state import State
from tests.worlds import tangle

WORLDS = 3


@pytest.fixture
def state() -> Iterator[State]:
    model = AllianceModel(tangle(), 0, WORLDS)
    yield model.context.state
    model.close()


def test_what_a_war_changes_in_its_row_is_changed_in_the_table(state: State) -> None:
    where = np.array([True, False, False])
    for row, rivalry in enumerate(state.rivalries.values()):
        rivalry.war.begin(where, np.ones(WORLDS, dtype=np.int8), month=2)
        assert state.wars.on[row, 0]
        assert state.wars.attacker[row, 0] == 1
        rivalry.war.end(where, month=3)
        assert not state.wars.on[row, 0]


def test_both_principals_of_a_new_war_may_call_and_none_once_all_have_called(state: State) -> None:
    state.wars.forget_calls()
    first, *_ = state.rivalries.values()
    first.war.begin(np.array([False, True, False]), np.zeros(WORLDS, dtype=np.int8), month=1)
    callers = {tuple(at) for at in np.argwhere(state.wars.find_callers()).tolist()}
    assert callers == {(0, side, rival) for side, rival in enumerate(first.rivals)}
    state.wars.forget_calls()
    assert not state.wars.find_callers().any()


def test_a_principal_that_may_invoke_a_promise_may_call(state: State) -> None:
    state.wars.forget_calls()
    *_, last = state.rivalries.values()
    last.war.may_invoke[1, 2] = True
    callers = np.argwhere(state.wars.find_callers()).tolist()
    assert callers == [[len(state.rivalries) - 1, 1, last.rivals[1]]]


def test_a_war_is_recent_for_so_many_months_and_while_it_is_fought(state: State) -> None:
    *_, last = state.rivalries.values()
    last.war.begin(np.ones(WORLDS, dtype=bool), np.zeros(WORLDS, dtype=np.int8), month=4)
    last.war.end(np.array([True, False, False]), month=5)
    recent = state.wars.began_within(6, np.array([9.0, 3.0, 2.0]))
    assert recent[-1].tolist() == [False, True, False]


def test_there_may_be_no_wars_at_all() -> None:
    none = Wars([], actors=2, worlds=WORLDS)
    assert not none.find_callers().any()
    assert not none.fighting.any()
    assert none.began_within(1, np.ones(WORLDS)).shape == (0, WORLDS)
