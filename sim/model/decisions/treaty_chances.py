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

    def weigh(self, state: State, at: Places) -> tuple[Vector, Terms]:
        """Return the chance a month, (place,), and the considerations."""
        rules, pair = state.rules.formation.at(at), self.pair
        rate = yearly_rate(rules, pair.facts, self.promise, at.of(self.lesser))
        if rate is None:
            raise ValueError("no such pact is concluded by these two")
        affinity = at.of(state.memory.affinity[pair.actors])
        counter = rivals_pact(state, pair, at)
        terms = formation_terms(rules, pair.facts, self.promise, rate, affinity, counter)
        return formation_chance(rules, rate, terms), terms

    def arises(self, state: State, at: Places) -> Mask:
        """Return where the two can conclude it, (place,)."""
        return at.of(self.free) & ~opposed(state, self.pair, at)


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

    def weigh(self, state: State, at: Places) -> tuple[Vector, Terms]:
        """Return the chance a month, (place,), and the considerations."""
        rules, treaty = state.rules.leaving.at(at), self.treaty
        parties = [party_facts(state, treaty, party, at) for party in treaty.parties]
        terms = leaving_terms(rules, treaty_facts(state, treaty, at), parties)
        share = shares(rules, parties)[treaty.parties.index(self.party)]
        own = np.log(np.maximum(share, np.finfo(float).tiny))
        return leaving_chance(terms, share), {**terms, "own_share": own}

    def arises(self, state: State, at: Places) -> Mask:
        """Return where the party can leave, (place,)."""
        months = self.treaty.spec.notice or 0
        lasts: Mask = at.of(self.treaty.lapse_month) > state.month + months
        return at.of(self.bound) & lasts


PossibleMove = PossiblePact | PossibleNotice


@dataclass(frozen=True)
class PactBounds:
    """The most that the chance of each pact of two can be, by its class, (world,) each.

    Attributes:
        alone: where no lesser pact binds them; no pact of a class that is left out is concluded.
        lesser: where one does.
    """

    alone: dict[int, Vector]
    lesser: dict[int, Vector]

    @classmethod
    def of(cls, state: State, pair: Pair) -> PactBounds:
        """Return the bounds for two actors; they hold for good."""
        alone, lesser = (
            {
                promise: most
                for promise in CLASSES
                if (most := formation_chance_at_most(rules, pair.facts, promise, bound)) is not None
            }
            for rules in [state.rules.formation]
            for bound in (state.no_world, ~state.no_world)
        )
        return cls(alone, lesser)


def possible_pacts(
    state: State, pair: Pair, deepest: Levels, bounds: PactBounds
) -> Iterator[PossiblePact]:
    """Yield the pacts that two may conclude in some world, given what binds them, deepest first."""
    lesser = deepest == NONAGGRESSION
    first, second = (state.codes[row] for row in pair.actors)
    for promise, alone in bounds.alone.items():
        free = deepest < promise
        if any_world(free):
            key = DrawKey("conclude", first, second, KINDS[promise])
            most = np.where(lesser, bounds.lesser[promise], alone)
            yield PossiblePact(key, pair, promise, free, lesser, np.where(free, most, 0.0))


@dataclass(frozen=True)
class LeavingBounds:
    """The most that the chance to leave a treaty can be, for each of its parties, (world,) each.

    Attributes:
        fresh: where the treaty is fresh, or will be when it is signed, (world,).
        usual: with the old supporters.
        changed: where supporters of a party have changed of late.
    """

    fresh: Mask
    usual: list[Vector]
    changed: list[Vector]

    @classmethod
    def of(cls, state: State, treaty: Treaty) -> LeavingBounds:
        """Return the bounds for a treaty."""
        fresh = _ever_fresh(state, treaty)
        facts = replace(treaty_facts(state, treaty), fresh=fresh)
        parties = [party_facts(state, treaty, party) for party in treaty.parties]
        usual, changed = (
            leaving_chances_at_most(state.rules.leaving, facts, parties, new_supporters=new)
            for new in (False, True)
        )
        return cls(fresh, usual, changed)

    def hold(self, state: State, treaty: Treaty) -> bool:
        """Whether they still hold: nobody joined or left, and it is nowhere fresh again."""
        return not (treaty.memberships or any_world(_ever_fresh(state, treaty) & ~self.fresh))


def _ever_fresh(state: State, treaty: Treaty) -> Mask:
    fresh: Mask = treaty.signed > state.month - FRESH_MONTHS
    return fresh


def possible_notices(
    state: State, treaty: Treaty, bounds: LeavingBounds
) -> Iterator[PossibleNotice]:
    """Yield the parties that may leave a treaty in some world this month."""
    for party, usual, changed in zip(treaty.parties, bounds.usual, bounds.changed, strict=True):
        key = DrawKey("leave", state.codes[party], "", treaty.code)
        bound = state.binding_between(treaty, party) > 0
        if any_world(bound):
            yield PossibleNotice(key, treaty, party, bound, usual * bound, changed * bound)
