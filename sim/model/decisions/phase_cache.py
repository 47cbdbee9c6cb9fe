"""What actors hold of one another in one phase, each thing worked out once."""

from __future__ import annotations

from functools import reduce

import numpy as np

from sim.model.arrays import Mask, Vector, any_world, total
from sim.model.decisions.calls import build_relationship
from sim.model.state import State
from sim.model.theory.honour import relationship_considerations


class PhaseCache:
    """A phase in which nothing changes until all have decided."""

    def __init__(self, state: State) -> None:
        self._state = state
        self._belligerents: dict[str, Mask] | None = None
        self._relationships: dict[tuple[int, int], Vector] = {}
        self._trust: dict[tuple[int, int], Vector] = {}
        self._other_wars: dict[tuple[int, str], Vector | None] = {}

    def relationship(self, ally: int, partner: int) -> Vector:
        """Return what stands between ally and partner, in log-odds, (world,)."""
        if (ally, partner) not in self._relationships:
            terms = relationship_considerations(
                self._state.rules.honour, build_relationship(self._state, ally, partner)
            )
            self._relationships[ally, partner] = total(terms.values())
        return self._relationships[ally, partner]

    def trust(self, observer: int, ally: int) -> Vector:
        """Return how far an observer trusts an ally beyond where everyone starts, in log-odds."""
        if (observer, ally) not in self._trust:
            self._trust[observer, ally] = self._state.memory.trust(observer, ally)
        return self._trust[observer, ally]

    def other_wars(self, ally: int, theatre: str) -> Vector | None:
        """Return what other wars take off an ally's willingness; None where it fights none."""
        if (ally, theatre) not in self._other_wars:
            wars = [who[ally] for code, who in self._find_belligerents().items() if code != theatre]
            fights = reduce(np.logical_or, wars) if wars else self._state.no_world
            self._other_wars[ally, theatre] = (
                self._state.rules.honour.busy * fights if any_world(fights) else None
            )
        return self._other_wars[ally, theatre]

    def _find_belligerents(self) -> dict[str, Mask]:
        """Return who is at open war, (actor, world), in every theatre that has a war somewhere."""
        if self._belligerents is None:
            rivalries = self._state.rivalries.values()
            self._belligerents = {
                each.code: each.war.fighting for each in rivalries if any_world(each.war.on)
            }
        return self._belligerents
