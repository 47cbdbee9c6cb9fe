"""Which pairs may conclude a treaty and which parties may leave one, and how they decide.

What may be concluded or left changes only when what binds whom changes, so that it is worked out
then, with the most that each chance can be. A month looks at the draws first: only where one is
below that bound is anything else worked out. With a decision log, and while decisions are taken by
hand, everything is, with equal results.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import numpy as np

from sim.model.arrays import Mask, Terms, Vector, any_world
from sim.model.decision_log import DrawKey
from sim.model.decisions.leanings import decide_together
from sim.model.decisions.pacts import (
    KINDS,
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
    NONAGGRESSION,
    formation_chance,
    formation_chance_at_most,
    formation_terms,
    yearly_rate,
)
from sim.model.theory.leaving import (
    SUPPORTERS_MONTHS,
    PartyFacts,
    leaving_chance,
    leaving_chance_at_most,
    leaving_terms,
    shares,
)
from sim.model.theory.supporters import is_recent

_Evaluate = Callable[[Places], tuple[Vector, Mask, Terms]]
"""Returns the chance, where the decision arises, and the considerations, at some places."""


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


class TreatyMoves:
    """What may be concluded and left in a block of worlds, and the decisions on it."""

    def __init__(self, state: State) -> None:
        self._state = state
        self._rules: SampledRules | None = None
        self._renewed = self._recent_in = -1
        self._recent: Mask | None = None
        self._leaving: dict[tuple[str, tuple[int, ...]], tuple[Vector, Vector]] = {}
        self._bounds: list[tuple[Pair, int, Vector]] = []
        self._pacts: dict[tuple[int, int], list[PossiblePact]] = {}
        self._notices: dict[str, list[PossibleNotice]] = {}

    @property
    def pacts(self) -> list[PossiblePact]:
        """The pacts that may be concluded in some world, of two actors the deepest first."""
        self._renew()
        return [pact for pacts in self._pacts.values() for pact in pacts]

    @property
    def notices(self) -> list[PossibleNotice]:
        """The parties that may leave a treaty in some world."""
        self._renew()
        return [notice for code in sorted(self._notices) for notice in self._notices[code]]

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
            recent = self._recently_changed()
            usual, changed = possible.most, possible.most_changed
            most = usual if recent is None else np.where(recent, changed, usual)
            return self._draw(key, most, lambda at: _weigh_notice(state, possible, at))
        chance, where, terms = _weigh_notice(state, possible, EVERYWHERE)
        return where & occurs(state, key, chance, where, lambda: terms)

    def _recently_changed(self) -> Mask | None:
        """Return where any supporters have changed of late, (world,); None if nowhere."""
        if self._recent_in != self._state.month:
            changed, self._recent_in = self._state.governments.changed, self._state.month
            recent = is_recent(changed.max(axis=0), self._recent_in, SUPPORTERS_MONTHS)
            self._recent = recent if any_world(recent) else None
        return self._recent

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
        """Find out anew what is possible where what binds whom has changed, or the rules have."""
        state = self._state
        if self._rules is not state.rules:
            self._rules, self._renewed = state.rules, -1
            self._bounds = list(_bounds(state))
            self._leaving.clear()
        changed = {code for code, at in state.binding_changed.items() if at > self._renewed}
        self._renewed = state.renewals
        moved = {frozenset(state.treaties[code].parties) for code in changed}
        for actors, pacts in _group(self._bounds).items():
            if any(set(actors) <= parties for parties in moved) or actors not in self._pacts:
                self._pacts[actors] = list(_possible_pacts(state, pacts))
        for code in changed:
            self._notices[code] = list(self._possible_notices(state.treaties[code]))

    def _possible_notices(self, treaty: Treaty) -> Iterator[PossibleNotice]:
        """Yield the parties that may leave a treaty in some world; none of a mere statement."""
        state, key = self._state, (treaty.code, treaty.parties)
        if not class_of(treaty) or not any_world(state.binding[treaty.code] > 0):
            return
        if key not in self._leaving:
            self._leaving[key] = _leaving_bounds(state, treaty)
        usual, changed = self._leaving[key]
        for party in treaty.parties:
            bound = state.binding_between(treaty, party) > 0
            yield PossibleNotice(treaty, party, bound, usual * bound, changed * bound)


def _bounds(state: State) -> Iterator[tuple[Pair, int, Vector]]:
    """Yield every pact that two may ever conclude, with the most that its chance can be."""
    for pair in state.pairs:
        for promise in CLASSES:
            most = formation_chance_at_most(state.rules.formation, pair.facts, promise)
            if most is not None:
                yield pair, promise, most


def _group(
    bounds: list[tuple[Pair, int, Vector]],
) -> dict[tuple[int, int], list[tuple[Pair, int, Vector]]]:
    groups: dict[tuple[int, int], list[tuple[Pair, int, Vector]]] = {}
    for bound in bounds:
        groups.setdefault(bound[0].actors, []).append(bound)
    return groups


def _possible_pacts(state: State, bounds: list[tuple[Pair, int, Vector]]) -> Iterator[PossiblePact]:
    deepest = deepest_pact(state, bounds[0][0])
    for pair, promise, most in bounds:
        free = deepest < promise
        if any_world(free):
            lesser = deepest == NONAGGRESSION
            yield PossiblePact(pair, promise, free, lesser, np.where(free, most, 0.0))


def _leaving_bounds(state: State, treaty: Treaty) -> tuple[Vector, Vector]:
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


def _weigh_pact(state: State, possible: PossiblePact, at: Places) -> tuple[Vector, Mask, Terms]:
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
