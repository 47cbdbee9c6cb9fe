"""The allies that a rival would call if it came to a fight.

A foreseen fight is one of the two rivals alone, so its facts do not change from month to month.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

import numpy as np

from sim.model.decisions.calls import Call, find_commitment
from sim.model.entities.commitment import Commitment
from sim.model.state import State

Pair = tuple[int, int]
"""Rows of an ally and its partner among the actors."""


class ProspectiveAlly(NamedTuple):
    """An ally that a rival would call.

    Attributes:
        ally: row of the ally among the actors.
        partner: row of the rival.
        opponent: row of the other rival.
        rivalry: code of the theatre.
    """

    ally: int
    partner: int
    opponent: int
    rivalry: str

    @property
    def pair(self) -> Pair:
        """Rows of the ally and of its partner."""
        return self[:2]

    def foresee_call(self, state: State, *, began: bool) -> Call:
        """Return the call, should the rival begin the war, or should the other side."""
        begun, armed = np.full(state.count, began), state.nuclear[self.opponent]
        return Call(*self, began=begun, home_soil=state.no_world, nuclear=armed)


def prospective_allies(state: State, pairs: Iterable[Pair]) -> dict[ProspectiveAlly, Commitment]:
    """Return which of some allies their partners would call, and what they promised, wherever.

    Args:
        state: the state.
        pairs: rows of an ally and its partner, each.
    """
    return {
        called: commitment
        for pair in pairs
        for called in _possible_calls(state, *pair)
        if (commitment := find_commitment(state, *pair, called.rivalry)).promises
    }


def _possible_calls(state: State, ally: int, partner: int) -> Iterator[ProspectiveAlly]:
    """Yield the calls to an ally on every rivalry of its partner with another."""
    for code, rivalry in state.rivalries.items():
        first, second = rivalry.rivals
        if partner in rivalry.rivals and ally not in rivalry.rivals:
            yield ProspectiveAlly(ally, partner, second if partner == first else first, code)
