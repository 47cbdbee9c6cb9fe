"""An actor: one Mesa agent that decides in every world at once."""

from __future__ import annotations

import mesa
import numpy as np

from sim.model.calls import Call, answer_chances, case_of, pledges
from sim.model.influences import calming, restraint, strain
from sim.model.outlook import Foresight
from sim.model.rivalry import Rivalry
from sim.model.state import State
from sim.model.strength import war_strength
from sim.model.theory.contest import challenge_value, side_taken, win_chance
from sim.model.theory.crisis import challenge_odds, climb_odds, resist_odds, war_odds
from sim.model.theory.joining import join_odds
from sim.model.theory.quantal import chance
from sim.model.theory.rates import hazard
from sim.model.vectors import Levels, Mask, Vector, total


class Actor(mesa.Agent):  # type: ignore[misc]
    """A state, or a bloc that decides as one.

    Each decision is returned as a mask or level over worlds and changes nothing by itself: all
    decide on the same worlds before anything is applied.

    Attributes:
        index: its row in every array over actors.
        code: its key in the scenario; it names its dice.
    """

    def __init__(self, model: mesa.Model, index: int, state: State, foresight: Foresight) -> None:
        super().__init__(model)
        self.index, self.code, self.name = index, state.codes[index], state.names[index]
        self._state, self._foresight = state, foresight

    # -- disputes ---------------------------------------------------------------------------

    def challenges(self, rivalry: Rivalry, side: int) -> Mask:
        """Decide whether to challenge its rival this month, (world,)."""
        return self._does("challenge", self.challenge_odds(rivalry, side), rivalry, side)

    def resists(self, rivalry: Rivalry, side: int, step: str) -> Mask:
        """Decide whether to stand up to the other side's `step`, (world,)."""
        odds = self.resist_odds(rivalry, side, observer=self.index)
        return self._does(f"resist {step}", odds, rivalry, side)

    def climbs(self, rivalry: Rivalry, side: int) -> Mask:
        """Decide whether to climb a rung in the dispute under way, (world,)."""
        odds = np.where(
            rivalry.forceful, self.war_odds(rivalry, side), self.climb_odds(rivalry, side)
        )
        cooler = calming(self._state, rivalry) - self._held_back()
        return self._does("climb", odds + cooler, rivalry, side)

    def challenge_odds(self, rivalry: Rivalry, side: int) -> Vector:
        """Return the log-odds of a challenge, looking ahead to reply and help, (world,)."""
        choice, rules = self._state.rules.choice, self._state.rules.challenge
        resisted = chance(self.resist_odds(rivalry, 1 - side, observer=self.index))
        expected = self._foresight.expect(rivalry, side, self.index)
        record = self._foresight.record(rivalry, side)
        stake, cost, dread = rivalry.stake[side], rules.dispute_cost, rules.nuclear_dread
        value = challenge_value(stake, expected.winning, resisted, cost)
        usual = challenge_value(stake, record.winning, rivalry.reciprocation, cost)
        return challenge_odds(
            rivalry.record[side],
            choice.rationality,
            value - dread * expected.defender.nuclear,
            usual - dread * record.defender.nuclear,
            self._habit(rivalry) + strain(self._state, rivalry) - self._held_back(),
        )

    def resist_odds(self, rivalry: Rivalry, side: int, observer: int) -> Vector:
        """Return the log-odds of resisting, as `observer`, an actor, sees them, (world,)."""
        expected = self._foresight.expect(rivalry, 1 - side, observer)
        record = self._foresight.record(rivalry, 1 - side)
        return resist_odds(
            rivalry.reciprocation,
            self._state.rules.choice.rationality,
            rivalry.stake[side],
            1 - expected.winning,
            1 - record.winning,
        )

    def climb_odds(self, rivalry: Rivalry, side: int) -> Vector:
        """Return the log-odds of climbing a rung below war, (world,)."""
        return climb_odds(
            self._state.rules.escalate.climb,
            self._state.rules.choice.rationality,
            rivalry.stake[side],
            self._foresight.expect(rivalry, side, self.index).winning,
            self._foresight.record(rivalry, side).winning,
        )

    def war_odds(self, rivalry: Rivalry, side: int) -> Vector:
        """Return the log-odds of going from the use of force to war, (world,)."""
        rules = self._state.rules.escalate
        expected = self._foresight.expect(rivalry, side, self.index)
        exposed = rules.war_cost * (0.5 - expected.winning)
        either = hazard(rules.war_given_force, rules.dies)  # by either side, and resisted
        return war_odds(
            either / (2 * rivalry.reciprocation.clip(0.05)),
            self._state.rules.choice.rationality,
            rivalry.stake[side],
            expected.winning,
            exposed + rules.nuclear * expected.defender.nuclear,
            rules.pact * expected.attacker.allies,
        )

    def _held_back(self) -> Vector:
        return restraint(self._state, self.index)

    def _habit(self, rivalry: Rivalry) -> Vector:
        """Return what moves a challenge beside its value: a recent dispute, a promise of peace."""
        rules, month = self._state.rules.challenge, self._state.month
        usual = rivalry.usual_recent
        recent = rules.recent_dispute * (rivalry.recent(month) - usual)
        return recent + rules.nonaggression * self._peace_promised(rivalry)

    def _peace_promised(self, rivalry: Rivalry) -> Vector:
        bound = [
            self._state.binding[code]
            for code, treaty in self._state.treaties.items()
            if treaty.promises_standing_aside(*rivalry.rivals)
        ]
        return np.max(bound, axis=0) if bound else np.zeros(self._state.count)

    # -- the mutual-defence rule ------------------------------------------------------------

    def answers(self, call: Call, willing: Vector) -> Levels:
        """Decide how far to go for a partner that calls, (world,), 0 nothing to 3 open war."""
        drawn = self._drawn("answer", self._state.codes[call.partner], call.rivalry)
        chances = answer_chances(self._state, call, willing)
        reached = [drawn < likely for likely in chances]
        return np.sum(reached, axis=0, dtype=np.int8)

    def answers_unpromised(self, call: Call, willing: Vector) -> Levels:
        """Return how far it would go, with the same luck, had it promised nothing, (world,)."""
        honour, case = self._state.rules.honour, case_of(self._state, call)
        owed = case.promise - honour.unpromised + honour.reputation * case.name
        return self.answers(call, willing - owed)

    # -- joining a war without having promised to -------------------------------------------

    def joins(self, rivalry: Rivalry) -> tuple[Mask, Levels]:
        """Decide whether to enter a war under way, and on which side, (world,) each."""
        may = self._may_join(rivalry)
        if not may.any():
            return may, may.astype(np.int8)
        appeal = self.side_appeal(rivalry)
        drawn = self._drawn("join", "", rivalry.code)
        enters = (drawn < chance(self.join_odds(rivalry))) & (appeal != 0)
        return enters & may, (appeal < 0).astype(np.int8)

    def side_appeal(self, rivalry: Rivalry) -> Vector:
        """Return the utility of joining side 0 rather than side 1; 0 where it changes nothing."""
        first, second = (war_strength(self._state, rivalry, side) for side in (0, 1))
        own = self._state.capability[self.index] * self._state.reach[self.index]
        with_first = win_chance(first + own[rivalry.rivals[0]], second)
        with_second = win_chance(second + own[rivalry.rivals[1]], first)
        fond = self._state.memory.affinity[self.index]
        gain = side_taken(with_first, with_second, fond[rivalry.rivals[0]], fond[rivalry.rivals[1]])
        return np.where(self._state.capability[self.index] > 0, gain, 0.0)  # not a rounding error

    def join_odds(self, rivalry: Rivalry) -> Vector:
        """Return the log-odds of entering this month, by neighbourhood, rank and contagion."""
        rules = self._state.rules.join
        fighting = rivalry.war.open_war(0) | rivalry.war.open_war(1)
        share = total(self._state.capability * fighting)
        return join_odds(self._join_record(rivalry) / rules.spread, rules, share)

    def _join_record(self, rivalry: Rivalry) -> Vector:
        rules = self._state.rules.join
        if self._state.borders[self.index, list(rivalry.rivals)].any():
            return rules.neighbour
        return rules.major_power if self._state.major_power[self.index] else rules.other

    def _may_join(self, rivalry: Rivalry) -> Mask:
        """Return where a war is young, and it has neither entered nor been bound to answer."""
        war, state = rivalry.war, self._state
        bound = any(pledges(state, self.index, rival, rivalry.code) for rival in rivalry.rivals)
        young = state.month - war.since < state.rules.join.spread
        return war.on & young & ~war.involved(self.index) & (not bound)

    # -- dice -------------------------------------------------------------------------------

    def _does(self, decision: str, odds: Vector, rivalry: Rivalry, side: int) -> Mask:
        towards = self._state.codes[rivalry.rivals[1 - side]]
        return self._drawn(decision, towards, rivalry.code) < chance(odds)

    def _drawn(self, decision: str, towards: str, about: str) -> Vector:
        return self._state.luck.uniform(decision, self._state.month, self.code, towards, about)
