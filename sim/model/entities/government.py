"""Governments: how democratic actors are, and when the supporters of autocrats changed."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.model.arrays import Mask, Vector, any_world
from sim.scenario.schema.scenario import Scenario


class Governments:
    """The governments of all actors over a block of worlds.

    Attributes:
        polyarchy: how democratic each actor is, (actor, world), 0 to 1.
        autocracies: rows of the actors whose leaders rest on supporters that may change.
        changed: month of the last change of supporters, (actor, world); minus infinity where there
            was none since the scenario opened.
        successor: where an actor has new supporters since its last promise of aid to another,
            (actor, other, world); None while there is none in any world.
        successors_known: up to which renewal of what binds whom they were found; -1 if they have
            to be found anew.
    """

    def __init__(self, scenario: Scenario, polyarchy: Vector) -> None:
        line = scenario.rules.supporters.autocracy.value
        self.polyarchy = polyarchy
        self.autocracies = [
            row for row, spec in enumerate(scenario.actors.values()) if spec.polyarchy.value < line
        ]
        self.changed: Vector = np.full(polyarchy.shape, -np.inf)
        self.successor: NDArray[np.float64] | None = None
        self.successors_known = -1

    def bring_new_supporters(self, actor: int, where: Mask, month: int) -> Mask:
        """Let a leader rest on new supporters, `where` it happens; return where, (world,).

        In a democracy nothing changes: its promises hold.
        """
        new = where if actor in self.autocracies else np.zeros_like(where)
        if any_world(new):
            self.changed[actor, new], self.successors_known = month, -1
        return new

    def changed_in(self, actor: int) -> Mask:
        """Return where the supporters of an actor have changed since the scenario opened."""
        ever: Mask = self.changed[actor] > -np.inf
        return ever

    @property
    def any_change(self) -> bool:
        """Whether supporters have changed in any world of the block."""
        return any_world(self.changed > -np.inf)
