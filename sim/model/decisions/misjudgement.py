"""Lasting misjudgement: each observer errs about each ally, until it has seen that ally answer.

Rivals that know as much as the model does begin no dispute because they misjudge an ally. With
errors, challenges come more often from those who underestimate the help for their target (Fearon
1995; Smith 1995; Johnson and Wolford 2022).
"""

from __future__ import annotations

import numpy as np

from sim.model.arrays import Vector
from sim.model.state import State


def misjudgement(state: State, observer: int, ally: int) -> Vector:
    """Return the observer's error about an ally's willingness, in log-odds, (world,).

    It is drawn once in a world and narrowed by every answer seen, as a prior belief is.
    """
    if observer == ally or not state.mechanisms.misjudgement:
        return np.zeros(state.count)
    weight = state.rules.memory.prior_weight
    return _lasting_error(state, observer, ally) * (
        weight / (weight + state.memory.answers_seen(observer, ally))
    )


def _lasting_error(state: State, observer: int, ally: int) -> Vector:
    key = observer, ally
    if key not in state.misjudgements:
        drawn = state.streams.normal("misjudges", 0, state.codes[observer], state.codes[ally])
        state.misjudgements[key] = state.rules.memory.misjudgement * drawn
    return state.misjudgements[key]
