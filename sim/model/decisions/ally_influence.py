"""What expected allies do beside adding strength: they embolden, and they advise to settle.

Both are departures from the record of disputes: allies that stood then, and were expected then,
change nothing.
"""

from __future__ import annotations

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
    if not (state.mechanisms.moral_hazard and state.mechanisms.emboldenment):
        return added
    for ally in expectations.allies(rivalry, rivalry.rivals[side]):
        if ally.unconditional:
            expected = expectations.chances(ally, observer)[0][2]
            recorded = expectations.reference_chances(ally)[0][2]
            added = added + _bound_now(state, ally) * expected
            added = added - _bound_in_record(state, ally) * recorded
    return state.rules.challenge.embolden * added


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
    reckons with it.
    """
    target, challenger = rivalry.rivals[side], rivalry.rivals[1 - side]
    added = np.zeros(state.count)
    if observer != target or not state.mechanisms.advice:
        return added
    begins = 1 - state.rules.challenge.begins
    for ally in expectations.allies(rivalry, target):
        expected = mix_chances(expectations.chances(ally, observer), begins)[0]
        recorded = mix_chances(expectations.reference_chances(ally), begins)[0]
        detached = 1 - state.own_quarrels[ally.index, challenger] / _KINDS_OF_QUARREL
        added = added + detached * (expected - recorded)
    return -state.rules.challenge.advice * added
