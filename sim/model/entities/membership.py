"""How long an actor is a party to a treaty, in every world of a block."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.model.arrays import Mask, Vector
from sim.model.places import Index


@dataclass
class Membership:
    """One actor's part in one treaty.

    Attributes:
        since: month from which it is a party, (world,); infinite where it never is.
        until: month from which it is one no longer, (world,); infinite while no end is known.
    """

    since: Vector
    until: Vector

    @classmethod
    def throughout(cls, since: float, count: int) -> Membership:
        """Return a part in a treaty from `since` on in each of `count` worlds."""
        return cls(np.full(count, since), np.full(count, np.inf))

    def holds(self, month: int) -> Mask:
        """Return where the actor is a party in `month`, (world,)."""
        held: Mask = (self.since <= month) & (month < self.until)
        return held

    def moves(self, month: int) -> Mask:
        """Return where it begins or ends in `month`, (world,)."""
        moving: Mask = (self.since == month) | (self.until == month)
        return moving

    def begin(self, worlds: Index, month: int) -> None:
        """Let the actor be a party from `month` on in some worlds, (case,)."""
        self.since[worlds], self.until[worlds] = month, np.inf

    def restart(self, worlds: Index) -> None:
        """Let the founders alone be parties in the worlds, (case,), that sign the treaty anew."""
        self.since[worlds[self.since[worlds] > -np.inf]] = np.inf
        self.until[worlds] = np.inf
