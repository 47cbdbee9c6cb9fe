"""What concluding or leaving a treaty rests on: who is bound how deeply, and to whom else of late.

Facts are read at places: in every world of a block, or in the few whose draw may matter.
"""

from __future__ import annotations

from functools import cache, reduce
from itertools import combinations

import numpy as np

from sim.model.arrays import Levels, Mask, Vector, total
from sim.model.entities.pairs import Pair
from sim.model.entities.treaty import Treaty
from sim.model.places import EVERYWHERE, Places
from sim.model.state import State
from sim.model.theory.formation import CONSULTATION, COUNTER_MONTHS, DEFENCE, NONAGGRESSION
from sim.model.theory.leaving import (
    FRESH_MONTHS,
    OUTSIDE_MONTHS,
    SUPPORTERS_MONTHS,
    PartyFacts,
    TreatyFacts,
)
from sim.model.theory.supporters import is_recent
from sim.scenario.schema.treaties import AID_OBLIGATIONS, Obligation

KINDS = {DEFENCE: "defence", CONSULTATION: "consultation", NONAGGRESSION: "nonaggression"}
"""What a class of pact is called in the keys of draws."""


def class_of(treaty: Treaty) -> int:
    """Return the class of a treaty by the deepest of its obligations; 0 for a mere statement."""
    return _class_of(treaty.spec.obligations)


@cache
def _class_of(obligations: tuple[Obligation, ...]) -> int:
    if AID_OBLIGATIONS.intersection(obligations):
        return DEFENCE
    if Obligation.CONSULTATION in obligations:
        return CONSULTATION
    return NONAGGRESSION if obligations else 0


def _defence_pacts(state: State) -> list[Treaty]:
    """Return the treaties that promise aid."""
    treaties = state.treaties.values()
    return [treaty for treaty in treaties if _class_of(treaty.spec.obligations) == DEFENCE]


def deepest_pact(state: State, pair: Pair) -> Levels:
    """Return the class of the deepest promise that binds two actors this month, (world,)."""
    deepest: Levels = np.full(state.count, pair.elsewhere, dtype=np.int8)
    for treaty in state.treaties.values():
        if set(pair.actors) <= set(treaty.parties):
            bound = state.binding_between(treaty, *pair.actors) > 0
            np.maximum(deepest, class_of(treaty) * bound, out=deepest, casting="unsafe")
    return deepest


def opposed(state: State, pair: Pair, at: Places = EVERYWHERE) -> Mask:
    """Return where two actors are on opposite sides of a dispute or war, (place,)."""
    first, second = pair.actors
    sides = [np.zeros_like(at.of(state.no_world))]
    for rivalry in state.rivalries.values():
        war = rivalry.war
        if set(pair.actors) == set(rivalry.rivals):
            sides.append(~at.of(rivalry.quiet))
        for mine, other in ((0, 1), (1, 0)):
            on_side, against = at.of(war.level[mine, first]), at.of(war.level[other, second])
            sides.append(at.of(war.on) & (on_side > 0) & (against > 0))
    return reduce(np.logical_or, sides)


def rivals_pact(state: State, pair: Pair, at: Places = EVERYWHERE) -> Mask:
    """Return where a rival of either has lately concluded a defence pact without them, (place,)."""
    pacts = [
        _signed_within(state, treaty, COUNTER_MONTHS, at)
        for treaty in _defence_pacts(state)
        if not pair.rivals.isdisjoint(treaty.parties)
        and set(pair.actors).isdisjoint(treaty.parties)
    ]
    return reduce(np.logical_or, pacts, np.zeros_like(at.of(state.no_world)))


def party_facts(state: State, treaty: Treaty, party: int, at: Places = EVERYWHERE) -> PartyFacts:
    """Return what makes one party likelier to leave a treaty, (place,) each."""
    governments = state.governments
    members = treaty.members(party, state.month)
    outside = [
        _signed_within(state, other, OUTSIDE_MONTHS, at)
        for other in _defence_pacts(state)
        if party in other.parties and not set(other.parties) <= set(treaty.parties)
    ]
    return PartyFacts(
        member=at.of(~state.no_world if members is None else members),
        supporters=is_recent(at.of(governments.changed[party]), state.month, SUPPORTERS_MONTHS),
        outside=reduce(np.logical_or, outside, np.zeros_like(at.of(state.no_world))),
        polyarchy=at.of(governments.polyarchy[party]),
    )


def treaty_facts(state: State, treaty: Treaty, at: Places = EVERYWHERE) -> TreatyFacts:
    """Return what bears on all parties of a treaty alike."""
    pairs = list(combinations(treaty.founders, 2))
    affinities = [at.of(state.memory.affinity[pair]) for pair in pairs]
    return TreatyFacts(
        defence=class_of(treaty) == DEFENCE,
        major=bool(state.major_power[list(treaty.founders)].any()),
        affinity=total(affinities) / len(pairs),
        fresh=_signed_within(state, treaty, FRESH_MONTHS, at),
    )


def last_promise(state: State, ally: int, partner: int) -> Vector:
    """Return the month of an ally's last promise of aid that binds it, (world,); else infinite."""
    months = np.full(state.count, -np.inf)
    for treaty in state.treaties.values():
        if ally in treaty.parties and treaty.promises_any_aid((partner,)):
            bound = state.binding_between(treaty, ally, partner) > 0
            months = np.where(bound, np.maximum(months, treaty.signed), months)
    return np.where(np.isneginf(months), np.inf, months)


def _signed_within(state: State, treaty: Treaty, months: int, at: Places) -> Mask:
    """Return where a treaty was signed within so many months, (place,)."""
    signed = at.of(treaty.signed)
    return (signed <= state.month) & (signed > state.month - months)
