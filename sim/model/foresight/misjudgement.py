"""Lasting misjudgement: each observer errs about each ally, until it has seen that ally answer.

Rivals that know as much as the model does begin no dispute because they misjudge an ally. With
errors, challenges come more often from those who underestimate the help for their target (Fearon
1995; Smith 1995; Johnson and Wolford 2022).
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from sim.model.arrays import Vector
from sim.model.foresight.growing import with_rows
from sim.model.places import EVERYWHERE, Index, Places, Who
from sim.model.state import State


def judge(state: State, observer: Who, ally: Who, error: Vector, at: Places = EVERYWHERE) -> Vector:
    """Return how much likelier an ally seems to an observer to come, in log-odds, (place,).

    It is what the observer has learned, and its lasting `error`, which is narrowed by every answer
    seen, as a prior belief is.
    """
    memory, seen = state.memory, state.memory.answers(observer, ally, at)
    learned = memory.learn(seen, at)
    if not state.mechanisms.misjudgement:
        return learned
    weight = at.of(state.rules.memory.prior_weight)
    return learned + error * (weight / (weight + (seen.honoured + seen.reneged)))


def lasting_error(state: State, observer: int, ally: int) -> Vector:
    """Return the error that an observer begins with, the same whenever it is drawn, (world,)."""
    drawn = state.streams.normal("misjudges", 0, state.codes[observer], state.codes[ally])
    return state.rules.memory.misjudgement * drawn


class LastingErrors:
    """The errors that observers begin with about allies, as a table; 0 of whom none is known."""

    def __init__(self, state: State) -> None:
        actors = len(state.codes)
        self._state, self._known = state, 1
        self._rows: Index = np.zeros((actors, actors), dtype=np.intp)
        self._errors: Vector = np.zeros((1, state.count))

    def add(self, pairs: Iterable[tuple[int, int]]) -> None:
        """Find the errors of pairs of an observer and an ally."""
        new = [pair for pair in dict.fromkeys(pairs) if not self._rows[pair]]
        if new:
            errors = np.array([lasting_error(self._state, *pair) for pair in new])
            self._errors = with_rows(self._errors, self._known, errors)
            self._rows[tuple(np.transpose(new))] = self._known + np.arange(len(new))
            self._known += len(new)

    def read(self, observer: Who, ally: Who, at: Places) -> Vector:
        """Return the error of an observer about an ally, or some, (place,) or (ally, place)."""
        return at.read(self._errors, at.find_pair(self._rows, observer, ally))
