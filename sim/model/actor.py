"""An actor: one Mesa agent that decides in every world at once."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from sim.model.arrays import Levels, Mask, Terms, Vector, any_world, total
from sim.model.decision_log import DrawKey
from sim.model.decisions.ally_contributions import (
    ContestComparison,
    split_challenge_terms,
    split_climb_terms,
    split_resist_terms,
)
from sim.model.decisions.ally_influence import advice_to_settle, moral_hazard
from sim.model.decisions.dispute_history import history_terms
from sim.model.decisions.expectations import Expectations
from sim.model.decisions.modifiers import exercise_calming, patron_restraint, provocation_tension
from sim.model.decisions.phase_cache import PhaseCache
from sim.model.decisions.sampling import decide, draw_by_number, log_decision, settle
from sim.model.decisions.third_parties import OnlookerSide
from sim.model.decisions.willingness import AllyCase
from sim.model.entities.rivalry import Rivalry
from sim.model.mesa_core import Agent, Model
from sim.model.state import State
from sim.model.theory.contest import challenge_value
from sim.model.theory.crisis import (
    challenge_considerations,
    contest_considerations,
    war_considerations,
)
from sim.model.theory.quantal_response import level_reached, logistic


class Actor(Agent):  # type: ignore[misc]
    """A state, or a bloc that decides as one.

    Each decision is returned as a mask or level over worlds and changes nothing by itself: all
    actors decide on the same state before any decision is applied. `where` marks the worlds in
    which the decision arises; it affects the decision log only, never the decision.

    Attributes:
        index: the actor's row in every array over actors.
        code: the actor's key in the scenario, part of the key of its random draws.
        name: the actor's name in texts.
    """

    def __init__(self, model: Model, index: int, state: State, expectations: Expectations) -> None:
        super().__init__(model)
        self.index, self.code, self.name = index, state.codes[index], state.names[index]
        self._state, self._expectations = state, expectations

    # -- disputes ---------------------------------------------------------------------------

    def decide_challenge(self, rivalry: Rivalry, side: int, *, where: Mask | None = None) -> Mask:
        """Decide whether to challenge the rival this month, (world,)."""
        terms = self.challenge_terms(rivalry, side)

        def detailed_terms() -> Terms:
            return split_challenge_terms(terms, self._state, self._compare_contest(rivalry, side))

        return self._decide("challenge", terms, rivalry, side, where, detailed_terms)

    def decide_resistance(
        self, rivalry: Rivalry, side: int, step: str, *, where: Mask | None = None
    ) -> Mask:
        """Decide whether to resist the other side's `step`, (world,)."""
        terms = self.resist_terms(rivalry, side, observer=self.index)

        def detailed_terms() -> Terms:
            return split_resist_terms(terms, self._state, self._compare_contest(rivalry, 1 - side))

        return self._decide(f"resist {step}", terms, rivalry, side, where, detailed_terms)

    def decide_climb(self, rivalry: Rivalry, side: int, *, where: Mask | None = None) -> Mask:
        """Decide whether to escalate the current dispute by one rung, (world,)."""
        terms = self.next_rung_terms(rivalry, side)

        def detailed_terms() -> Terms:
            return split_climb_terms(terms, self._state, self._compare_contest(rivalry, side))

        return self._decide("climb", terms, rivalry, side, where, detailed_terms)

    def challenge_odds(self, rivalry: Rivalry, side: int) -> Vector:
        """Return the log-odds of a challenge, (world,)."""
        return total(self.challenge_terms(rivalry, side).values())

    def challenge_terms(self, rivalry: Rivalry, side: int) -> Terms:
        """Return the terms of a challenge, given the expected response and the expected aid."""
        choice, rules = self._state.rules.choice, self._state.rules.challenge
        resisted = logistic(self.resist_odds(rivalry, 1 - side, observer=self.index))
        expected = self._expectations.expect(rivalry, side, self.index)
        baseline = self._expectations.baseline(rivalry, side)
        stake, cost, dread = rivalry.stake[side], rules.dispute_cost, rules.nuclear_dread
        value = challenge_value(stake, expected.attacker_win_chance, resisted, cost)
        terms = challenge_considerations(
            baseline.challenge, choice.rationality, value, baseline.challenge_value
        )
        armed = expected.defender.nuclear - baseline.nuclear
        return terms | {
            "nuclear": -choice.rationality * dread * armed,
            "moral_hazard": moral_hazard(
                self._state, self._expectations, rivalry, side, self.index
            ),
            **history_terms(self._state, rivalry),
            "tension": provocation_tension(self._state, rivalry),
            "restraint": -patron_restraint(self._state, self.index),
        }

    def resist_odds(self, rivalry: Rivalry, side: int, observer: int) -> Vector:
        """Return the log-odds of resisting as the actor `observer` estimates them, (world,)."""
        return total(self.resist_terms(rivalry, side, observer).values())

    def resist_terms(self, rivalry: Rivalry, side: int, observer: int) -> Terms:
        """Return the terms of resisting as the actor `observer` estimates them."""
        expected = self._expectations.expect(rivalry, 1 - side, observer)
        baseline = self._expectations.baseline(rivalry, side)
        terms = contest_considerations(
            baseline.resist,
            self._state.rules.choice.rationality,
            rivalry.stake[side],
            1 - expected.attacker_win_chance,
            baseline.win_chance_attacked,
        )
        return terms | {"advice": self._advice(rivalry, side, observer)}

    def _advice(self, rivalry: Rivalry, side: int, observer: int) -> Vector:
        return advice_to_settle(self._state, self._expectations, rivalry, side, observer)

    def climb_odds(self, rivalry: Rivalry, side: int) -> Vector:
        """Return the log-odds of escalating to a rung below war, (world,)."""
        return total(self.climb_terms(rivalry, side).values())

    def climb_terms(self, rivalry: Rivalry, side: int) -> Terms:
        """Return the terms of escalating to a rung below war."""
        baseline = self._expectations.baseline(rivalry, side)
        return contest_considerations(
            baseline.climb,
            self._state.rules.choice.rationality,
            rivalry.stake[side],
            self._expectations.expect(rivalry, side, self.index).attacker_win_chance,
            baseline.win_chance_attacking,
        )

    def next_rung_terms(self, rivalry: Rivalry, side: int) -> Terms:
        """Return the terms of escalating to the next rung, calmed and restrained by others."""
        return self._contested_rung_terms(rivalry, side) | {
            "calming": exercise_calming(self._state, rivalry),
            "restraint": -patron_restraint(self._state, self.index),
        }

    def _contested_rung_terms(self, rivalry: Rivalry, side: int) -> Terms:
        """Return the terms of escalating to the next rung, which is war where force is used.

        With a decision log, the terms of war are always included, so that the log of one world
        names the same considerations as that of a block.
        """
        below = self.climb_terms(rivalry, side)
        if not any_world(rivalry.at_force) and self._state.log is None:
            return below
        war = self.war_terms(rivalry, side).items()
        return {name: np.where(rivalry.at_force, term, below.get(name, 0.0)) for name, term in war}

    def war_odds(self, rivalry: Rivalry, side: int) -> Vector:
        """Return the log-odds of going from the use of force to war, (world,)."""
        return total(self.war_terms(rivalry, side).values())

    def war_terms(self, rivalry: Rivalry, side: int) -> Terms:
        """Return the terms of going from the use of force to war."""
        rules = self._state.rules.escalate
        expected = self._expectations.expect_war(rivalry, side, self.index)
        exposed = rules.war_cost * (0.5 - expected.attacker_win_chance)
        terms = war_considerations(
            self._expectations.baseline(rivalry, side).war,
            self._state.rules.choice.rationality,
            rivalry.stake[side],
            expected.attacker_win_chance,
            exposed,
            rules.pact * expected.attacker.allies,
        )
        busy = self._expectations.fights_elsewhere(self.index, rivalry.code)
        return terms | {
            "nuclear": -rules.nuclear * expected.defender.nuclear,
            "busy": -rules.other_war * busy,
        }

    def _compare_contest(self, rivalry: Rivalry, attacking: int) -> ContestComparison:
        expected = self._expectations.expect(rivalry, attacking, self.index)
        return ContestComparison(
            rivalry, attacking, expected, self._expectations.baseline_contest(rivalry, attacking)
        )

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

    # -- random draws -----------------------------------------------------------------------

    def _decide(
        self,
        decision: str,
        terms: Terms,
        rivalry: Rivalry,
        side: int,
        where: Mask | None,
        detailed_terms: Callable[[], Terms],
    ) -> Mask:
        towards = self._state.codes[rivalry.rivals[1 - side]]
        key = DrawKey(decision, self.code, towards, rivalry.code)
        return decide(self._state, key, terms, where, detailed_terms)
