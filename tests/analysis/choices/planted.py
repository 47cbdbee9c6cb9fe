"""A promise that is planted: kept as surely as a test wants, by everybody's knowledge."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from unittest.mock import patch

import numpy as np

from sim.model.decisions.calls import Called, find_aid_treaties
from sim.model.decisions.willingness import AllyCase
from sim.model.foresight.coalition import ForeseenAid
from sim.model.foresight.expectations import Expectations
from sim.model.foresight.opponents import Opponents
from sim.model.state import State
from sim.model.theory.anchor import AidChances
from sim.statistics.arrays import Vector


@contextmanager
def kept_promise(treaty: str, chance: float) -> Iterator[None]:
    """Let allies answer with a given chance wherever the treaty binds in full and aid is due.

    All expect it. Decisions are taken one by one, so that every answer is that of an `AllyCase`.
    """
    rule, foreseen = AllyCase.aid_chances, Expectations._judge

    def planted(case: AllyCase, willing: Vector) -> AidChances:
        chances = rule(case, willing)
        state = case._state
        if not _promises(state, case.call, treaty):
            return chances
        promise = state.treaties[treaty]
        due = promise.aid_due(case.call.began, case.call.home_soil) & (state.binding[treaty] == 1)
        return (np.where(due, chance, chances[2]),) * 3

    def expected(own: Expectations, pair: Opponents, observer: int) -> ForeseenAid:
        chances, state = foreseen(own, pair, observer).chances, own.state
        rows, at = own._facts(pair, 0).allies.rows, pair.places
        known = own.foreseen._rows
        promised = np.array([False, *(_promises(state, ally, treaty) for ally in known)])
        began = np.array([True, False])
        always = state.treaties[treaty].aid_due(began, ~began & False)[:, None, None]
        promised_here = at.spread(promised[rows])
        due = always & promised_here & at.of(state.binding[treaty] == 1)
        kept = np.where(due, chance, chances[2])
        return ForeseenAid(np.where(promised_here, kept, chances))

    with (
        patch.object(AllyCase, "aid_chances", planted),
        patch.object(Expectations, "_judge", expected),
        patch.object(State, "one_by_one", True),
    ):
        yield


def _promises(state: State, call: Called, treaty: str) -> bool:
    promises = find_aid_treaties(state, call.ally, call.partner, call.rivalry)
    return treaty in [promise.code for promise in promises]
