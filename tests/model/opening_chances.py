"""The log-odds of every choice in the first month, before any decision is taken."""

from __future__ import annotations

import numpy as np

from sim.model.actor import Actor
from sim.model.arrays import Vector
from sim.model.context import PhaseContext
from sim.model.decisions.calls import Call, build_relationship
from sim.model.decisions.phase_cache import PhaseCache
from sim.model.decisions.willingness import AllyCase
from sim.model.entities.rivalry import Rivalry
from sim.model.model import AllianceModel
from sim.model.theory.anchor import AidChances, Anchor
from sim.model.theory.honour import Relationship
from sim.scenario.schema.scenario import Scenario


class Eve:
    """A block of worlds in its first month; every choice is given in log-odds over worlds.

    `theatre` is the rivalry in which allies answer.
    """

    def __init__(
        self, scenario: Scenario, worlds: int = 300, first: int = 0, theatre: str = "feud"
    ) -> None:
        block = AllianceModel(scenario, first, worlds)
        self._theatre = theatre
        block.close()
        self.context: PhaseContext = block.context
        self.context.state.begin_month()

    def challenge(self, who: str, rivalry: str = "feud") -> Vector:
        """Return the log-odds that an actor challenges its rival."""
        return self._actor(who).challenge_odds(*self._side(who, rivalry))

    def resist(self, who: str, rivalry: str = "feud") -> Vector:
        """Return the log-odds that an actor resists its rival."""
        return self._actor(who).resist_odds(*self._side(who, rivalry), self._row(who))

    def climb(self, who: str, rivalry: str = "feud") -> Vector:
        """Return the log-odds that an actor climbs a rung below war."""
        return self._actor(who).climb_odds(*self._side(who, rivalry))

    def go_to_war(self, who: str, rivalry: str = "feud") -> Vector:
        """Return the log-odds that an actor goes from force to war."""
        return self._actor(who).war_odds(*self._side(who, rivalry))

    def willing(
        self, ally: str, partner: str, *, began: bool = False, home_soil: bool = False
    ) -> Vector:
        """Return the log-odds that an ally fights for a partner that calls."""
        case = self._case(ally, partner, began, home_soil)
        return case.willingness(PhaseCache(self.context.state))

    def aid(self, ally: str, partner: str, *, began: bool = False) -> AidChances:
        """Return the chances that an ally sends arms, sends troops, and fights."""
        case = self._case(ally, partner, began, False)
        return case.aid_chances(case.willingness(PhaseCache(self.context.state)))

    def anchor(self, ally: str, partner: str, *, began: bool = False) -> Anchor:
        """Return the record from which an ally's answer starts."""
        return self._case(ally, partner, began, False).anchor

    def relationship(self, ally: str, partner: str) -> Relationship:
        """Return the relationship of an ally with its partner."""
        return build_relationship(self.context.state, self._row(ally), self._row(partner))

    def _case(self, ally: str, partner: str, began: bool, home_soil: bool) -> AllyCase:
        state, rivalry = self.context.state, self.context.state.rivalries[self._theatre]
        who = self._row(partner)
        opponent = next(rival for rival in rivalry.rivals if rival != who)
        facts = np.full(state.count, began), np.full(state.count, home_soil)
        armed = state.nuclear[opponent]
        call = Call(self._row(ally), who, opponent, self._theatre, *facts, armed)
        return AllyCase(state, call)

    def _side(self, who: str, rivalry: str) -> tuple[Rivalry, int]:
        quarrel = self.context.state.rivalries[rivalry]
        return quarrel, quarrel.rivals.index(self._row(who))

    def _row(self, who: str) -> int:
        return self.context.state.codes.index(who)

    def _actor(self, who: str) -> Actor:
        return self.context.actors[self._row(who)]
