"""How willing an ally is to answer a call: the one route from facts to log-odds.

An `AllyCase` is one ally's view of one call, whether the call is made or only foreseen, and whether
the ally promised something or looks on. A foreseen call is the same every month, so its sums are
reused for as long as their terms do not change.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

from sim.model.arrays import Terms, Vector, total
from sim.model.decisions.calls import Call, build_circumstances
from sim.model.decisions.phase_cache import PhaseCache
from sim.model.decisions.record import class_anchor, standing_anchor
from sim.model.plugged.asking import honour_terms, honour_willingness
from sim.model.plugged.honour import Asked, ask_of_call
from sim.model.plugged.promises import promise_now
from sim.model.plugged.war import join_terms
from sim.model.state import State
from sim.model.theory.anchor import AidChances, Anchor
from sim.model.theory.honour import (
    centred_terms,
    circumstance_considerations,
    promise_considerations,
    willingness,
)
from sim.model.theory.quantal_response import logistic


class AllyCase:
    """One ally's view of one call: the terms of the mutual-defence rule, and their sum.

    Sums are cached by how often their terms change: circumstances once, since the facts of a call
    never change; the record while the same treaties bind; the relationship and other wars for a
    phase, in the `PhaseCache`.

    Attributes:
        call: the call.
    """

    def __init__(self, state: State, call: Call) -> None:
        self.call = call
        self._state, self._rules = state, state.rules.honour
        self._anchor: tuple[int, Anchor] | None = None

    @property
    def anchor(self) -> Anchor:
        """The record of its class, determined anew when a treaty binds or lapses."""
        changes = len(self._state.binding_changes)
        if self._anchor is None or self._anchor[0] != changes:
            self._anchor = changes, class_anchor(self._state, self.call)
        return self._anchor[1]

    def terms(self, cache: PhaseCache) -> Terms:
        """Return every consideration as a departure from the record, in log-odds.

        Those of another theory are as it states them.
        """
        call = self.call
        if self._has_theory:
            return honour_terms(self._state, self._asked(cache))
        terms = {
            **cache.relationship_terms(call.ally, call.partner),
            **self._circumstance_terms(),
            **cache.other_war_terms(call.ally, call.rivalry),
        }
        standing = standing_anchor(self._state, call)
        return centred_terms(self.anchor, standing, self._rules, terms)

    def willingness(self, cache: PhaseCache) -> Vector:
        """Return the log-odds of open war, (world,)."""
        if self._has_theory:
            return honour_willingness(self._state, self._asked(cache))
        return self._sum_from(self.anchor, cache)

    def willingness_unbound(self, cache: PhaseCache) -> Vector:
        """Return the log-odds of open war, (world,), had the ally promised nothing.

        Its reputation for honouring promises then counts for nothing either, nor what becomes of
        promises under new supporters.
        """
        if self._has_theory:
            return honour_willingness(self._state, self._asked(cache).unbound())
        call = self.call
        promised = promise_considerations(cache.relationship_terms(call.ally, call.partner))
        return self._sum_from(standing_anchor(self._state, call), cache) - promised

    def aid_chances(self, willing: Vector) -> AidChances:
        """Return the chance of at least materiel, at least troops, and open war, (world,) each.

        An ally whose troops are stationed with the partner is in the fight already: its three
        chances are the same.
        """
        return self._aid_chances(self.anchor, willing)

    def aid_chances_unbound(self, willing: Vector) -> AidChances:
        """Return the same chances, had the ally promised nothing."""
        return self._aid_chances(standing_anchor(self._state, self.call), willing)

    @property
    def _has_theory(self) -> bool:
        """Whether the scenario puts another theory in the place of this rule."""
        return "honour" in self._state.theories

    @property
    def joins_by_theory(self) -> bool:
        """Whether the scenario puts another theory in the place of the rule of joining."""
        return "joining" in self._state.theories

    def join_terms(self, cache: PhaseCache, of_war: Mapping[str, Vector]) -> Terms:
        """Return the terms of joining by that theory, given `entered` and `appeal`, (world,)."""
        asked = self._asked(cache)
        return join_terms(self._state, asked, {**of_war, "honour": self.willingness(cache)})

    def _asked(self, cache: PhaseCache) -> Asked:
        return ask_of_call(
            self._state,
            self.call,
            promise_now(self._state, self.call),
            lambda: cache.fights_elsewhere(self.call.ally, self.call.rivalry),
        )

    def _sum_from(self, anchor: Anchor, cache: PhaseCache) -> Vector:
        call = self.call
        return willingness(
            anchor.at_zero,
            cache.relationship(call.ally, call.partner),
            self.circumstances,
            cache.other_wars(call.ally, call.rivalry),
        )

    def _aid_chances(self, anchor: Anchor, willing: Vector) -> AidChances:
        return _aid_chances(anchor, willing, in_place=self.in_place)

    @property
    def in_place(self) -> bool:
        """Whether the ally's troops are stationed with the partner."""
        return bool(self._state.stationed[self.call.ally, self.call.partner])

    @cached_property
    def circumstances(self) -> Vector:
        """Sum of the terms that never change for a call, in log-odds, (world,)."""
        return total(self._circumstance_terms().values())

    def _circumstance_terms(self) -> Terms:
        return circumstance_considerations(self._rules, build_circumstances(self._state, self.call))


def _aid_chances(anchor: Anchor, willing: Vector, *, in_place: bool) -> AidChances:
    """Return the chances of aid; one and the same where troops are in place."""
    if in_place:
        chance = logistic(willing)
        return chance, chance, chance
    return anchor.aid_chances(willing)
