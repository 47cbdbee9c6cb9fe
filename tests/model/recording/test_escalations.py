"""Escalating is recorded where a dispute is under way, as it would be in every world."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest

from sim.model.decisions.crisis import next_rung_terms
from sim.model.foresight.coalition import ExpectedContest, ExpectedSide
from sim.model.foresight.expectations import Expectations
from sim.model.model import AllianceModel
from sim.model.places import Index
from sim.model.recording.contests import Contest, ContestSide
from sim.model.recording.escalations import Escalation, record_escalations
from tests.worlds import tangle

WORLDS, MONTHS = 60, 8


@pytest.fixture(scope="module")
def disputed() -> Iterator[tuple[Expectations, list[Escalation | None]]]:
    """Yield what is expected in a month with disputes, and the escalations recorded then."""
    model = AllianceModel(tangle(), 0, WORLDS)
    for _ in range(MONTHS):
        model.step()
    expectations, state = model.context.expectations, model.context.state
    state.begin_month()
    expectations.refresh()
    yield expectations, record_escalations(expectations, state.disputes.in_dispute(state.month))
    model.close()


def test_terms_and_contests_are_those_of_every_world(
    disputed: tuple[Expectations, list[Escalation | None]],
) -> None:
    expectations, recorded = disputed
    state, compared = expectations.state, 0
    for row, escalation in enumerate(recorded):
        rivalry, side = list(state.rivalries.values())[row >> 1], row & 1
        worlds = np.flatnonzero(rivalry.in_dispute(state.month))
        assert (escalation is None) == (not len(worlds))
        if escalation is None:
            continue
        compared += len(worlds)
        pair = expectations.everywhere(rivalry)
        for name, term in next_rung_terms(expectations, pair, side).items():
            assert np.array_equal(escalation.terms[name], np.broadcast_to(term, WORLDS)[worlds])
        _assert_same(escalation.step, expectations.expect(pair, side, side), worlds)
        war = expectations.expect(pair, side, side, begins_for_sure=True)
        _assert_same(escalation.war, war, worlds)
    assert compared > 10


def _assert_same(recorded: Contest, expected: ExpectedContest, worlds: Index) -> None:
    everywhere = Contest.of(expected).at(worlds)
    for mine, theirs in (
        (recorded.attacker, everywhere.attacker),
        (recorded.defender, everywhere.defender),
    ):
        for name in vars(mine):
            assert np.array_equal(getattr(mine, name), getattr(theirs, name)), name


def test_allies_of_a_case_stand_in_the_places_of_all_allies_of_the_side() -> None:
    rows, table = np.array([[7, 5, 5], [5, 0, 9]]), np.array([[1.0, 2, 3], [4, 0, 6]])
    mixed, chances = np.stack([table] * 3), np.zeros((3, 2, 2, 3))
    own = np.arange(3.0), np.zeros(3)
    side = ExpectedSide(rows, rows, *own, table, table, mixed, chances)
    cut = ContestSide.of_cases(side, slice(0, 2), allies=np.array([5, 7]))
    assert cut.own_strength.tolist() == [0, 1]
    assert cut.war.tolist() == [[4, 2], [1, 0]]
    assert cut.at(np.array([1])).aid.tolist() == [[2], [0]]


def test_nothing_is_recorded_where_no_dispute_is_under_way() -> None:
    model = AllianceModel(tangle(), 0, 5)
    nowhere = np.zeros((len(model.context.state.rivalries), 5), dtype=bool)
    assert set(record_escalations(model.context.expectations, nowhere)) == {None}
    model.close()
