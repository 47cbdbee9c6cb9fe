"""A call for aid, and the facts an ally considers when it answers."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.model.arrays import Mask, Vector
from sim.model.decisions.modifiers import bloc_credibility, payment
from sim.model.entities.treaty import Treaty
from sim.model.state import State
from sim.model.theory.contest import win_chance
from sim.model.theory.honour import Circumstances, Relationship, TreatyTerms
from sim.model.theory.quantal_response import level_chances, logistic


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
        own_strength: strength of the partner's side without the ally, (world,).
        other_strength: strength of the other side, (world,).
        nuclear: chance that a nuclear power is on the other side, (world,).
    """

    ally: int
    partner: int
    opponent: int
    rivalry: str
    began: Mask
    home_soil: Mask
    own_strength: Vector
    other_strength: Vector
    nuclear: Vector


def find_aid_treaties(state: State, ally: int, partner: int, rivalry: str) -> list[Treaty]:
    """Return the treaties, lapsed ones included, that commit `ally` to aid `partner` there."""
    treaties = _find_shared_treaties(state, ally, partner)
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


def bound_to_stand_aside(state: State, actor: int, other: int) -> Vector:
    """Return how far treaties bind two actors not to fight each other, 0 to 1, (world,)."""
    bound = [
        state.binding[treaty.code]
        for treaty in _find_shared_treaties(state, actor, other)
        if treaty.promises_standing_aside(actor, other)
    ]
    return np.max(bound, axis=0) if bound else np.zeros(state.count)


def commitment_log_odds(state: State, call: Call) -> Vector:
    """Return the log-odds, (world,), that such a commitment was honoured in the historical record.

    The strongest binding treaty counts. A treaty that is signed and not yet in force binds in part:
    it shifts the log-odds by that part of the way from a partner without a commitment.
    """
    rules = state.rules.honour
    best = rules.unpromised
    for treaty in _find_shared_treaties(state, call.ally, call.partner):
        promised = _treaty_log_odds(state, treaty, call)
        if promised is not None:
            bound = state.binding[treaty.code] * (promised - rules.unpromised)
            best = np.maximum(best, rules.unpromised + bound)
    return best


def _find_shared_treaties(state: State, ally: int, partner: int) -> list[Treaty]:
    """Return the treaties to which both are parties; cached."""
    if (ally, partner) not in state.shared_treaties:
        treaties, both = state.treaties.values(), {ally, partner}
        state.shared_treaties[ally, partner] = [
            treaty for treaty in treaties if both <= set(treaty.parties)
        ]
    return state.shared_treaties[ally, partner]


def _treaty_log_odds(state: State, treaty: Treaty, call: Call) -> Vector | None:
    rules = state.rules.honour
    consults = treaty.promises_consultation(call.ally, call.partner)
    consulted = rules.consultation if consults else rules.unpromised
    if treaty.promises_aid(call.ally, call.partner, call.rivalry):
        due = rules.offence if treaty.covers_offence else rules.defence
        return np.where(treaty.aid_due(call.began, call.home_soil), due, consulted)
    return consulted if consults else None


def answer_chances(state: State, call: Call, willing: Vector) -> tuple[Vector, Vector, Vector]:
    """Return the chance of at least materiel, at least troops, and open war; (world,) each.

    An ally whose troops are stationed with the partner is in the fight already: its three chances
    are the same.
    """
    if state.stationed[call.ally, call.partner]:
        chance = logistic(willing)
        return chance, chance, chance
    materiel, troops, war = level_chances(willing, (1.0, *state.odds_divisors))
    return materiel, troops, war


def build_treaty_terms(state: State, call: Call) -> TreatyTerms:
    """Return what its treaties oblige the ally to do this month."""
    return TreatyTerms(
        promise=commitment_log_odds(state, call),
        began=(call.began & _excused_if_partner_began(state, call)).astype(float),
        standing_aside=bound_to_stand_aside(state, call.ally, call.opponent),
    )


def build_relationship(state: State, ally: int, partner: int) -> Relationship:
    """Return the relationship of ally and partner this month."""
    return Relationship(
        worth=state.worth[ally, partner] + state.memory.gratitude(ally, partner),
        reputation=state.memory.belief(partner, ally),
        payment=payment(state, ally, partner),
        credibility=bloc_credibility(state, ally, partner),
    )


def build_circumstances(state: State, call: Call) -> Circumstances:
    """Return the balance of strength, the distance and the type of ally; constant for a call."""
    ally, partner = call.ally, call.partner
    arriving = state.capability[ally] * state.reach[ally, partner]
    joined, ones = call.own_strength + arriving, np.ones(state.count)
    return Circumstances(
        home_soil=call.home_soil.astype(float),
        marginal=win_chance(joined, call.other_strength)
        - win_chance(call.own_strength, call.other_strength),
        opposition=win_chance(call.other_strength, joined),
        nuclear=call.nuclear,
        distance=ones * state.distance[ally, partner],
        stationed=ones * state.stationed[ally, partner],
        major_power=ones * state.major_power[ally],
        autocracy=state.autocracy[ally],
    )


def _excused_if_partner_began(state: State, call: Call) -> Mask:
    """Return where every binding commitment excludes a war that the partner began."""
    unconditional = np.zeros(state.count, dtype=bool)
    for treaty in find_aid_treaties(state, call.ally, call.partner, call.rivalry):
        if treaty.covers_offence or not treaty.spec.conditional:
            unconditional |= state.binding[treaty.code] > 0
    return ~unconditional
