"""An actor: one Mesa agent that decides in every world at once."""

from __future__ import annotations

from sim.model.arrays import Levels, Mask, Vector, total
from sim.model.decision_log import DrawKey
from sim.model.decisions.crisis import (
    CrisisTerms,
    challenge_terms,
    climb_terms,
    resist_terms,
    war_terms,
)
from sim.model.decisions.phase_cache import PhaseCache
from sim.model.decisions.sampling import draw_by_number, log_decision, settle
from sim.model.decisions.third_parties import OnlookerSide
from sim.model.decisions.willingness import AllyCase
from sim.model.entities.rivalry import Rivalry
from sim.model.foresight.expectations import Expectations
from sim.model.mesa_core import Agent, Model
from sim.model.state import State
from sim.model.theory.quantal_response import level_reached


class Actor(Agent):  # type: ignore[misc]
    """A state, or a bloc that decides as one.

    Each decision is returned as a level over worlds and changes nothing by itself: all actors
    decide on the same state before any decision is applied. `where` marks the worlds in which the
    decision arises; it affects the decision log only, never the decision. The choices of a crisis
    of all actors are decided together (`sim.model.decisions.crisis_decisions`).

    Attributes:
        index: the actor's row in every array over actors.
        code: the actor's key in the scenario, part of the key of its random draws.
        name: the actor's name in texts.
    """

    def __init__(self, model: Model, index: int, state: State, expectations: Expectations) -> None:
        super().__init__(model)
        self.index, self.code, self.name = index, state.codes[index], state.names[index]
        self._state, self._expectations = state, expectations

    # -- disputes: the log-odds of a choice in every world --------------------------------------

    def challenge_odds(self, rivalry: Rivalry, side: int) -> Vector:
        """Return the log-odds of a challenge, (world,)."""
        return self._odds(challenge_terms, rivalry, side)

    def resist_odds(self, rivalry: Rivalry, side: int, observer: int) -> Vector:
        """Return the log-odds of resisting as the actor `observer` estimates them, (world,)."""
        pair, seen_by = self._expectations.everywhere(rivalry), rivalry.rivals.index(observer)
        return total(resist_terms(self._expectations, pair, side, seen_by).values())

    def climb_odds(self, rivalry: Rivalry, side: int) -> Vector:
        """Return the log-odds of escalating to a rung below war, (world,)."""
        return self._odds(climb_terms, rivalry, side)

    def war_odds(self, rivalry: Rivalry, side: int) -> Vector:
        """Return the log-odds of going from the use of force to war, (world,)."""
        return self._odds(war_terms, rivalry, side)

    def _odds(self, terms: CrisisTerms, rivalry: Rivalry, side: int) -> Vector:
        pair = self._expectations.everywhere(rivalry)
        return total(terms(self._expectations, pair, side).values())

    # -- the mutual-defence rule ------------------------------------------------------------

    def willingness(self, case: AllyCase, cache: PhaseCache) -> Vector:
        """Return the log-odds of open war at the side of a partner that calls, (world,)."""
        return case.willingness(cache)

    def decide_answer(
        self, case: AllyCase, cache: PhaseCache, *, where: Mask | None = None
    ) -> Levels:
        """Decide the level of aid for a partner that calls, (world,), 0 none to 3 open war."""
        chances = case.aid_chances(self.willingness(case, cache))
        key, draws = self._answer_draw(case)
        level = settle(self._state, key, level_reached(draws, chances), where)
        log_decision(self._state, key, chances, draws, level, where, lambda: case.terms(cache))
        return level

    def counterfactual_answer(self, case: AllyCase, cache: PhaseCache) -> Levels:
        """Return the level of aid, (world,), had the actor made no commitment.

        The counterfactual removes the commitment and the reputation for honouring it. It is drawn
        with common random numbers: the draw is that of the actual answer. An answer that was given
        by hand has no other: nothing tells what the hand would have done.
        """
        key, draws = self._answer_draw(case)
        chances = case.aid_chances_unbound(case.willingness_unbound(cache))
        return settle(self._state, key, level_reached(draws, chances))

    def _answer_draw(self, case: AllyCase) -> tuple[DrawKey, Vector]:
        """Return the key and the draws of an answer: one draw for an ally, a partner and a war.

        New cause to call may raise the chance of an answer; it is no fresh attempt.
        """
        call, state = case.call, self._state
        key = DrawKey("answer", self.code, state.codes[call.partner], call.rivalry)
        return key, draw_by_number(state, key, state.rivalries[call.rivalry].war.number)

    def decide_intervention(self, side: OnlookerSide, cache: PhaseCache, where: Mask) -> Levels:
        """Decide how far to go this month for a side to which nothing is promised, (world,)."""
        chances = side.monthly_chances(cache)
        partner = self._state.codes[side.case.call.partner]
        key = DrawKey("join", self.code, partner, side.case.call.rivalry)
        draws = self._state.streams.uniform(key.what, self._state.month, *key[1:])
        level = settle(self._state, key, level_reached(draws, chances), where)
        log_decision(self._state, key, chances, draws, level, where, lambda: side.terms(cache))
        return level
