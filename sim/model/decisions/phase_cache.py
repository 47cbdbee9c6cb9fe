"""Quantities that do not change within a phase, each computed once."""

from __future__ import annotations

from functools import reduce

import numpy as np

from sim.model.arrays import Mask, Vector, any_world, total
from sim.model.decisions.calls import build_relationship
from sim.model.state import State
from sim.model.theory.honour import other_war_considerations, relationship_considerations


class PhaseCache:
    """What all actors decide on in one phase: nothing changes until all have decided."""

    def __init__(self, state: State) -> None:
        self._state = state
        self._belligerents: dict[str, Mask] | None = None
        self._relationships: dict[tuple[int, int], Vector] = {}
        self._trust: dict[tuple[int, int], Vector] = {}
        self._other_wars: dict[tuple[int, str], Vector] = {}

    def relationship(self, ally: int, partner: int) -> Vector:
        """Return the sum of the relationship terms of ally and partner, in log-odds, (world,)."""
        if (ally, partner) not in self._relationships:
            terms = relationship_considerations(
                self._state.rules.honour, build_relationship(self._state, ally, partner)
            )
            self._relationships[ally, partner] = total(terms.values())
        return self._relationships[ally, partner]

    def trust(self, observer: int, ally: int) -> Vector:
        """Return the observer's trust in an ally above the initial level, in log-odds."""
        if (observer, ally) not in self._trust:
            self._trust[observer, ally] = self._state.memory.trust(observer, ally)
        return self._trust[observer, ally]

    def other_wars(self, ally: int, theatre: str) -> Vector:
        """Return the sum of the terms for an ally's wars elsewhere, in log-odds, (world,)."""
        if (ally, theatre) not in self._other_wars:
            fights = self.fights_elsewhere(ally, theatre)
            terms = other_war_considerations(self._state.rules.honour, fights)
            self._other_wars[ally, theatre] = total(terms.values())
        return self._other_wars[ally, theatre]

    def fights_elsewhere(self, ally: int, theatre: str) -> Mask:
        """Return where an ally is at open war in another theatre, (world,)."""
        wars = [
            fighting[ally]
            for code, fighting in self._find_belligerents().items()
            if code != theatre
        ]
        return reduce(np.logical_or, wars, self._state.no_world)

    def _find_belligerents(self) -> dict[str, Mask]:
        """Return who is at open war, (actor, world), by theatre, where any world has a war."""
        if self._belligerents is None:
            self._belligerents = {
                rivalry.code: rivalry.war.fighting
                for rivalry in self._state.rivalries.values()
                if any_world(rivalry.war.on)
            }
        return self._belligerents
