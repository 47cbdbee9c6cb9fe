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
from sim.model.decisions.calls import Call, allies_of, ground_of, in_company, pledges, word_of
from sim.model.decisions.coalition import Chances, Help, alone, help_of
from sim.model.decisions.phase_cache import Moment
from sim.model.entities.rivalry import Rivalry
from sim.model.state import State
from sim.model.theory.honour import ground, word

Helping = Callable[[State, int, int], Help]
"""Returns what an ally adds to a partner's side."""


@dataclass(frozen=True)
class Foreseen:
    """An ally that a rival would call.

    Attributes:
        call: how it would be called.
        ground: the log-odds that lie with strength and place, (world,).
        help: what it would add to the side.
    """

    call: Call
    ground: Vector
    help: Help


class Circle:
    """The allies of a rival in one theatre, should it attack there, or be attacked.

    Attributes:
        partner: the rival, a row of the actors.
        base: its own strength in such a fight, (world,).
        allies: those it would call.
    """

    def __init__(
        self, state: State, rivalry: Rivalry, partner: int, began: bool, helping: Helping = help_of
    ) -> None:
        one, other = rivalry.rivals
        opponent = other if partner == one else one
        self.partner = partner
        self.base = alone(state, partner, opponent, began)
        against = alone(state, opponent, partner, not began)
        begun, armed = np.full(state.count, began), state.nuclear[opponent]
        facts = begun, state.nowhere, self.base, against, armed
        calls = [
            Call(ally, partner, opponent, rivalry.code, *facts)
            for ally in allies_of(state, partner, rivalry.code)
        ]
        self.allies = [_foreseen(state, call, helping) for call in calls]
        self._words: list[Vector] = []
        self._since = -1

    def willing(self, state: State, moment: Moment) -> list[Vector]:
        """Return the willingness of each ally, all being called at once, (world,) each."""
        said = self.said(state)
        odds = [
            _judging_alone(each, moment, at) for each, at in zip(self.allies, said, strict=True)
        ]
        return in_company(state, [each.call for each in self.allies], odds)

    def in_record(self, state: State) -> list[tuple[Help, Chances]]:
        """Return whose aid was due under the alliances of the record, and how likely it came."""
        came = state.rules.challenge.reference_help
        return [(each.help, (came, came, came)) for each in self.allies if _due(state, each.call)]

    def said(self, state: State) -> list[Vector]:
        """Return the log-odds that lie with each ally's treaties, (world,) each."""
        if self._since != state.bound_since:
            rules, self._since = state.rules.honour, state.bound_since
            words = (word_of(state, each.call) for each in self.allies)
            self._words = [total(word(rules, each).values()) for each in words]
        return self._words


def _foreseen(state: State, call: Call, helping: Helping) -> Foreseen:
    terms = ground(state.rules.honour, ground_of(state, call))
    return Foreseen(call, total(terms.values()), helping(state, call.ally, call.partner))


def _judging_alone(ally: Foreseen, moment: Moment, said: Vector) -> Vector:
    call = ally.call
    odds = total([said, moment.regard(call.ally, call.partner), ally.ground])
    busy = moment.busy(call.ally, call.rivalry)
    return odds if busy is None else odds - busy


def _due(state: State, call: Call) -> bool:
    """Whether a treaty of the record has the ally come to a partner in such a case."""
    return any(
        treaty.in_record(state.scenario) and bool(treaty.due(call.began, call.home_soil).all())
        for treaty in pledges(state, call.ally, call.partner, call.rivalry)
    )
