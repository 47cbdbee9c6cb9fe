"""The eve of the first decision: how likely each actor is to do what, before anybody has."""

from __future__ import annotations

import numpy as np

from sim.model.actor import Actor
from sim.model.arrays import Vector
from sim.model.context import PhaseContext
from sim.model.decisions.calls import Call, build_case
from sim.model.entities.rivalry import Rivalry
from sim.model.model import AllianceModel
from sim.model.theory.honour import AllyCase, willingness
from sim.scenario.schema.scenario import Scenario


class Eve:
    """A block of worlds in its first month; every answer is log-odds over worlds."""

    def __init__(self, scenario: Scenario, worlds: int = 300, first: int = 0) -> None:
        block = AllianceModel(scenario, first, worlds)
        block.close()
        self.context: PhaseContext = block.context
        self.context.state.begin_month()

    def challenge(self, who: str, rivalry: str = "feud") -> Vector:
        """Return how likely one is to challenge its rival."""
        return self._actor(who).challenge_odds(*self._side(who, rivalry))

    def resist(self, who: str, rivalry: str = "feud") -> Vector:
        """Return how likely one is to stand up to its rival."""
        return self._actor(who).resist_odds(*self._side(who, rivalry), self._row(who))

    def climb(self, who: str, rivalry: str = "feud") -> Vector:
        """Return how likely one is to climb a rung below war."""
        return self._actor(who).climb_odds(*self._side(who, rivalry))

    def go_to_war(self, who: str, rivalry: str = "feud") -> Vector:
        """Return how likely one is to go from force to war."""
        return self._actor(who).war_odds(*self._side(who, rivalry))

    def willing(
        self, ally: str, partner: str, *, began: bool = False, home_soil: bool = False
    ) -> Vector:
        """Return how likely an ally, judging alone, is to help a partner that calls."""
        return willingness(
            self.context.state.rules.honour, self.case(ally, partner, began, home_soil)
        )

    def case(
        self, ally: str, partner: str, began: bool = False, home_soil: bool = False
    ) -> AllyCase:
        """Return what an ally has to weigh when its partner is at war with its rival alone."""
        return build_case(self.context.state, self._call(ally, partner, began, home_soil))

    def _call(self, ally: str, partner: str, began: bool, home_soil: bool) -> Call:
        state, rivalry = self.context.state, self.context.state.rivalries["feud"]
        who = self._row(partner)
        opponent = next(rival for rival in rivalry.rivals if rival != who)
        own, other = state.capability[who], state.capability[opponent]
        reach = state.reach[who, opponent] if began else state.reach[opponent, who]
        own, other = (own * reach, other) if began else (own, other * reach)
        facts = np.full(state.count, began), np.full(state.count, home_soil)
        armed = state.nuclear[opponent]
        return Call(self._row(ally), who, opponent, "feud", *facts, own, other, armed)

    def _side(self, who: str, rivalry: str) -> tuple[Rivalry, int]:
        found = self.context.state.rivalries[rivalry]
        return found, found.rivals.index(self._row(who))

    def _row(self, who: str) -> int:
        return self.context.state.codes.index(who)

    def _actor(self, who: str) -> Actor:
        return self.context.actors[self._row(who)]
