"""What actors hold of one another in one phase, each thing worked out once."""

from __future__ import annotations

from functools import reduce

import numpy as np

from sim.model.arrays import Mask, Vector, somewhere, total
from sim.model.decisions.calls import regard_of
from sim.model.state import State
from sim.model.theory.honour import regard


class Moment:
    """A phase in which nothing changes until all have decided."""

    def __init__(self, state: State) -> None:
        self._state = state
        self._fighting: dict[str, Mask] | None = None
        self._regards: dict[tuple[int, int], Vector] = {}
        self._trust: dict[tuple[int, int], Vector] = {}
        self._busy: dict[tuple[int, str], Vector | None] = {}

    def regard(self, ally: int, partner: int) -> Vector:
        """Return what stands between ally and partner, in log-odds, (world,)."""
        if (ally, partner) not in self._regards:
            terms = regard(self._state.rules.honour, regard_of(self._state, ally, partner))
            self._regards[ally, partner] = total(terms.values())
        return self._regards[ally, partner]

    def trust(self, observer: int, ally: int) -> Vector:
        """Return how far an observer trusts an ally beyond where everyone starts, in log-odds."""
        if (observer, ally) not in self._trust:
            self._trust[observer, ally] = self._state.memory.trust(observer, ally)
        return self._trust[observer, ally]

    def busy(self, ally: int, theatre: str) -> Vector | None:
        """Return what other wars take off an ally's willingness; None where it fights none."""
        if (ally, theatre) not in self._busy:
            wars = [who[ally] for code, who in self._at_war().items() if code != theatre]
            fights = reduce(np.logical_or, wars) if wars else self._state.nowhere
            self._busy[ally, theatre] = (
                self._state.rules.honour.busy * fights if somewhere(fights) else None
            )
        return self._busy[ally, theatre]

    def _at_war(self) -> dict[str, Mask]:
        """Return who is at open war, (actor, world), in every theatre that has a war somewhere."""
        if self._fighting is None:
            rivalries = self._state.rivalries.values()
            self._fighting = {
                each.code: each.war.fighting for each in rivalries if somewhere(each.war.on)
            }
        return self._fighting
