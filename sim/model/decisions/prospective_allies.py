"""The allies a rival would call if it came to a fight, and how willing they would be.

A fight foreseen is one of the two rivals alone, so how strength and place lie for an ally never
changes; what its treaties say changes when one binds anew or ends; and what stands between ally and
partner changes month by month. Each is worked out as often as that, and then added up.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from sim.model.arrays import Vector, total
from sim.model.decisions.calls import (
    Call,
    apply_buck_passing,
    build_circumstances,
    build_treaty_terms,
    find_aid_treaties,
    find_allies,
)
from sim.model.decisions.coalition import (
    AidChances,
    AllyContribution,
    ally_contribution,
    strength_alone,
)
from sim.model.decisions.phase_cache import PhaseCache
from sim.model.entities.rivalry import Rivalry
from sim.model.state import State
from sim.model.theory.honour import circumstance_considerations, treaty_considerations

_ContributionFunction = Callable[[State, int, int], AllyContribution]
"""Returns what an ally adds to a partner's side."""


@dataclass(frozen=True)
class ProspectiveAlly:
    """An ally that a rival would call.

    Attributes:
        call: how it would be called.
        circumstances: the log-odds that lie with strength and place, (world,).
        contribution: what it would add to the side.
    """

    call: Call
    circumstances: Vector
    contribution: AllyContribution


class ProspectiveCoalition:
    """The allies of a rival in one theatre, should it attack there, or be attacked.

    Attributes:
        partner: the rival, a row of the actors.
        own_strength: its own strength in such a fight, (world,).
        allies: those it would call.
    """

    def __init__(
        self,
        state: State,
        rivalry: Rivalry,
        partner: int,
        began: bool,
        contribution_of: _ContributionFunction = ally_contribution,
    ) -> None:
        one, other = rivalry.rivals
        opponent = other if partner == one else one
        self.partner = partner
        self.own_strength = strength_alone(state, partner, opponent, began)
        against = strength_alone(state, opponent, partner, not began)
        begun, armed = np.full(state.count, began), state.nuclear[opponent]
        facts = begun, state.no_world, self.own_strength, against, armed
        calls = [
            Call(ally, partner, opponent, rivalry.code, *facts)
            for ally in find_allies(state, partner, rivalry.code)
        ]
        self.allies = [_build_ally(state, call, contribution_of) for call in calls]
        self._treaty_log_odds: list[Vector] = []
        self._valid_since = -1

    def willingness(self, state: State, cache: PhaseCache) -> list[Vector]:
        """Return the willingness of each ally, all being called at once, (world,) each."""
        said = self.treaty_log_odds(state)
        odds = [
            _willingness_alone(each, cache, at) for each, at in zip(self.allies, said, strict=True)
        ]
        return apply_buck_passing(state, [each.call for each in self.allies], odds)

    def reference_contributions(self, state: State) -> list[tuple[AllyContribution, AidChances]]:
        """Return whose aid was due under the alliances of the record, and how likely it came."""
        came = state.rules.challenge.reference_help
        return [
            (each.contribution, (came, came, came))
            for each in self.allies
            if _is_due_in_reference_period(state, each.call)
        ]

    def treaty_log_odds(self, state: State) -> list[Vector]:
        """Return the log-odds that lie with each ally's treaties, (world,) each."""
        if self._valid_since != state.binding_changed:
            rules, self._valid_since = state.rules.honour, state.binding_changed
            words = (build_treaty_terms(state, each.call) for each in self.allies)
            self._treaty_log_odds = [
                total(treaty_considerations(rules, each).values()) for each in words
            ]
        return self._treaty_log_odds


def _build_ally(
    state: State, call: Call, contribution_of: _ContributionFunction
) -> ProspectiveAlly:
    terms = circumstance_considerations(state.rules.honour, build_circumstances(state, call))
    return ProspectiveAlly(
        call, total(terms.values()), contribution_of(state, call.ally, call.partner)
    )


def _willingness_alone(ally: ProspectiveAlly, cache: PhaseCache, treaty_log_odds: Vector) -> Vector:
    call = ally.call
    odds = total([treaty_log_odds, cache.relationship(call.ally, call.partner), ally.circumstances])
    busy = cache.other_wars(call.ally, call.rivalry)
    return odds if busy is None else odds - busy


def _is_due_in_reference_period(state: State, call: Call) -> bool:
    """Whether a treaty of the record has the ally come to a partner in such a case."""
    return any(
        treaty.in_reference_period(state.scenario)
        and bool(treaty.aid_due(call.began, call.home_soil).all())
        for treaty in find_aid_treaties(state, call.ally, call.partner, call.rivalry)
    )
