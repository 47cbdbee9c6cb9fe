"""The answers of allies to the calls of a round, decided for all calls at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from sim.model.arrays import Levels, Vector
from sim.model.decision_log import DrawKey
from sim.model.decisions.call_cases import CallCases
from sim.model.decisions.calls import AllyCall
from sim.model.decisions.sampling import draw_cases_by_number
from sim.model.plugged.asking import honour_willingness
from sim.model.state import State
from sim.model.theory.anchor import ordered_chances
from sim.model.theory.quantal_response import level_reached


class AllyAnswer(NamedTuple):
    """One ally's answer to a call, in the worlds in which it was made.

    Attributes:
        call: the call.
        level: level of aid, (case,).
        counterfactual_level: level of aid had the ally promised nothing, (case,).
    """

    call: AllyCall
    level: Levels
    counterfactual_level: Levels


class Answers:
    """Decides the answers of a block."""

    def __init__(self, state: State) -> None:
        self._state = state

    def decide(self, calls: Sequence[AllyCall]) -> list[AllyAnswer]:
        """Return the answers to the calls of a round."""
        if not calls:
            return []
        cases = CallCases(self._state, calls)
        by_call = [cases.by_call(each) for each in self._decide(cases)]
        return list(map(AllyAnswer, calls, *by_call))

    def _decide(self, cases: CallCases) -> tuple[Levels, Levels]:
        """Return the levels of aid, and those had nothing been promised, (case,) each."""
        standing, *unbound = cases.read_standings()
        record, *divisors = cases.read_promises()
        willing, without = self._willingness(cases, record, standing)
        draws = self._draw(cases)
        level = level_reached(draws, ordered_chances(willing, divisors))
        return level, level_reached(draws, ordered_chances(without, unbound))

    def _willingness(
        self, cases: CallCases, record: Vector, standing: Vector
    ) -> tuple[Vector, Vector]:
        """Return the log-odds of open war, and those had nothing been promised, (case,) each."""
        if "honour" in self._state.theories:
            asked = cases.ask()
            unbound = asked.unbound()
            return honour_willingness(self._state, asked), honour_willingness(self._state, unbound)
        considered = cases.consider()
        return considered.willingness(record), considered.willingness_unbound(standing)

    def _draw(self, cases: CallCases) -> Vector:
        """Return the draws, (case,): one for an ally, a partner and a war."""
        state, codes, worlds = self._state, self._state.codes, cases.at.worlds
        keys = [
            DrawKey("answer", codes[call.ally], codes[call.partner], call.rivalry)
            for call in cases.calls
        ]
        numbers = state.wars.number[cases.theatre, worlds]
        return draw_cases_by_number(state, keys, cases.which, numbers, worlds)
