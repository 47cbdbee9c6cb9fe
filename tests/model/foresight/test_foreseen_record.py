"""The record of foreseen allies is read where what binds them changed, and is right everywhere."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

import numpy as np

from sim.model.arrays import any_world
from sim.model.context import PhaseContext
from sim.model.decisions.calls import find_commitment, find_shared_treaties
from sim.model.decisions.record import RecordCases, class_anchor, find_owed
from sim.model.foresight.foreseen_allies import ForeseenAllies
from sim.model.foresight.prospective_allies import ProspectiveAlly
from sim.model.model import AllianceModel
from sim.model.phases.acts import accede
from sim.model.places import EVERYWHERE
from sim.model.plugged.promises import promise_in_record
from sim.model.state import State
from tests.worlds import MOVING, tangle

MONTHS, WORLDS = 8, 24
RESTLESS = {
    **MOVING,
    "rules__formation__pace": 10.0,
    "rules__formation__defence_other": 0.02,
    "rules__leaving__leave": -1.0,
}
SOMEWHERE = np.arange(WORLDS) % 3 == 0


def simulated(**changes: Any) -> Iterator[PhaseContext]:
    """Yield the worlds after every month; in some, another actor joins a treaty of two."""
    block = AllianceModel(tangle(**RESTLESS, **changes), 0, WORLDS)
    context, treaties = block.context, block.context.state.treaties
    for month in range(MONTHS):
        block.step()
        yield context
        if month == MONTHS // 2:
            outsider = ({*range(len(context.state.codes))} - {*treaties["pact"].parties}).pop()
            accede(context, treaties["pact"], outsider, np.flatnonzero(SOMEWHERE))
    block.close()


def listed(foreseen: ForeseenAllies) -> list[ProspectiveAlly]:
    return [ally for allies in foreseen.by_side for ally in allies]


def rows_in(foreseen: ForeseenAllies) -> dict[ProspectiveAlly, int]:
    rows = zip(foreseen.by_side, range(len(foreseen.by_side)), strict=True)
    return {
        ally: int(row)
        for allies, side in rows
        for ally, row in zip(allies, foreseen.of_side(side), strict=True)
    }


def test_what_is_read_where_it_changed_is_what_is_read_anew() -> None:
    later = 0
    for context in simulated():
        context.expectations.refresh()
        known, anew = context.expectations.foreseen, ForeseenAllies(context.state)
        known.renew()
        anew.renew()
        before, now = rows_in(known), rows_in(anew)
        assert [*before] == [*now]
        for ally, row in before.items():
            where = find_commitment(context.state, *ally.pair, ally.rivalry).where
            allied = np.ones(WORLDS, dtype=bool) if where is None else where
            for held, fresh in zip(read(known, row), read(anew, now[ally]), strict=True):
                assert held.tobytes() == fresh.tobytes(), ally
            later += not allied.all()
    assert later > 0, "some pacts were signed in some worlds"


def test_what_two_promised_is_known_after_an_act_as_if_it_were_found_anew() -> None:
    noted, nothing_holds_everywhere = 0, {"treaties__talks": None}
    for context in simulated(**nothing_holds_everywhere):
        state = context.state
        known = state.promises, state.shared_treaties, state.treaties_of
        state.promises, state.shared_treaties, state.treaties_of = {}, {}, {}
        for pair, by_theatre in known[0].items():
            for theatre, held in by_theatre.items():
                fresh = find_commitment(state, *pair, theatre)
                assert held.promises == fresh.promises, pair
                where, worlds = held.where, np.arange(WORLDS)
                assert held.has_bound(worlds).tolist() == fresh.has_bound(worlds).tolist(), pair
                noted += where is not None and 1 < int(np.count_nonzero(where)) < WORLDS
        state.promises, state.shared_treaties, state.treaties_of = known
    assert noted > 0, "some text was signed in more than one world"


def read(foreseen: ForeseenAllies, row: int) -> list[np.ndarray]:
    """Return what is known of an ally in every world: its facts, its record, and that before."""
    cells, record = foreseen.cells(np.array(row), EVERYWHERE), foreseen.record
    rows, all_cells = np.array([row]), cells[None]
    facts = foreseen.circumstances[cells], foreseen.aid[:, cells]
    return [
        *facts,
        record.at_zero[:, cells],
        record.divisors(cells),
        record.before.chances(rows, all_cells, EVERYWHERE),
        record.before.any_aid(rows, all_cells, EVERYWHERE),
        record.before.war_if_begun(cells),
    ]


def test_a_record_in_some_worlds_is_that_of_the_block_there() -> None:
    joined = 0
    worlds = np.arange(1, WORLDS, 2)
    for context in simulated():
        state = context.state
        allies = listed(ForeseenAllies(state))
        cases = RecordCases(state, [worlds] * len(allies))
        for when, began in enumerate((True, False)):
            found = cases.read([find_owed(state, ally)[when] for ally in allies])
            for ally, record in zip(allies, np.split(found, len(allies), axis=1), strict=True):
                anchor = class_anchor(state, ally.foresee_call(state, began=began))
                assert record.tobytes() == anchor.chances_at_zero[:, worlds].tobytes(), ally
        joined += any_world(SOMEWHERE[worlds]) and len(state.treaties["pact"].parties) > 2
    assert joined > 0


def test_who_joined_later_had_promised_nothing_in_the_record() -> None:
    asked = Counter[bool]()
    for context in simulated():
        state = context.state
        for ally in listed(ForeseenAllies(state)):
            call = ally.foresee_call(state, began=False)
            promise = promise_in_record(state, call, class_anchor(state, call))
            shared = find_shared_treaties(state, *ally.pair)
            founded = any(t.in_reference_period(state.scenario, *ally.pair) for t in shared)
            stood = any(t.in_reference_period(state.scenario) for t in shared)
            assert founded or not np.any(promise.aid_due)
            asked[stood and not founded] += 1
    assert asked[True] > 0, "somebody joined a treaty of the record"


def test_more_aid_was_never_likelier_than_less() -> None:
    context = next(simulated())
    foreseen = context.expectations.foreseen
    rows = np.array([*rows_in(foreseen).values()])
    before, cells = foreseen.record.before, foreseen.cells(rows, EVERYWHERE)
    any_aid, troops, war = before.chances(rows, cells, EVERYWHERE)
    assert (any_aid >= troops).all()
    assert (troops >= war).all()
    assert (war > 0).any()


def test_a_change_of_what_binds_is_noted_where_it_occurs() -> None:
    read, before = 0, dict[str, np.ndarray]()
    for context in simulated():
        state: State = context.state
        changes = state.binding_changes[read:]
        for code, treaty in state.treaties.items():
            noted = [where for each, where in changes if each is treaty]
            changed = state.binding[code] != before.get(code, 0.0)
            assert not any_world(changed & ~np.any([state.no_world, *noted], axis=0)), code
        read, before = len(state.binding_changes), dict(state.binding)
    assert any(0 < np.count_nonzero(where) < WORLDS for _, where in state.binding_changes)
