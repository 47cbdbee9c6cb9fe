"""The allies that a rival would call if it came to a fight, and what they would contribute.

A foreseen fight is one of the two rivals alone, so its facts do not change from month to month.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from sim.model.arrays import Mask
from sim.model.decisions.calls import (
    Call,
    allied_where,
    find_allies,
    find_unconditional_treaties,
)
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
    """

    index: int
    if_begun: AllyCase
    if_attacked: AllyCase
    contribution: AllyContribution

    @property
    def pair(self) -> tuple[int, int]:
        """Rows of the ally and of its partner."""
        return self.index, self.if_begun.call.partner

    @cached_property
    def reference_chances(self) -> ChancesByBeginner:
        """The same chances in the record of disputes."""
        return self.if_begun.reference_chances(), self.if_attacked.reference_chances()

    def find_unconditional(self, state: State) -> tuple[Treaty, ...]:
        """Return the treaties that commit the ally even if the rival begins the war."""
        return tuple(find_unconditional_treaties(state, self.if_begun.call))

    def allied_where(self, state: State) -> Mask | None:
        """Return where it has ever committed itself, (world,); None for every world."""
        call = self.if_begun.call
        return allied_where(state, call.ally, call.partner, call.rivalry)


class ProspectiveAllies:
    """Whom a rival would call, each worked out once for a block: nothing of it ever changes."""

    def __init__(self, state: State) -> None:
        self._state = state
        self._known: dict[tuple[str, int, int], ProspectiveAlly] = {}

    def of_rival(self, rivalry: Rivalry, partner: int) -> tuple[ProspectiveAlly, ...]:
        """Return the allies that a rival would call in one theatre."""
        first, second = rivalry.rivals
        opponent = second if partner == first else first
        return tuple(
            self._find(rivalry, (ally, partner, opponent))
            for ally in find_allies(self._state, partner, rivalry.code)
        )

    def _find(self, rivalry: Rivalry, who: tuple[int, int, int]) -> ProspectiveAlly:
        key = rivalry.code, *who[:2]
        if key not in self._known:
            begun, attacked = (
                _foresee(self._state, rivalry, who, began) for began in (True, False)
            )
            contribution = ally_contribution(self._state, *who[:2])
            self._known[key] = ProspectiveAlly(who[0], begun, attacked, contribution)
        return self._known[key]


def _foresee(state: State, rivalry: Rivalry, who: tuple[int, int, int], began: bool) -> AllyCase:
    begun, armed = np.full(state.count, began), state.nuclear[who[2]]
    return AllyCase(state, Call(*who, rivalry.code, begun, state.no_world, armed))
