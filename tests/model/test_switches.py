"""Switching a mechanism off takes away what it does, and nothing that does not come of it."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from sim.model.model import AllianceModel
from sim.model.recording.history import History
from sim.scenario.schema.scenario import Scenario
from tests.model.compare_histories import counted, same
from tests.model.paired_worlds import CLEAR, paired, rise
from tests.worlds import EAGER, quarrel, shock, tangle

AID = {"called", "honoured", "reneged", "helps", "sends", "entrapped"}
OF_PROMISES = ["deterrence", "emboldenment", "mutual_defence", "chain_ganging"]
OF_WAR = [*OF_PROMISES, "joining", "memory"]


def attacked(**changes: Any) -> Scenario:
    """Return the quarrel with an attack on the member in the first month of every world."""
    attack = {"shocks__attack": shock("dispute", 1, "rival"), "rules__war__home_soil": 0.0}
    return quarrel(**attack | changes)


# -- mutual defence and chain-ganging ---------------------------------------------------------


def test_without_mutual_defence_nobody_is_called_and_nobody_comes() -> None:
    with_it, without = paired(
        tangle(mechanisms__joining=False, months=12), 200, mechanisms__mutual_defence=False
    )
    assert {*with_it.events["event"]} >= AID
    assert not AID & {*without.events["event"]}
    assert not without.worlds["war_wider"].any()


def test_without_mutual_defence_the_first_month_s_disputes_are_the_same() -> None:
    with_it, without = paired(quarrel(months=1), 2000, mechanisms__mutual_defence=False)
    assert counted(with_it, "challenge").sum() > 100
    assert np.array_equal(counted(with_it, "challenge"), counted(without, "challenge"))


def test_an_ally_s_entry_calls_its_own_ally_and_with_chain_ganging_off_does_not() -> None:
    scenario = attacked(mechanisms__joining=False, months=1)
    chained, single = paired(scenario, mechanisms__chain_ganging=False)
    entered = chained.worlds["entered_patron"]
    called = counted(chained, "called", subject="oath") > 0
    assert entered.mean() > 0.2
    assert np.array_equal(called, entered)
    assert not counted(single, "called", subject="oath").any()
    assert not single.worlds["entered_friend"].any()


def test_chain_ganging_off_the_first_link_holds_as_before() -> None:
    chained, single = paired(attacked(months=1), mechanisms__chain_ganging=False)
    assert np.array_equal(chained.worlds["entered_patron"], single.worlds["entered_patron"])
    assert np.array_equal(chained.worlds["invoked_pact"], single.worlds["invoked_pact"])


def test_an_ally_that_arrives_late_calls_nobody_either_with_chain_ganging_off() -> None:
    late = attacked(rules__honour__delay=2.0, rules__war__settles=0.0)
    chained, single = paired(late, 1000, mechanisms__chain_ganging=False)
    assert counted(chained, "called", subject="oath", month=3).sum() > 100
    assert single.worlds["entered_patron"].any()
    assert not counted(single, "called", subject="oath").any()


def test_chain_ganging_widens_wars() -> None:
    single, chained = paired(
        attacked(mechanisms__chain_ganging=False), mechanisms__chain_ganging=True
    )
    assert rise(_entries(single), _entries(chained)) > CLEAR


# -- joining ----------------------------------------------------------------------------------


def test_with_joining_off_nobody_joins_uncalled() -> None:
    joining, not_joining = paired(attacked(**EAGER), 500, mechanisms__joining=False)
    assert counted(joining, "joins").any()
    assert not counted(not_joining, "joins").any()


# -- memory -----------------------------------------------------------------------------------


def test_without_memory_nothing_is_held_for_or_against_anybody() -> None:
    block = AllianceModel(attacked(mechanisms__memory=False), 0, 100)
    before = block.context.state.memory.affinity.copy()
    for _ in range(12):
        block.step()
    block.close()
    memory = block.context.state.memory
    assert np.array_equal(memory.affinity, before)
    assert not memory.honoured.any()
    assert not memory.reneged.any()


def test_without_memory_the_first_answer_is_the_same() -> None:
    remembered, forgotten = paired(attacked(months=1), mechanisms__memory=False)
    assert counted(remembered, "called").all()
    assert same(remembered.events, forgotten.events)


# -- each -------------------------------------------------------------------------------------


@pytest.mark.parametrize("switch", OF_WAR)
def test_a_switch_moves_something(switch: str) -> None:
    on, off = paired(tangle(**EAGER, months=8), 100, **{f"mechanisms__{switch}": False})
    assert not same(on.events, off.events)


@pytest.mark.parametrize("switch", OF_PROMISES)
def test_where_nobody_promised_anything_the_switches_of_promises_move_nothing(switch: str) -> None:
    on, off = paired(quarrel(treaties={}), 1000, **{f"mechanisms__{switch}": False})
    assert counted(on, "war").sum() > 100
    assert same(on.events, off.events)


def _entries(history: History) -> Any:
    return counted(history, "sends", level=3)
