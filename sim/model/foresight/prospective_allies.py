"""The allies that a rival would call if it came to a fight.

A foreseen fight is one of the two rivals alone, so its facts do not change from month to month.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np

from sim.model.decisions.calls import Call, find_commitment
from sim.model.entities.commitment import Commitment
from sim.model.entities.rivalry import Rivalry
from sim.model.state import State


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
    def pair(self) -> tuple[int, int]:
        """Rows of the ally and of its partner."""
        return self[:2]

    def foresee_call(self, state: State, *, began: bool) -> Call:
        """Return the call, should the rival begin the war, or should the other side."""
        begun, armed = np.full(state.count, began), state.nuclear[self.opponent]
        return Call(*self, began=begun, home_soil=state.no_world, nuclear=armed)


def prospective_allies(
    state: State, rivalry: Rivalry, partner: int, allies: Iterable[int]
) -> dict[ProspectiveAlly, Commitment]:
    """Return which of some actors a rival would call in one theatre, with what they promised.

    They are in the order of the actors.
    """
    first, second = rivalry.rivals
    opponent = second if partner == first else first
    return {
        ProspectiveAlly(ally, partner, opponent, rivalry.code): commitment
        for ally in sorted({*allies} - {first, second})
        if (commitment := find_commitment(state, ally, partner, rivalry.code)).ever
    }
