"""Luck on purpose: worlds whose assumptions and dice are chosen apart, and in part planned.

As a rule world *k* has assumptions *k* and dice *k*. To tell how much of what happens is owed to
the assumptions and how much to chance, the same assumptions have to be lived with other dice; to
tell what one assumption does, it has to be moved while all else stays.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from sim.model.arrays import Vector
from sim.model.randomness.streams import Luck

Numbers = NDArray[np.int64]
NO_PLAN: Mapping[str, Vector] = {}


class PlannedLuck(Luck):
    """The luck of worlds that take assumptions and dice from worlds of different numbers.

    Attributes:
        plan: for some keys of the scenario, where in its range each world's number lies: the share
            of worlds, from 0 to 1, that as a rule have a lower one, shape (world,).
    """

    def __init__(
        self, seed: int, assumptions: Numbers, dice: Numbers, plan: Mapping[str, Vector] = NO_PLAN
    ) -> None:
        """Give each world the assumptions of one world and the dice of one, shape (world,)."""
        super().__init__(seed, 0, len(dice))
        self.plan = plan
        self._assumptions, self._dice = _Picked(seed, assumptions), _Picked(seed, dice)

    def uniform(
        self, decision: str, month: int, who: str, towards: str = "", about: str = ""
    ) -> Vector:
        """Return one number in [0, 1] per world, shape (world,), for one occasion."""
        if decision != "assumption":
            return self._dice.uniform(decision, month, who, towards, about)
        if who in self.plan:
            return self.plan[who]
        return self._assumptions.uniform(decision, month, who, towards, about)


class _Picked:
    """The luck of worlds of any numbers, in any order."""

    def __init__(self, seed: int, worlds: Numbers) -> None:
        first, last = int(worlds.min()), int(worlds.max())
        self._luck = Luck(seed, first, last - first + 1)
        self._places = worlds - first

    def uniform(self, *occasion: str | int) -> Vector:
        return self._luck.uniform(*occasion)[self._places]  # type: ignore[arg-type]
