"""How willing allies are to answer a call: the one route from facts to log-odds.

An `AllyCase` is one ally's view of one call. `JointCall` adds what allies called at once expect of
one another. A call that is made and a call that is only foreseen take the same route; a foreseen
call is the same every month, so its sums are reused for as long as their terms do not change.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

from sim.model.arrays import Terms, Vector, total
from sim.model.decisions.calls import Call, build_circumstances, build_treaty_terms
from sim.model.decisions.phase_cache import PhaseCache
from sim.model.state import State
from sim.model.theory.honour import (
    circumstance_considerations,
    treaty_considerations,
    willingness,
)
from sim.model.theory.quantal_response import level_chance


class AllyCase:
    """One ally's view of one call: the terms of the mutual-defence rule, and their sum.

    Sums are cached by how often their terms change: circumstances once, since the facts of a call
    never change; treaty terms while the same treaties bind; the relationship and other wars for a
    phase, in the `PhaseCache`.

    Attributes:
        call: the call.
    """

    def __init__(self, state: State, call: Call) -> None:
        self.call = call
        self._state, self._rules = state, state.rules.honour
        self._treaty_log_odds: Vector | None = None
        self._binding_at = -1

    def terms(self, cache: PhaseCache) -> Terms:
        """Return every consideration, in log-odds, by the name of its coefficient."""
        call = self.call
        return {
            **self._treaty_terms(),
            **cache.relationship_terms(call.ally, call.partner),
            **self._circumstance_terms(),
            **cache.other_war_terms(call.ally, call.rivalry),
        }

    def willingness_alone(self, cache: PhaseCache) -> Vector:
        """Return the log-odds, (world,), of any aid, other allies left out of account."""
        call = self.call
        return willingness(
            self.treaty_log_odds(),
            cache.relationship(call.ally, call.partner),
            self.circumstance_log_odds,
            cache.other_wars(call.ally, call.rivalry),
        )

    def treaty_log_odds(self) -> Vector:
        """Return the sum of the treaty terms, recomputed when another treaty binds or lapses."""
        if self._treaty_log_odds is None or self._binding_at != self._state.binding_changed:
            self._binding_at = self._state.binding_changed
            self._treaty_log_odds = total(self._treaty_terms().values())
        return self._treaty_log_odds

    @cached_property
    def circumstance_log_odds(self) -> Vector:
        """Sum of the terms for strength, distance and the type of ally, (world,)."""
        return total(self._circumstance_terms().values())

    def _treaty_terms(self) -> Terms:
        return treaty_considerations(self._rules, build_treaty_terms(self._state, self.call))

    def _circumstance_terms(self) -> Terms:
        return circumstance_considerations(self._rules, build_circumstances(self._state, self.call))


class JointCall:
    """The calls that a partner makes to all its allies at once, in one phase.

    Each ally first judges its case alone. It then subtracts a term for the other allies that it
    expects to enter (buck-passing, Christensen and Snyder 1990).
    """

    def __init__(self, state: State, cases: Iterable[AllyCase], cache: PhaseCache) -> None:
        self._state, self._cache = state, cache
        self._cases = {case.call.ally: case for case in cases}

    def call_to(self, ally: int) -> Call:
        """Return the call to one of the allies."""
        return self._cases[ally].call

    @cached_property
    def willingness(self) -> dict[int, Vector]:
        """The log-odds of any aid, by ally, (world,) each."""
        if len(self._cases) < 2:
            return self._alone
        honour = self._state.rules.honour
        enters = [self._entry_chance(ally) for ally in self._cases]
        return {
            ally: log_odds - honour.buck_passing * total(enters[:row] + enters[row + 1 :])
            for row, (ally, log_odds) in enumerate(self._alone.items())
        }

    def terms(self, ally: int) -> Terms:
        """Return the considerations of one ally, whose sum is its willingness."""
        passing = self.willingness[ally] - self._alone[ally]
        return self._cases[ally].terms(self._cache) | {"buck_passing": passing}

    @cached_property
    def _alone(self) -> dict[int, Vector]:
        return {ally: case.willingness_alone(self._cache) for ally, case in self._cases.items()}

    def _entry_chance(self, ally: int) -> Vector:
        """Return the chance of open war; an ally with troops in place gives no lesser aid."""
        stationed = self._state.stationed[ally, self._cases[ally].call.partner]
        cut = self._state.rules.honour.cut_war * float(1 - stationed)
        return level_chance(self._alone[ally], cut)
