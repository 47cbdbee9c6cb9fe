"""An actor: one Mesa agent that decides in every world at once."""

from __future__ import annotations

from collections.abc import Callable

import mesa
import numpy as np

from sim.model.arrays import Levels, Mask, Terms, Vector, somewhere, total
from sim.model.decision_log import Occasion
from sim.model.decisions.ally_contributions import (
    Fight,
    challenge_by_help,
    climb_by_help,
    resist_by_help,
)
from sim.model.decisions.calls import Call, answer_chances, case_of, promise
from sim.model.decisions.expectations import Foresight
from sim.model.decisions.modifiers import calming, restraint, strain
from sim.model.decisions.sampling import decides, keep
from sim.model.decisions.third_parties import Fray, join_terms, may_join, side_appeal
from sim.model.entities.rivalry import Rivalry
from sim.model.state import State
from sim.model.theory.contest import challenge_value
from sim.model.theory.crisis import (
    challenge_considerations,
    contest_considerations,
    war_considerations,
)
from sim.model.theory.honour import considerations, willingness
from sim.model.theory.quantal_response import chance


class Actor(mesa.Agent):  # type: ignore[misc]
    """A state, or a bloc that decides as one.

    Each decision is returned as a mask or level over worlds and changes nothing by itself: all
    decide on the same worlds before anything is applied. `where` says in which worlds a decision is
    there to be taken; it moves no decision and matters to the reasons kept of it only.

    Attributes:
        index: its row in every array over actors.
        code: its key in the scenario; it names its dice.
    """

    def __init__(self, model: mesa.Model, index: int, state: State, foresight: Foresight) -> None:
        super().__init__(model)
        self.index, self.code, self.name = index, state.codes[index], state.names[index]
        self._state, self._foresight = state, foresight

    # -- disputes ---------------------------------------------------------------------------

    def challenges(self, rivalry: Rivalry, side: int, *, where: Mask | None = None) -> Mask:
        """Decide whether to challenge its rival this month, (world,)."""
        terms = self.challenge_terms(rivalry, side)

        def told() -> Terms:
            return challenge_by_help(terms, self._state, self._fight(rivalry, side))

        return self._does("challenge", terms, rivalry, side, where, told)

    def resists(self, rivalry: Rivalry, side: int, step: str, *, where: Mask | None = None) -> Mask:
        """Decide whether to stand up to the other side's `step`, (world,)."""
        terms = self.resist_terms(rivalry, side, observer=self.index)

        def told() -> Terms:
            return resist_by_help(terms, self._state, self._fight(rivalry, 1 - side))

        return self._does(f"resist {step}", terms, rivalry, side, where, told)

    def climbs(self, rivalry: Rivalry, side: int, *, where: Mask | None = None) -> Mask:
        """Decide whether to climb a rung in the dispute under way, (world,)."""
        terms = self._next_rung_terms(rivalry, side)
        terms |= {"calming": calming(self._state, rivalry), "restraint": -self._held_back()}

        def told() -> Terms:
            return climb_by_help(terms, self._state, self._fight(rivalry, side))

        return self._does("climb", terms, rivalry, side, where, told)

    def challenge_odds(self, rivalry: Rivalry, side: int) -> Vector:
        """Return the log-odds of a challenge, (world,)."""
        return total(self.challenge_terms(rivalry, side).values())

    def challenge_terms(self, rivalry: Rivalry, side: int) -> Terms:
        """Return what speaks for and against a challenge, looking ahead to reply and help."""
        choice, rules = self._state.rules.choice, self._state.rules.challenge
        resisted = chance(self.resist_odds(rivalry, 1 - side, observer=self.index))
        expected = self._foresight.expect(rivalry, side, self.index)
        usual = self._foresight.usual(rivalry, side)
        stake, cost, dread = rivalry.stake[side], rules.dispute_cost, rules.nuclear_dread
        value = challenge_value(stake, expected.winning, resisted, cost)
        terms = challenge_considerations(usual.challenge, choice.rationality, value, usual.value)
        armed = expected.defender.nuclear - usual.nuclear
        return terms | {
            "nuclear": -choice.rationality * dread * armed,
            **self._habit(rivalry),
            "tension": strain(self._state, rivalry),
            "restraint": -self._held_back(),
        }

    def resist_odds(self, rivalry: Rivalry, side: int, observer: int) -> Vector:
        """Return the log-odds of resisting, as `observer`, an actor, sees them, (world,)."""
        return total(self.resist_terms(rivalry, side, observer).values())

    def resist_terms(self, rivalry: Rivalry, side: int, observer: int) -> Terms:
        """Return what speaks for and against resisting, as `observer`, an actor, sees it."""
        expected = self._foresight.expect(rivalry, 1 - side, observer)
        usual = self._foresight.usual(rivalry, side)
        return contest_considerations(
            usual.resist,
            self._state.rules.choice.rationality,
            rivalry.stake[side],
            1 - expected.winning,
            usual.losing,
        )

    def climb_odds(self, rivalry: Rivalry, side: int) -> Vector:
        """Return the log-odds of climbing a rung below war, (world,)."""
        return total(self.climb_terms(rivalry, side).values())

    def climb_terms(self, rivalry: Rivalry, side: int) -> Terms:
        """Return what speaks for and against climbing a rung below war."""
        usual = self._foresight.usual(rivalry, side)
        return contest_considerations(
            usual.climb,
            self._state.rules.choice.rationality,
            rivalry.stake[side],
            self._foresight.expect(rivalry, side, self.index).winning,
            usual.winning,
        )

    def _next_rung_terms(self, rivalry: Rivalry, side: int) -> Terms:
        """Return what speaks for and against the next rung, which is war where force is used.

        Where reasons are kept, they name every consideration, in a world alone as in a block.
        """
        below = self.climb_terms(rivalry, side)
        if not somewhere(rivalry.forceful) and self._state.reasons is None:
            return below
        war = self.war_terms(rivalry, side).items()
        return {name: np.where(rivalry.forceful, term, below.get(name, 0.0)) for name, term in war}

    def war_odds(self, rivalry: Rivalry, side: int) -> Vector:
        """Return the log-odds of going from the use of force to war, (world,)."""
        return total(self.war_terms(rivalry, side).values())

    def war_terms(self, rivalry: Rivalry, side: int) -> Terms:
        """Return what speaks for and against going from the use of force to war."""
        rules = self._state.rules.escalate
        expected = self._foresight.expect(rivalry, side, self.index)
        exposed = rules.war_cost * (0.5 - expected.winning)
        terms = war_considerations(
            self._foresight.usual(rivalry, side).war,
            self._state.rules.choice.rationality,
            rivalry.stake[side],
            expected.winning,
            exposed,
            rules.pact * expected.attacker.allies,
        )
        return terms | {"nuclear": -rules.nuclear * expected.defender.nuclear}

    def _fight(self, rivalry: Rivalry, attacking: int) -> Fight:
        expected = self._foresight.expect(rivalry, attacking, self.index)
        return Fight(rivalry, attacking, expected, self._foresight.record(rivalry, attacking))

    def _held_back(self) -> Vector:
        return restraint(self._state, self.index)

    def _habit(self, rivalry: Rivalry) -> Terms:
        """Return what moves a challenge beside its value: a recent dispute, a promise of peace."""
        rules, month = self._state.rules.challenge, self._state.month
        usual = rivalry.usual_recent
        return {
            "recent": rules.recent_dispute * (rivalry.recent(month) - usual),
            "peace_promised": rules.nonaggression * self._peace_promised(rivalry),
        }

    def _peace_promised(self, rivalry: Rivalry) -> Vector:
        bound = [
            self._state.binding[code]
            for code, treaty in self._state.treaties.items()
            if treaty.promises_standing_aside(*rivalry.rivals)
        ]
        return np.max(bound, axis=0) if bound else np.zeros(self._state.count)

    # -- the mutual-defence rule ------------------------------------------------------------

    def answers(self, call: Call, willing: Vector, *, where: Mask | None = None) -> Levels:
        """Decide how far to go for a partner that calls, (world,), 0 nothing to 3 open war."""
        occasion = Occasion("answer", self.code, self._state.codes[call.partner], call.rivalry)
        drawn = self._drawn(occasion)
        chances = answer_chances(self._state, call, willing)
        level = reached(drawn, chances)
        keep(self._state, occasion, chances, drawn, level, where, lambda: self._case(call, willing))
        return level

    def answers_unpromised(self, call: Call, willing: Vector) -> Levels:
        """Return how far it would go, with the same luck, had it promised nothing, (world,)."""
        honour, name = self._state.rules.honour, self._state.memory.belief(call.partner, self.index)
        owed = promise(self._state, call) - honour.unpromised + honour.reputation * name
        drawn = self._drawn(
            Occasion("answer", self.code, self._state.codes[call.partner], call.rivalry)
        )
        return reached(drawn, answer_chances(self._state, call, willing - owed))

    def _case(self, call: Call, willing: Vector) -> Terms:
        """Return the considerations that make up a willingness, the load of others among them."""
        honour, case = self._state.rules.honour, case_of(self._state, call)
        return considerations(honour, case) | {"buck_passing": willing - willingness(honour, case)}

    # -- joining a war without having promised to -------------------------------------------

    def joins(self, rivalry: Rivalry, *, seen: Fray) -> tuple[Mask, Levels]:
        """Decide whether to enter a war under way, and on which side, (world,) each."""
        state, who = self._state, self.index
        may = may_join(state, who, rivalry)
        if not somewhere(may):
            return may, may.astype(np.int8)
        appeal = side_appeal(state, who, rivalry, seen)
        may &= appeal != 0
        terms = join_terms(state, who, rivalry, seen)
        enters = decides(state, Occasion("join", self.code, "", rivalry.code), terms, may)
        return enters & may, (appeal < 0).astype(np.int8)

    # -- dice -------------------------------------------------------------------------------

    def _does(
        self,
        decision: str,
        terms: Terms,
        rivalry: Rivalry,
        side: int,
        where: Mask | None,
        told: Callable[[], Terms],
    ) -> Mask:
        towards = self._state.codes[rivalry.rivals[1 - side]]
        occasion = Occasion(decision, self.code, towards, rivalry.code)
        return decides(self._state, occasion, terms, where, told)

    def _drawn(self, occasion: Occasion) -> Vector:
        return self._state.luck.uniform(occasion.what, self._state.month, *occasion[1:])


def reached(drawn: Vector, chances: tuple[Vector, ...]) -> Levels:
    """Return the highest level, (world,), whose chance is above what was drawn."""
    return np.sum([drawn < likely for likely in chances], axis=0, dtype=np.int8)
