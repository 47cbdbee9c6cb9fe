"""What expected allies do beside adding strength: they embolden, and they advise to settle.

Both are departures from the record of disputes: allies that stood then, and were expected then,
change nothing.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from sim.model.arrays import Vector
from sim.model.decisions.expectations import Expectations
from sim.model.decisions.prospective_allies import ProspectiveAlly, mix_chances
from sim.model.entities.rivalry import Rivalry
from sim.model.state import State

_KINDS_OF_QUARREL = 3


def moral_hazard(
    state: State, expectations: Expectations, rivalry: Rivalry, side: int, observer: int
) -> Vector:
    """Return how much bolder a challenger is for allies that come even if it begins, in log-odds.

    Source: Benson (2011) on commitments that hold even for one that began.
    """
    added = np.zeros(state.count)
    for _, now, in_record in _unconditional_help(state, expectations, rivalry, side, observer):
        added = added + now
        added = added - in_record
    return state.rules.challenge.embolden * added


def split_moral_hazard(
    state: State, expectations: Expectations, rivalry: Rivalry, side: int, observer: int
) -> dict[int, Vector]:
    """Return the part of each ally, by its row, in how much bolder a challenger is, in log-odds."""
    embolden = state.rules.challenge.embolden
    return {
        ally: embolden * (now - in_record)
        for ally, now, in_record in _unconditional_help(
            state, expectations, rivalry, side, observer
        )
    }


def _unconditional_help(
    state: State, expectations: Expectations, rivalry: Rivalry, side: int, observer: int
) -> Iterator[tuple[int, Vector, Vector]]:
    """Yield each ally that comes even if the side begins, and how surely: now, and in the record.

    None with moral hazard switched off.
    """
    if not (state.mechanisms.moral_hazard and state.mechanisms.emboldenment):
        return
    for ally in expectations.allies(rivalry, rivalry.rivals[side]):
        if ally.unconditional:
            expected = expectations.chances(ally, observer)[0][2]
            recorded = expectations.reference_chances(ally)[0][2]
            now = _bound_now(state, ally) * expected
            yield ally.index, now, _bound_in_record(state, ally) * recorded


def _bound_now(state: State, ally: ProspectiveAlly) -> Vector:
    """Return how far an ally is bound even if the challenger begins the war, (world,)."""
    return np.maximum.reduce([state.binding[treaty.code] for treaty in ally.unconditional])


def _bound_in_record(state: State, ally: ProspectiveAlly) -> bool:
    return any(treaty.in_reference_period(state.scenario) for treaty in ally.unconditional)


def advice_to_settle(
    state: State, expectations: Expectations, rivalry: Rivalry, side: int, observer: int
) -> Vector:
    """Return the effect on a target's resistance of what its allies advise, in log-odds.

    An ally that may be drawn in advises to settle, less so the more it has a quarrel of its own
    with the challenger (Fang, Johnson and Leeds 2014). Advice is given in private: only the target
    heeds it.
    """
    added = np.zeros(state.count)
    if observer != rivalry.rivals[side] or not state.mechanisms.advice:
        return added
    for _, advice in _advice_of_allies(state, expectations, rivalry, side):
        added = added + advice
    return -state.rules.challenge.advice * added


def split_advice(
    state: State, expectations: Expectations, rivalry: Rivalry, side: int
) -> dict[int, Vector]:
    """Return the part of each ally, by its row, in what a target is advised, in log-odds."""
    weight = -state.rules.challenge.advice
    advice = _advice_of_allies(state, expectations, rivalry, side)
    return {ally: weight * part for ally, part in advice}


def _advice_of_allies(
    state: State, expectations: Expectations, rivalry: Rivalry, side: int
) -> Iterator[tuple[int, Vector]]:
    """Yield each ally of a target and how much more it advises to settle than in the record."""
    target, challenger = rivalry.rivals[side], rivalry.rivals[1 - side]
    begins = 1 - state.rules.challenge.begins
    for ally in expectations.allies(rivalry, target) if state.mechanisms.advice else ():
        expected = mix_chances(expectations.chances(ally, target), begins)[0]
        recorded = mix_chances(expectations.reference_chances(ally), begins)[0]
        detached = 1 - state.own_quarrels[ally.index, challenger] / _KINDS_OF_QUARREL
        yield ally.index, detached * (expected - recorded)
