"""The chances that a pact is concluded and that a treaty is left, with the most they can be.

They are worked out at places: in every world of a block, or in the few whose draw may matter.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from sim.model.arrays import Mask, Terms, Vector, any_world
from sim.model.decisions.pacts import (
    deepest_pact,
    opposed,
    party_facts,
    rivals_pact,
    treaty_facts,
)
from sim.model.entities.pairs import Pair
from sim.model.entities.treaty import Treaty
from sim.model.places import Places
from sim.model.state import State
from sim.model.theory.formation import (
    CLASSES,
    NONAGGRESSION,
    formation_chance,
    formation_chance_at_most,
    formation_terms,
    yearly_rate,
)
from sim.model.theory.leaving import (
    PartyFacts,
    leaving_chance,
    leaving_chance_at_most,
    leaving_terms,
    shares,
)


@dataclass(frozen=True)
class PossiblePact:
    """A pact that two actors may conclude.

    Attributes:
        pair: the two.
        promise: its class.
        free: where nothing of that class or deeper binds them, (world,).
        lesser: where a lesser pact binds them, (world,).
        most: the most that the chance a month can be, (world,); 0 where they are not free.
    """

    pair: Pair
    promise: int
    free: Mask
    lesser: Mask
    most: Vector


@dataclass(frozen=True)
class PossibleNotice:
    """A party that may leave a treaty.

    Attributes:
        treaty: the treaty.
        party: row of the party.
        bound: where it binds the party, (world,).
        most: the most that the chance a month can be, (world,); 0 where it does not bind.
        most_changed: the same where supporters of a party have changed of late.
    """

    treaty: Treaty
    party: int
    bound: Mask
    most: Vector
    most_changed: Vector


def list_bounds(state: State) -> Iterator[tuple[Pair, int, Vector]]:
    """Yield every pact that two may ever conclude, with the most that its chance can be."""
    for pair in state.pairs:
        for promise in CLASSES:
            most = formation_chance_at_most(state.rules.formation, pair.facts, promise)
            if most is not None:
                yield pair, promise, most


def possible_pacts(state: State, bounds: list[tuple[Pair, int, Vector]]) -> Iterator[PossiblePact]:
    """Yield the pacts of two that are possible in some world, given the bounds of their chances."""
    deepest = deepest_pact(state, bounds[0][0])
    for pair, promise, most in bounds:
        free = deepest < promise
        if any_world(free):
            lesser = deepest == NONAGGRESSION
            yield PossiblePact(pair, promise, free, lesser, np.where(free, most, 0.0))


def leaving_bounds(state: State, treaty: Treaty) -> tuple[Vector, Vector]:
    """Return the most of a chance to leave, (world,): usually, and after new supporters."""
    everywhere = ~state.no_world
    facts = replace(treaty_facts(state, treaty), fresh=everywhere)
    parties = [
        replace(party_facts(state, treaty, party), outside=everywhere, member=everywhere)
        for party in treaty.parties
    ]
    usual, changed = (
        leaving_chance_at_most(state.rules.leaving, facts, _with_supporters(parties, each))
        for each in (False, True)
    )
    return usual, changed


def _with_supporters(parties: list[PartyFacts], changed: bool) -> list[PartyFacts]:
    return [replace(party, supporters=np.full_like(party.member, changed)) for party in parties]


def weigh_pact(state: State, possible: PossiblePact, at: Places) -> tuple[Vector, Mask, Terms]:
    """Return the chance a month of a pact, where it can be concluded, and the considerations."""
    rules, pair = state.rules.formation.at(at), possible.pair
    rate = yearly_rate(rules, pair.facts, possible.promise, at.of(possible.lesser))
    if rate is None:
        raise ValueError("no such pact is concluded by these two")
    affinity = at.of(state.memory.affinity[pair.actors])
    counter = rivals_pact(state, pair, at)
    terms = formation_terms(rules, pair.facts, possible.promise, rate, affinity, counter)
    where = at.of(possible.free) & ~opposed(state, pair, at)
    return formation_chance(rules, rate, terms), where, terms


def weigh_notice(state: State, possible: PossibleNotice, at: Places) -> tuple[Vector, Mask, Terms]:
    """Return the chance a month that a party leaves, where it can, and the considerations."""
    rules, treaty = state.rules.leaving.at(at), possible.treaty
    parties = [party_facts(state, treaty, party, at) for party in treaty.parties]
    terms = leaving_terms(rules, treaty_facts(state, treaty, at), parties)
    share = shares(rules, parties)[treaty.parties.index(possible.party)]
    lasts = at.of(treaty.lapse_month) > state.month + (treaty.spec.notice or 0)
    chance = leaving_chance(terms, share)
    own = np.log(np.maximum(share, np.finfo(float).tiny))
    return chance, at.of(possible.bound) & lasts, {**terms, "own_share": own}
