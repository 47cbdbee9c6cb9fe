"""The moves that treaties can make: a pact that two may conclude, a party that may leave.

Each has its chance, worked out at places: in every world of a block, or in the few whose draw may
matter; and the most that the chance can be, worked out when what binds the parties changes.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from sim.model.arrays import Levels, Mask, Terms, Vector, any_world
from sim.model.decision_log import DrawKey
from sim.model.decisions.pacts import (
    KINDS,
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
    FRESH_MONTHS,
    leaving_chance,
    leaving_chances_at_most,
    leaving_terms,
    shares,
)


@dataclass(frozen=True)
class PossiblePact:
    """A pact that two actors may conclude.

    Attributes:
        key: the key of its draw, one for the two.
        pair: the two.
        promise: its class.
        free: where nothing of that class or deeper binds them, (world,).
        lesser: where a lesser pact binds them, (world,).
        most: the most that the chance a month can be, (world,); 0 where they are not free.
    """

    key: DrawKey
    pair: Pair
    promise: int
    free: Mask
    lesser: Mask
    most: Vector

    @property
    def most_changed(self) -> Vector:
        """The same after a change of supporters, which does not bear on it."""
        return self.most

    def weigh(self, state: State, at: Places) -> tuple[Vector, Mask, Terms]:
        """Return the chance a month, where the two can conclude it, and the considerations."""
        rules, pair = state.rules.formation.at(at), self.pair
        rate = yearly_rate(rules, pair.facts, self.promise, at.of(self.lesser))
        if rate is None:
            raise ValueError("no such pact is concluded by these two")
        affinity = at.of(state.memory.affinity[pair.actors])
        counter = rivals_pact(state, pair, at)
        terms = formation_terms(rules, pair.facts, self.promise, rate, affinity, counter)
        where = at.of(self.free) & ~opposed(state, pair, at)
        return formation_chance(rules, rate, terms), where, terms


@dataclass(frozen=True)
class PossibleNotice:
    """A party that may leave a treaty.

    Attributes:
        key: the key of its draw.
        treaty: the treaty.
        party: row of the party.
        bound: where it binds the party, (world,).
        most: the most that the chance a month can be, (world,); 0 where it does not bind.
        most_changed: the same where supporters of a party have changed of late.
    """

    key: DrawKey
    treaty: Treaty
    party: int
    bound: Mask
    most: Vector
    most_changed: Vector

    def weigh(self, state: State, at: Places) -> tuple[Vector, Mask, Terms]:
        """Return the chance a month, where the party can leave, and the considerations."""
        rules, treaty = state.rules.leaving.at(at), self.treaty
        parties = [party_facts(state, treaty, party, at) for party in treaty.parties]
        terms = leaving_terms(rules, treaty_facts(state, treaty, at), parties)
        share = shares(rules, parties)[treaty.parties.index(self.party)]
        lasts = at.of(treaty.lapse_month) > state.month + (treaty.spec.notice or 0)
        chance = leaving_chance(terms, share)
        own = np.log(np.maximum(share, np.finfo(float).tiny))
        return chance, at.of(self.bound) & lasts, {**terms, "own_share": own}


PossibleMove = PossiblePact | PossibleNotice


def possible_pacts(state: State, pair: Pair, deepest: Levels) -> Iterator[PossiblePact]:
    """Yield the pacts that two may conclude in some world, given what binds them, deepest first."""
    lesser, rules = deepest == NONAGGRESSION, state.rules.formation
    first, second = (state.codes[row] for row in pair.actors)
    for promise in CLASSES:
        free = deepest < promise
        most = formation_chance_at_most(rules, pair.facts, promise, lesser)
        if most is not None and any_world(free):
            key = DrawKey("conclude", first, second, KINDS[promise])
            yield PossiblePact(key, pair, promise, free, lesser, np.where(free, most, 0.0))


@dataclass(frozen=True)
class LeavingBounds:
    """The most that the chance to leave a treaty can be, for each of its parties, (world,) each.

    It holds for as long as there is no act on the treaty.

    Attributes:
        usual: with the old supporters.
        changed: where supporters of a party have changed of late.
    """

    usual: list[Vector]
    changed: list[Vector]

    @classmethod
    def of(cls, state: State, treaty: Treaty) -> LeavingBounds:
        """Return the bounds of a treaty that is as fresh as it is now, or as it will be."""
        fresh = treaty.signed > state.month - FRESH_MONTHS
        facts = replace(treaty_facts(state, treaty), fresh=fresh)
        parties = [party_facts(state, treaty, party) for party in treaty.parties]
        usual, changed = (
            leaving_chances_at_most(state.rules.leaving, facts, parties, new_supporters=new)
            for new in (False, True)
        )
        return cls(usual, changed)


def possible_notices(
    state: State, treaty: Treaty, bounds: LeavingBounds
) -> Iterator[PossibleNotice]:
    """Yield the parties that may leave a treaty in some world this month."""
    for party, usual, changed in zip(treaty.parties, bounds.usual, bounds.changed, strict=True):
        key = DrawKey("leave", state.codes[party], "", treaty.code)
        bound = state.binding_between(treaty, party) > 0
        if any_world(bound):
            yield PossibleNotice(key, treaty, party, bound, usual * bound, changed * bound)
