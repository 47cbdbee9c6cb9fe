"""Theories are asked: their numbers as each world drew them, and their terms as the rules' own."""

from __future__ import annotations

import numpy as np

from sim.model.arrays import Terms, Vector, total
from sim.model.places import EVERYWHERE, Places
from sim.model.plugged.honour import Asked, build_honour_case
from sim.model.randomness.parameters import SampledGroup
from sim.model.state import State
from sim.model.theory.cases import Case
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


def ask_theory(
    state: State,
    place: str,
    choice: str,
    case: Case,
    shape: tuple[int, ...],
    at: Places = EVERYWHERE,
) -> Terms:
    """Return the terms of a choice by the theory of a place, in the shape of the answer.

    Args:
        state: the state.
        place: the place of the theory, such as "challenge".
        choice: the function that is asked, such as "resist".
        case: the case, whose places are those of the answer in one row.
        shape: of the answer; its last axis is over the places `at` which numbers are read.
        at: where numbers are read.
    """
    numbers = FlatNumbers(state.rules.theories[place], at, shape)
    terms = ask(state.theories[place], choice, numbers, case)
    return {name: term.reshape(shape) for name, term in terms.items()}


def honour_terms(state: State, asked: Asked) -> Terms:
    """Return the terms of the scenario's theory of honouring, in the shape asked for."""
    case = build_honour_case(state, asked)
    return ask_theory(state, "honour", "honour", case, asked.shape, asked.at)


def honour_willingness(state: State, asked: Asked) -> Vector:
    """Return the log-odds of open war under the scenario's theory, in the shape asked for."""
    return total(honour_terms(state, asked).values())
