"""The allies that a rival would call if it came to a fight, and what they would contribute.

A foreseen fight is one of the two rivals alone, so its facts do not change from month to month.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from sim.model.decisions.calls import Call, find_aid_treaties, find_allies
from sim.model.decisions.coalition import (
    AidChances,
    AllyContribution,
    ally_contribution,
    strength_alone,
)
from sim.model.decisions.phase_cache import PhaseCache
from sim.model.decisions.willingness import AllyCase, JointCall
from sim.model.entities.rivalry import Rivalry
from sim.model.state import State

_ContributionFunction = Callable[[State, int, int], AllyContribution]
"""Returns an ally's contribution to a partner's side."""


@dataclass(frozen=True)
class ProspectiveAlly:
    """An ally that a rival would call.

    Attributes:
        case: the ally's view of that call.
        contribution: what the ally would add to the side.
    """

    case: AllyCase
    contribution: AllyContribution

    @property
    def call(self) -> Call:
        """The call that the rival would make."""
        return self.case.call


class ProspectiveCoalition:
    """The allies of a rival in one theatre, should it attack there, or be attacked.

    Attributes:
        partner: the rival, a row of the actors.
        own_strength: the rival's own strength in such a fight, (world,).
        allies: the allies that it would call.
    """

    def __init__(
        self,
        state: State,
        rivalry: Rivalry,
        partner: int,
        began: bool,
        contribution_of: _ContributionFunction = ally_contribution,
    ) -> None:
        first, second = rivalry.rivals
        opponent = second if partner == first else first
        self.partner = partner
        self.own_strength = strength_alone(state, partner, opponent, began)
        against = strength_alone(state, opponent, partner, not began)
        begun, armed = np.full(state.count, began), state.nuclear[opponent]
        facts = begun, state.no_world, self.own_strength, against, armed
        self.allies = [
            ProspectiveAlly(
                AllyCase(state, Call(ally, partner, opponent, rivalry.code, *facts)),
                contribution_of(state, ally, partner),
            )
            for ally in find_allies(state, partner, rivalry.code)
        ]

    def joint_call(self, state: State, cache: PhaseCache) -> JointCall:
        """Return the call to all allies at once, given the state of this phase."""
        return JointCall(state, [ally.case for ally in self.allies], cache)

    def reference_contributions(self, state: State) -> list[tuple[AllyContribution, AidChances]]:
        """Return the contributions due under the treaties of the reference period, with chances."""
        chance = state.rules.challenge.reference_help
        return [
            (ally.contribution, (chance, chance, chance))
            for ally in self.allies
            if _is_due_in_reference_period(state, ally.call)
        ]


def _is_due_in_reference_period(state: State, call: Call) -> bool:
    """Whether a treaty of the reference period obliges the ally to aid the partner in this case."""
    return any(
        treaty.in_reference_period(state.scenario)
        and bool(treaty.aid_due(call.began, call.home_soil).all())
        for treaty in find_aid_treaties(state, call.ally, call.partner, call.rivalry)
    )
