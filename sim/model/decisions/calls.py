"""A call for aid, and the facts an ally considers when it answers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol

import numpy as np

from sim.model.arrays import Mask, Vector
from sim.model.decisions.modifiers import bloc_credibility, payment
from sim.model.decisions.war_strength import opposing_nuclear
from sim.model.entities.commitment import Commitment, Promised
from sim.model.entities.rivalry import Rivalry
from sim.model.entities.treaty import Treaty
from sim.model.places import EVERYWHERE, Index, Places, Who
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


class AllyCall(NamedTuple):
    """A call of a partner to an ally, and where it is made.

    Attributes:
        rivalry: code of the theatre.
        side: side of the partner.
        partner, ally: rows of the actors.
        worlds: the worlds in which the call is made, (case,).
    """

    rivalry: str
    side: int
    partner: int
    ally: int
    worlds: Index


class Called(Protocol):
    """Who is called by whom, and for which war: what the record of an answer rests on."""

    @property
    def ally(self) -> int:
        """Row of the ally."""

    @property
    def partner(self) -> int:
        """Row of the partner."""

    @property
    def rivalry(self) -> str:
        """Code of the theatre."""


def call_in_block(state: State, call: AllyCall) -> Call:
    """Return a call with its facts in every world."""
    rivalry = state.rivalries[call.rivalry]
    opponent = rivalry.rivals[1 - call.side]
    facts = (
        *find_beginning(rivalry, call.side, call.partner),
        opposing_nuclear(state, rivalry, call.side),
    )
    return Call(call.ally, call.partner, opponent, call.rivalry, *facts)


def find_beginning(
    rivalry: Rivalry, side: int, partner: int, at: Places = EVERYWHERE
) -> tuple[Mask, Mask]:
    """Return where a side began the war, and where the partner's home soil is attacked for it.

    (place,) each.
    """
    war = rivalry.war
    began: Mask = at.of(war.on) & (at.of(war.attacker) == side)
    return began, began & at.of(war.home_soil) & (partner in rivalry.rivals)


def find_shared_treaties(state: State, ally: int, partner: int) -> list[Treaty]:
    """Return the treaties to which both are parties in some world.

    The result is cached until an act binds actors whom nothing bound before.
    """
    if (ally, partner) not in state.shared_treaties:
        state.shared_treaties[ally, partner] = [
            treaty for treaty in _treaties_of(state, ally) if partner in treaty.parties
        ]
    return state.shared_treaties[ally, partner]


def _treaties_of(state: State, actor: int) -> list[Treaty]:
    """Return the treaties to which an actor is a party in some world. They are cached likewise."""
    if actor not in state.treaties_of:
        treaties = state.treaties.values()
        state.treaties_of[actor] = [treaty for treaty in treaties if actor in treaty.parties]
    return state.treaties_of[actor]


def find_commitment(state: State, ally: int, partner: int, rivalry: str) -> Commitment:
    """Return what `ally` promised `partner` in a theatre. The result is cached likewise."""
    found = state.promises.setdefault((ally, partner), {})
    if rivalry not in found:
        found[rivalry] = _find_alike(state, ally, partner, rivalry) or _commit(
            state, ally, partner, rivalry
        )
    return found[rivalry]


def _find_alike(state: State, ally: int, partner: int, rivalry: str) -> Commitment | None:
    """Return what is known of another theatre, where no text of the two names any, if it is alike.

    The ally has the same standing there.
    """
    if any(treaty.spec.theatres for treaty in find_shared_treaties(state, ally, partner)):
        return None
    known, standing = state.promises[ally, partner].values(), state.standings[ally, rivalry]
    return next((each for each in known if each.standing == standing), None)


def _commit(state: State, ally: int, partner: int, rivalry: str) -> Commitment:
    promises = _find_promises(state, ally, partner, rivalry)
    where = _where_bound(state, promises, (ally, partner))
    return Commitment(ally, partner, state.standings[ally, rivalry], promises, where)


def _find_promises(state: State, ally: int, partner: int, rivalry: str) -> tuple[Promised, ...]:
    shared = find_shared_treaties(state, ally, partner)
    found = [Promised(treaty, treaty.promises_aid(ally, partner, rivalry)) for treaty in shared]
    return tuple(
        [each for each in found if each.of_aid or each.treaty.promises_consultation(ally, partner)]
    )


def _where_bound(
    state: State, promises: Sequence[Promised], actors: tuple[int, int]
) -> Mask | None:
    """Return where any promise has ever bound two actors, (world,); None for every world."""
    where = state.no_world
    for promise in promises:
        bound = promise.treaty.has_bound(actors, state.month)
        if bound is None:
            return None
        where = where | bound
    return where


def find_aid_treaties(state: State, ally: int, partner: int, rivalry: str) -> list[Treaty]:
    """Return the treaties, lapsed ones included, that commit `ally` to aid `partner` there."""
    return find_commitment(state, ally, partner, rivalry).treaties_of_aid


def find_allies(state: State, partner: int, rivalry: str) -> dict[int, Mask | None]:
    """Return the actors that in some world committed themselves to aid or consult with `partner`.

    With each where it has ever done so, (world,), or None for every world: a commitment that has
    lapsed counts, since the partner still asks. Rivals are excluded. The result is cached likewise.
    """
    found = state.potential_allies.setdefault(partner, {})
    if rivalry not in found:
        found[rivalry] = dict(_collect_allies(state, partner, rivalry))
    return found[rivalry]


def _collect_allies(state: State, partner: int, rivalry: str) -> Iterator[tuple[int, Mask | None]]:
    for ally in _possible_allies(state, partner, rivalry):
        commitment = find_commitment(state, ally, partner, rivalry)
        if commitment.ever:
            yield ally, commitment.where


def _possible_allies(state: State, partner: int, rivalry: str) -> list[int]:
    """Return who shares a treaty with a partner and is no rival, in the order of the actors."""
    shared = [treaty.parties for treaty in _treaties_of(state, partner)]
    return sorted(set().union(*shared) - {partner, *state.rivalries[rivalry].rivals})


def bound_to_aid(state: State, ally: int, partner: int, rivalry: str) -> Mask:
    """Return where a treaty binds `ally` to aid `partner` in a theatre this month, (world,).

    The result is cached until it is determined anew which treaties bind: not to be changed.
    """
    who = ally, partner, rivalry
    if who not in state.bound_to_aid:
        bound = state.no_world
        for treaty in find_aid_treaties(state, *who):
            bound = bound | (state.binding_between(treaty, ally, partner) > 0)
        state.bound_to_aid[who] = bound
    return state.bound_to_aid[who]


def bound_to_stand_aside(state: State, actor: int, other: int) -> Vector:
    """Return how far treaties bind two actors not to fight each other, 0 to 1, (world,)."""
    bound = [
        state.binding_between(treaty, actor, other)
        for treaty in find_shared_treaties(state, actor, other)
        if treaty.promises_standing_aside(actor, other)
    ]
    return np.maximum.reduce([state.nothing, *bound])


def find_unconditional_treaties(state: State, call: Called) -> list[Treaty]:
    """Return the treaties that commit the ally to aid even a partner that began the war."""
    return find_commitment(state, call.ally, call.partner, call.rivalry).unconditional


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
