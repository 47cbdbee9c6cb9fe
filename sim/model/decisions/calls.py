"""A call for aid, and the facts an ally considers when it answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from sim.model.arrays import Mask, Vector, any_world
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
    """Return the actors that in some world committed themselves to aid or consult with `partner`.

    Rivals are excluded. The result is cached until an act binds actors whom nothing bound before.
    """
    return list(_allies_by_world(state, partner, rivalry))


def allied_where(state: State, ally: int, partner: int, rivalry: str) -> Mask | None:
    """Return where an ally has ever committed itself so, (world,); None for every world.

    A commitment that has lapsed counts: the partner still asks.
    """
    return _allies_by_world(state, partner, rivalry).get(ally, state.no_world)


def _allies_by_world(state: State, partner: int, rivalry: str) -> dict[int, Mask | None]:
    cache = state.potential_allies
    if (partner, rivalry) not in cache:
        cache[partner, rivalry] = _collect_allies(state, partner, rivalry)
    return cache[partner, rivalry]


def _collect_allies(state: State, partner: int, rivalry: str) -> dict[int, Mask | None]:
    rivals, allies = state.rivalries[rivalry].rivals, dict[int, Mask | None]()
    for ally in range(len(state.codes)):
        treaties = find_shared_treaties(state, ally, partner) if ally not in rivals else ()
        bound = [
            treaty.has_bound((ally, partner), state.month)
            for treaty in treaties
            if treaty.promises_aid(ally, partner, rivalry)
            or treaty.promises_consultation(ally, partner)
        ]
        where = _anywhere(bound)
        if bound and (where is None or any_world(where)):
            allies[ally] = where
    return allies


def _anywhere(masks: Sequence[Mask | None]) -> Mask | None:
    """Return where any of some masks holds; None, everywhere, if one of them holds everywhere."""
    known = [mask for mask in masks if mask is not None]
    return np.logical_or.reduce(known) if known and len(known) == len(masks) else None


def find_shared_treaties(state: State, ally: int, partner: int) -> list[Treaty]:
    """Return the treaties to which both are parties in some world; cached likewise."""
    if (ally, partner) not in state.shared_treaties:
        treaties, both = state.treaties.values(), {ally, partner}
        state.shared_treaties[ally, partner] = [
            treaty for treaty in treaties if both <= set(treaty.parties)
        ]
    return state.shared_treaties[ally, partner]


def bound_to_aid(state: State, ally: int, partner: int, rivalry: str) -> Mask:
    """Return where a treaty binds `ally` to aid `partner` in a theatre this month, (world,)."""
    bound = (
        state.binding_between(treaty, ally, partner) > 0
        for treaty in find_aid_treaties(state, ally, partner, rivalry)
    )
    return np.any([state.no_world, *bound], axis=0)


def bound_to_stand_aside(state: State, actor: int, other: int) -> Vector | None:
    """Return how far treaties bind two actors not to fight each other, 0 to 1, (world,).

    None if there is no such treaty.
    """
    bound = [
        state.binding_between(treaty, actor, other)
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
    changed = state.governments.successor
    return Relationship(
        worth=worth + memory.gratitude(ally, partner, at),
        reputation=memory.belief(partner, ally, at) - prior,
        payment=payment(state, ally, partner, at),
        credibility=bloc_credibility(state, ally, partner, at),
        successor=None if changed is None else at.read_pair(changed, ally, partner),
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
