"""A call for aid, and the facts an ally considers when it answers."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.model.arrays import Mask, Vector
from sim.model.decisions.modifiers import bloc_credibility, payment
from sim.model.entities.treaty import Treaty
from sim.model.places import EVERYWHERE, Places, Who
from sim.model.state import State
from sim.model.theory.honour import Circumstances, Relationship


@dataclass(frozen=True)
class Call:
    """A call to one ally, by a partner that is at war or expects a war.

    Attributes:
        ally: row of the ally among the actors.
        partner: row of the partner.
        opponent: row of the opposing principal.
        rivalry: code of the theatre.
        began: where the partner's side began the war, (world,).
        home_soil: where the partner's home soil is attacked, (world,).
        nuclear: chance that a nuclear power is on the other side, (world,).
    """

    ally: int
    partner: int
    opponent: int
    rivalry: str
    began: Mask
    home_soil: Mask
    nuclear: Vector


def find_aid_treaties(state: State, ally: int, partner: int, rivalry: str) -> list[Treaty]:
    """Return the treaties, lapsed ones included, that commit `ally` to aid `partner` there."""
    treaties = find_shared_treaties(state, ally, partner)
    return [treaty for treaty in treaties if treaty.promises_aid(ally, partner, rivalry)]


def find_allies(state: State, partner: int, rivalry: str) -> list[int]:
    """Return the actors with a commitment to `partner` of aid or consultation, rivals excluded.

    The set of treaties is constant during a simulation, so the result is cached.
    """
    cache = state.potential_allies
    if (partner, rivalry) not in cache:
        cache[partner, rivalry] = _collect_allies(state, partner, rivalry)
    return cache[partner, rivalry]


def _collect_allies(state: State, partner: int, rivalry: str) -> list[int]:
    rivals = state.rivalries[rivalry].rivals
    return [
        ally
        for ally in range(len(state.codes))
        if ally not in rivals
        and any(
            treaty.promises_aid(ally, partner, rivalry)
            or treaty.promises_consultation(ally, partner)
            for treaty in state.treaties.values()
        )
    ]


def find_shared_treaties(state: State, ally: int, partner: int) -> list[Treaty]:
    """Return the treaties to which both are parties; cached."""
    if (ally, partner) not in state.shared_treaties:
        treaties, both = state.treaties.values(), {ally, partner}
        state.shared_treaties[ally, partner] = [
            treaty for treaty in treaties if both <= set(treaty.parties)
        ]
    return state.shared_treaties[ally, partner]


def bound_to_stand_aside(state: State, actor: int, other: int) -> Vector | None:
    """Return how far treaties bind two actors not to fight each other, 0 to 1, (world,).

    None if there is no such treaty.
    """
    bound = [
        state.binding[treaty.code]
        for treaty in find_shared_treaties(state, actor, other)
        if treaty.promises_standing_aside(actor, other)
    ]
    return np.max(bound, axis=0) if bound else None


def find_unconditional_treaties(state: State, call: Call) -> list[Treaty]:
    """Return the treaties that commit the ally to aid even a partner that began the war."""
    treaties = find_aid_treaties(state, call.ally, call.partner, call.rivalry)
    return [treaty for treaty in treaties if treaty.covers_offence or not treaty.spec.conditional]


def build_relationship(
    state: State, ally: Who, partner: Who, at: Places = EVERYWHERE
) -> Relationship:
    """Return the relationship of ally and partner this month."""
    memory, prior = state.memory, at.of(state.rules.memory.prior_mean)
    worth = at.read_pair(state.worth, ally, partner)
    return Relationship(
        worth=worth + memory.gratitude(ally, partner, at),
        reputation=memory.belief(partner, ally, at) - prior,
        payment=payment(state, ally, partner, at),
        credibility=bloc_credibility(state, ally, partner, at),
    )


def build_circumstances(state: State, call: Call) -> Circumstances:
    """Return the ally's past with both principals, and where it stands; constant for a call."""
    ones = np.ones(state.count)
    return Circumstances(
        own_quarrels=ones * state.own_quarrels[call.ally, call.opponent],
        joint_disputes=ones * state.joint_disputes[call.ally, call.partner],
        nuclear=call.nuclear,
        stationed=ones * state.stationed[call.ally, call.partner],
    )
