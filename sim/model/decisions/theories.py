"""The theories that a scenario puts in the place of rules of this package, as they are asked."""

from __future__ import annotations

import numpy as np

from sim.model.arrays import Terms, Vector, total
from sim.model.decisions.honour_case import Asked, build_honour_case
from sim.model.places import Places
from sim.model.randomness.parameters import SampledGroup
from sim.model.state import State
from sim.model.theory.checked import ask


class FlatNumbers:
    """A theory's own numbers as drawn in each world, in the places of a case."""

    def __init__(self, group: SampledGroup, at: Places, shape: tuple[int, ...]) -> None:
        """Read the numbers at the places, repeated to the shape of the answer, in one row."""
        self._group, self._at, self._shape = group, at, shape

    def __getattr__(self, name: str) -> Vector:
        drawn = self._at.of(getattr(self._group, name))
        flat: Vector = np.broadcast_to(drawn, self._shape).reshape(-1)
        self.__dict__[name] = flat
        return flat


def honour_terms(state: State, asked: Asked) -> Terms:
    """Return the terms of the scenario's theory of honouring, in the shape asked for."""
    numbers = FlatNumbers(state.rules.theories["honour"], asked.at, asked.shape)
    terms = ask(state.theories["honour"], "honour", numbers, build_honour_case(state, asked))
    return {name: term.reshape(asked.shape) for name, term in terms.items()}


def honour_willingness(state: State, asked: Asked) -> Vector:
    """Return the log-odds of open war under the scenario's theory, in the shape asked for."""
    return total(honour_terms(state, asked).values())
