"""Quantities that do not change within a phase, each computed once."""

from __future__ import annotations

from functools import reduce

import numpy as np

from sim.model.arrays import Mask, Terms, Vector, any_world, total
from sim.model.decisions.calls import build_relationship
from sim.model.state import State
from sim.model.theory.honour import other_war_considerations, relationship_considerations


class PhaseCache:
    """What all actors decide on in one phase: nothing changes until all have decided."""

    def __init__(self, state: State) -> None:
        self._state = state
        self._belligerents: dict[str, Mask] | None = None
        self._relationships: dict[tuple[int, int], Vector] = {}
        self._other_wars: dict[tuple[int, str], Vector] = {}

    def relationship(self, ally: int, partner: int) -> Vector:
        """Return the sum of the relationship terms of ally and partner, in log-odds, (world,)."""
        if (ally, partner) not in self._relationships:
            self._relationships[ally, partner] = total(
                self.relationship_terms(ally, partner).values()
            )
        return self._relationships[ally, partner]

    def other_wars(self, ally: int, theatre: str) -> Vector:
        """Return the sum of the terms for an ally's wars elsewhere, in log-odds, (world,)."""
        if (ally, theatre) not in self._other_wars:
            self._other_wars[ally, theatre] = total(self.other_war_terms(ally, theatre).values())
        return self._other_wars[ally, theatre]

    def relationship_terms(self, ally: int, partner: int) -> Terms:
        """Return the relationship terms of ally and partner, in log-odds."""
        facts = build_relationship(self._state, ally, partner)
        return relationship_considerations(self._state.rules.honour, facts)

    def other_war_terms(self, ally: int, theatre: str) -> Terms:
        """Return the terms for an ally's wars outside a theatre, in log-odds."""
        fights = self.fights_elsewhere(ally, theatre)
        return other_war_considerations(self._state.rules.honour, fights)

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
