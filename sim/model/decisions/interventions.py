"""How far onlookers go in wars, decided for all of them at once.

An onlooker answers as if the principal of a side had called it: by the mutual-defence rule, from
the record of those that promised nothing, and the more readily the more have entered.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from sim.model.arrays import Levels, Mask, Vector, total
from sim.model.decisions.call_cases import CallCases
from sim.model.decisions.calls import AllyCall
from sim.model.decisions.third_parties import join_appeal, take_war_snapshot
from sim.model.plugged.asking import honour_willingness
from sim.model.plugged.war import join_terms
from sim.model.state import State
from sim.model.theory.anchor import ordered_chances
from sim.model.theory.joining import contagion_log_odds
from sim.model.theory.quantal_response import level_reached
from sim.model.theory.rates import spread_chance


class Intervention(NamedTuple):
    """How far an onlooker goes for a side, as if its principal had called, (world,)."""

    call: AllyCall
    level: Levels


class Interventions:
    """Decides the interventions of a block."""

    def __init__(self, state: State) -> None:
        self._state = state

    def decide(self, calls: Sequence[AllyCall]) -> list[Intervention]:
        """Return who intervenes in any world, given who may for which side, and where."""
        if not calls:
            return []
        cases = CallCases(self._state, calls)
        levels = self._decide(cases)
        drawn = dict.fromkeys(cases.which[levels > 0].tolist())
        return [Intervention(calls[place], cases.widen(place, levels)) for place in drawn]

    def _decide(self, cases: CallCases) -> Levels:
        """Return the levels of aid of this month, (case,)."""
        months = cases.at.of(self._state.rules.join.spread)
        standing, *divisors = cases.read_standings()
        eventually = ordered_chances(self._willingness(cases, standing), divisors)
        chances = [spread_chance(chance, months) for chance in eventually]
        return level_reached(self._draw(cases), chances)

    def _draw(self, cases: CallCases) -> Vector:
        state, codes = self._state, self._state.codes
        occasions = [
            ("join", state.month, codes[call.ally], codes[call.partner], call.rivalry)
            for call in cases.calls
        ]
        return state.streams.few(occasions, cases.which, cases.at.worlds)

    def _willingness(self, cases: CallCases, standing: Vector) -> Vector:
        """Return the log-odds of open war within twelve months, (case,)."""
        state, entered = self._state, self._entered(cases)
        if "joining" in state.theories:
            return self._by_theory(cases, standing, entered)
        contagion = contagion_log_odds(
            cases.at.of(state.rules.join.contagion), cases.at.of(state.nothing), entered
        )
        return self._honour(cases, standing) + contagion

    def _honour(self, cases: CallCases, standing: Vector) -> Vector:
        """Return the log-odds of answering a call, (case,)."""
        if "honour" in self._state.theories:
            return honour_willingness(self._state, cases.ask())
        return cases.consider().willingness(standing)

    def _by_theory(self, cases: CallCases, standing: Vector, entered: Vector) -> Vector:
        """Return the log-odds by the scenario's theory of joining, (case,)."""
        appeals = [self._appeal(call) for call in cases.calls]
        of_war = {
            "honour": self._honour(cases, standing),
            "entered": entered,
            "appeal": np.concatenate(
                [appeal[where] for appeal, where in zip(appeals, cases.worlds, strict=True)]
            ),
        }
        return total(join_terms(self._state, cases.ask(), of_war).values())

    def _appeal(self, call: AllyCall) -> Vector:
        """Return the utility of joining that side rather than the other, (world,)."""
        snapshot = take_war_snapshot(self._state, self._state.rivalries[call.rivalry])
        return join_appeal(self._state, call, snapshot)

    def _entered(self, cases: CallCases) -> Vector:
        """Return the share of the world's capability that has entered each war, (case,)."""
        entered: Mask = np.logical_or.reduce(cases.fighting, axis=1)
        entered[cases.rows, self._state.wars.principals[cases.theatre].T] = False
        return total(self._state.capability[:, cases.at.worlds] * entered.T)
