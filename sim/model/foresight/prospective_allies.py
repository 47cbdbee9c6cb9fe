"""The allies that a rival would call if it came to a fight, and what they would contribute.

A foreseen fight is one of the two rivals alone, so its facts do not change from month to month.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.model.decisions.calls import Call, find_allies, find_unconditional_treaties
from sim.model.decisions.willingness import AllyCase
from sim.model.entities.rivalry import Rivalry
from sim.model.entities.treaty import Treaty
from sim.model.foresight.coalition import AllyContribution, ally_contribution
from sim.model.state import State
from sim.model.theory.anchor import AidChances

ChancesByBeginner = tuple[AidChances, AidChances]
"""Chances of aid if the partner begins the war, and if the other side begins it."""


@dataclass(frozen=True, eq=False)
class ProspectiveAlly:
    """An ally that a rival would call.

    Attributes:
        index: row of the ally.
        if_begun: the ally's view of the call, should the rival begin the war.
        if_attacked: the same, should the other side begin it.
        contribution: what the ally would add to the side.
        unconditional: treaties that commit the ally even if the rival begins the war.
    """

    index: int
    if_begun: AllyCase
    if_attacked: AllyCase
    contribution: AllyContribution
    unconditional: tuple[Treaty, ...]

    def reference_chances(self) -> ChancesByBeginner:
        """Return the same chances in the record of disputes."""
        return self.if_begun.reference_chances(), self.if_attacked.reference_chances()


def find_prospective_allies(
    state: State, rivalry: Rivalry, partner: int
) -> tuple[ProspectiveAlly, ...]:
    """Return the allies that a rival would call in one theatre."""
    first, second = rivalry.rivals
    opponent = second if partner == first else first
    return tuple(
        _prospective_ally(state, rivalry, (ally, partner, opponent))
        for ally in find_allies(state, partner, rivalry.code)
    )


def _prospective_ally(state: State, rivalry: Rivalry, who: tuple[int, int, int]) -> ProspectiveAlly:
    begun, attacked = (_foresee(state, rivalry, who, began) for began in (True, False))
    unconditional = tuple(find_unconditional_treaties(state, begun.call))
    return ProspectiveAlly(
        who[0], begun, attacked, ally_contribution(state, *who[:2]), unconditional
    )


def _foresee(state: State, rivalry: Rivalry, who: tuple[int, int, int], began: bool) -> AllyCase:
    begun, armed = np.full(state.count, began), state.nuclear[who[2]]
    return AllyCase(state, Call(*who, rivalry.code, begun, state.no_world, armed))
