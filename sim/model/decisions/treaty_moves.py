"""Which pairs may conclude a treaty and which parties may leave one, and how they decide.

What may be concluded or left changes only when what binds whom changes, so that it is worked out
then, with the most that each chance can be. A month looks at the draws first: only where one is
below that bound is anything else worked out. With a decision log, and while decisions are taken by
hand, everything is, with equal results.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from sim.model.arrays import Mask, Terms, Vector, any_world
from sim.model.decision_log import DrawKey
from sim.model.decisions.leanings import decide_together
from sim.model.decisions.pacts import (
    class_of,
    deepest_pact,
    opposed,
    party_facts,
    rivals_pact,
    treaty_facts,
)
from sim.model.decisions.sampling import occurs
from sim.model.entities.pairs import Pair
from sim.model.entities.treaty import Treaty
from sim.model.places import EVERYWHERE, CasePlaces, Places
from sim.model.state import SampledRules, State
from sim.model.theory.formation import (
    CLASSES,
    CONSULTATION,
    DEFENCE,
    NONAGGRESSION,
    formation_chance,
    formation_chance_at_most,
    formation_terms,
    yearly_rate,
)
from sim.model.theory.leaving import leaving_chance, leaving_chance_at_most, leaving_terms, shares

_Evaluate = Callable[[Places], tuple[Vector, Mask, Terms]]
"""Returns the chance, where the decision arises, and the considerations, at some places."""

KINDS = {DEFENCE: "defence", CONSULTATION: "consultation", NONAGGRESSION: "nonaggression"}
"""What a class of pact is called in the keys of draws."""


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
    """

    treaty: Treaty
    party: int
    bound: Mask
    most: Vector


class TreatyMoves:
    """What may be concluded and left in a block of worlds, and the decisions on it."""

    def __init__(self, state: State) -> None:
        self._state = state
        self._rules: SampledRules | None = None
        self._renewed = -1
        self._pacts: list[PossiblePact] = []
        self._notices: list[PossibleNotice] = []

    @property
    def pacts(self) -> list[PossiblePact]:
        """The pacts that may be concluded in some world, of two actors the deepest first."""
        self._renew()
        return self._pacts

    @property
    def notices(self) -> list[PossibleNotice]:
        """The parties that may leave a treaty in some world."""
        self._renew()
        return self._notices

    def decide_pact(self, possible: PossiblePact) -> Mask:
        """Return where two actors conclude a pact this month, (world,): one draw for the two."""
        state, kind = self._state, KINDS[possible.promise]
        first, second = (state.codes[row] for row in possible.pair.actors)
        key = DrawKey("conclude", first, second, kind)
        if not state.one_by_one:
            return self._draw(key, possible.most, lambda at: _weigh_pact(state, possible, at))
        chance, where, terms = _weigh_pact(state, possible, EVERYWHERE)
        parties = [DrawKey("sign", first, second, kind), DrawKey("sign", second, first, kind)]
        return where & decide_together(state, key, chance, parties, where, lambda: terms)

    def decide_notice(self, possible: PossibleNotice) -> Mask:
        """Return where a party gives notice of a treaty this month, (world,)."""
        state = self._state
        key = DrawKey("leave", state.codes[possible.party], "", possible.treaty.code)
        if not state.one_by_one:
            return self._draw(key, possible.most, lambda at: _weigh_notice(state, possible, at))
        chance, where, terms = _weigh_notice(state, possible, EVERYWHERE)
        return where & occurs(state, key, chance, where, lambda: terms)

    def _draw(self, key: DrawKey, most: Vector, evaluate: _Evaluate) -> Mask:
        """Return where it happens, (world,), worked out only where the draw is below the bound."""
        draws = self._state.streams.uniform(key.what, self._state.month, *key[1:])
        happens = np.zeros_like(self._state.no_world)
        worlds = (draws < most).nonzero()[0]
        if len(worlds):
            chance, where, _ = evaluate(CasePlaces(worlds))
            happens[worlds] = where & (draws[worlds] < chance)
        return happens

    # -- what is possible -----------------------------------------------------------------------

    def _renew(self) -> None:
        """Find out anew what is possible, if what binds whom or the rules have changed."""
        state = self._state
        changed = max(state.binding_changed.values(), default=0)
        if self._rules is not state.rules or self._renewed != changed:
            self._rules, self._renewed = state.rules, changed
            self._pacts = list(_possible_pacts(state))
            self._notices = list(_possible_notices(state))


def _possible_pacts(state: State) -> Iterator[PossiblePact]:
    for pair in state.pairs:
        deepest = deepest_pact(state, pair)
        for promise in CLASSES:
            free = deepest < promise
            most = formation_chance_at_most(state.rules.formation, pair.facts, promise)
            if most is not None and any_world(free):
                lesser = deepest == NONAGGRESSION
                yield PossiblePact(pair, promise, free, lesser, np.where(free, most, 0.0))


def _possible_notices(state: State) -> Iterator[PossibleNotice]:
    for treaty in state.treaties.values():
        promise = class_of(treaty)
        for party in treaty.parties if promise else ():
            bound = state.binding_between(treaty, party) > 0
            if any_world(bound):
                least = state.governments.polyarchy[list(treaty.parties)].min(axis=0)
                most = leaving_chance_at_most(
                    state.rules.leaving, defence=promise == DEFENCE, least=least
                )
                yield PossibleNotice(treaty, party, bound, np.where(bound, most, 0.0))


def _weigh_pact(state: State, possible: PossiblePact, at: Places) -> tuple[Vector, Mask, Terms]:
    """Return the chance a month of a pact, where it can be concluded, and the considerations."""
    rules, pair = state.rules.formation.at(at), possible.pair
    rate = yearly_rate(rules, pair.facts, possible.promise, at.of(possible.lesser))
    if rate is None:
        raise ValueError("no such pact is concluded by these two")
    affinity = at.of(state.memory.affinity[pair.actors])
    counter = rivals_pact(state, pair, at)
    terms = formation_terms(rules, pair.facts, rate, affinity, counter)
    where = at.of(possible.free) & ~opposed(state, pair, at)
    return formation_chance(rules, rate, terms), where, terms


def _weigh_notice(state: State, possible: PossibleNotice, at: Places) -> tuple[Vector, Mask, Terms]:
    """Return the chance a month that a party leaves, where it can, and the considerations."""
    rules, treaty = state.rules.leaving.at(at), possible.treaty
    parties = [party_facts(state, treaty, party, at) for party in treaty.parties]
    terms = leaving_terms(rules, treaty_facts(state, treaty, at), parties)
    share = shares(rules, parties)[treaty.parties.index(possible.party)]
    lasts = at.of(treaty.lapse_month) > state.month + (treaty.spec.notice or 0)
    chance = leaving_chance(terms, share)
    own = np.log(np.maximum(share, np.finfo(float).tiny))
    return chance, at.of(possible.bound) & lasts, {**terms, "own_share": own}
