"""A call for help, and the case an ally makes of it."""

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
    """A partner at war, or expecting it, in the eyes of one possible ally.

    Attributes:
        ally, partner, opponent: rows of the actors.
        rivalry: code of the theatre.
        began: where the partner's side began the war, (world,).
        home_soil: where the partner's home soil is attacked, (world,).
        own_strength: strength of the partner's side without the ally, (world,).
        other_strength: strength of the other side, (world,).
        nuclear: chance that a nuclear power stands on the other side, (world,).
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
    """Return the treaties, ended ones too, by which `ally` promised `partner` aid there."""
    treaties = _find_shared_treaties(state, ally, partner)
    return [treaty for treaty in treaties if treaty.promises_aid(ally, partner, rivalry)]


def find_allies(state: State, partner: int, rivalry: str) -> list[int]:
    """Return who ever promised `partner` aid or consultation; the rivals are left out.

    Which treaties there are does not change while worlds are lived, so it is looked up once.
    """
    known = state.potential_allies
    if (partner, rivalry) not in known:
        known[partner, rivalry] = _collect_allies(state, partner, rivalry)
    return known[partner, rivalry]


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


def commitment_log_odds(state: State, call: Call) -> Vector:
    """Return the log-odds, (world,), that such a promise is kept in the record.

    The best of the treaties that bind counts. One that binds in part, being signed and not yet in
    force, moves the log-odds that far from those of a partner to whom nothing is owed.
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
    """Return the treaties that have both among their parties; looked up once."""
    if (ally, partner) not in state.shared_treaties:
        treaties, both = state.treaties.values(), {ally, partner}
        state.shared_treaties[ally, partner] = [
            each for each in treaties if both <= set(each.parties)
        ]
    return state.shared_treaties[ally, partner]


def _treaty_log_odds(state: State, treaty: Treaty, call: Call) -> Vector | None:
    rules = state.rules.honour
    consults = treaty.promises_consultation(call.ally, call.partner)
    consulted = rules.consultation if consults else rules.unpromised
    if treaty.promises_aid(call.ally, call.partner, call.rivalry):
        kept = rules.offence if treaty.covers_offence else rules.defence
        return np.where(treaty.aid_due(call.began, call.home_soil), kept, consulted)
    return consulted if consults else None


def answer_chances(state: State, call: Call, willing: Vector) -> tuple[Vector, Vector, Vector]:
    """Return the chance of at least materiel, at least troops, and open war; (world,) each."""
    if state.stationed[call.ally, call.partner]:
        sure = logistic(willing)
        return sure, sure, sure
    materiel, troops, war = level_chances(willing, (1.0, *state.odds_divisors))
    return materiel, troops, war


def build_treaty_terms(state: State, call: Call) -> TreatyTerms:
    """Return what treaties have the ally do this month."""
    return TreatyTerms(
        promise=commitment_log_odds(state, call),
        began=(call.began & _excused_if_partner_began(state, call)).astype(float),
        standing_aside=_bound_to_stand_aside(state, call),
    )


def build_relationship(state: State, ally: int, partner: int) -> Relationship:
    """Return what stands between the two now."""
    return Relationship(
        worth=state.worth[ally, partner] + state.memory.gratitude(ally, partner),
        reputation=state.memory.belief(partner, ally),
        payment=payment(state, ally, partner),
        credibility=bloc_credibility(state, ally, partner),
    )


def build_circumstances(state: State, call: Call) -> Circumstances:
    """Return how strength and place lie; it stays so while the strengths of the sides do."""
    ally, partner = call.ally, call.partner
    arriving = state.capability[ally] * state.reach[ally, partner]
    helped, even = call.own_strength + arriving, np.ones(state.count)
    return Circumstances(
        home_soil=call.home_soil.astype(float),
        marginal=win_chance(helped, call.other_strength)
        - win_chance(call.own_strength, call.other_strength),
        opposition=win_chance(call.other_strength, helped),
        nuclear=call.nuclear,
        distance=even * state.distance[ally, partner],
        stationed=even * state.stationed[ally, partner],
        major_power=even * state.major_power[ally],
        autocracy=state.autocracy[ally],
    )


def _excused_if_partner_began(state: State, call: Call) -> Mask:
    """Return where every promise that binds the ally excuses from a war the partner began."""
    unconditional = np.zeros(state.count, dtype=bool)
    for treaty in find_aid_treaties(state, call.ally, call.partner, call.rivalry):
        if treaty.covers_offence or not treaty.spec.conditional:
            unconditional |= state.binding[treaty.code] > 0
    return ~unconditional


def _bound_to_stand_aside(state: State, call: Call) -> Vector:
    """Return how far the ally is bound not to fight the opponent, (world,)."""
    bound = [
        state.binding[treaty.code]
        for treaty in _find_shared_treaties(state, call.ally, call.opponent)
        if treaty.promises_standing_aside(call.ally, call.opponent)
    ]
    return np.max(bound, axis=0) if bound else np.zeros(state.count)
