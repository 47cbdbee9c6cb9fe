"""A rivalry: the dispute that may be under way on it, and the war it may have become."""

from __future__ import annotations

from functools import cached_property

import numpy as np

from sim.model.arrays import Counts, Levels, Mask, Vector
from sim.model.entities.war import War
from sim.model.randomness.parameters import assume
from sim.model.randomness.streams import Luck
from sim.model.theory.rates import monthly
from sim.scenario.schema.scenario import Scenario

NONE, THREAT, DISPLAY, FORCE, WAR = 1, 2, 3, 4, 5
"""The MID hostility levels (Jones, Bremer and Singer 1996): the rungs of a dispute."""

NEVER = -(10**6)


class Rivalry:
    """Two actors between whom disputes break out, over a block of worlds.

    Sides are 0 and 1, in the order of `between`.

    Attributes:
        rivals: rows of the two actors.
        record: monthly chance of a challenge by each side in the record, (side, world).
        stake: what the quarrel is worth to each side, (side, world).
        reciprocation: chance in the record that a challenge is resisted, (world,).
        rung: hostility level, (world,), 1 none to 5 war.
        challenger: side that challenged last, (world,).
        opened: month in which the last dispute opened, (world,).
        disputes: disputes so far, (world,).
        highest: highest rung so far, (world,).
        war: the war on this rivalry.
    """

    def __init__(self, code: str, scenario: Scenario, index: dict[str, int], luck: Luck) -> None:
        spec, key = scenario.rivalries[code], f"rivalries.{code}"
        self.code, self.name = code, spec.name
        self.rivals = (index[spec.between[0]], index[spec.between[1]])
        onset = [assume(spec.onset[who], f"{key}.onset.{who}", luck) for who in spec.between]
        self.record: Vector = monthly(np.stack(onset))
        stakes = [assume(spec.stake[who], f"{key}.stake.{who}", luck) for who in spec.between]
        self.stake: Vector = np.stack(stakes)
        self.reciprocation = assume(spec.reciprocation, f"{key}.reciprocation", luck)
        self.rung: Levels = np.full(luck.count, NONE, dtype=np.int8)
        self.challenger: Levels = np.zeros(luck.count, dtype=np.int8)
        self.opened: Counts = np.full(luck.count, NEVER, dtype=np.int64)
        self.disputes: Counts = np.zeros(luck.count, dtype=np.int64)
        self.war = War(code, scenario, index, luck)
        self.rung[self.war.on] = WAR
        self.highest: Levels = self.rung.copy()

    @cached_property
    def usual_recent(self) -> Vector:
        """Chance in the record, (world,), that a dispute opened in the last twelve months."""
        none: Vector = (1 - self.record).prod(axis=0) ** 12
        return 1 - none

    @property
    def quiet(self) -> Mask:
        """Where no dispute is under way, (world,)."""
        return self.rung == NONE

    @property
    def forceful(self) -> Mask:
        """Where force is being used short of war, (world,)."""
        return self.rung == FORCE

    def in_dispute(self, month: int) -> Mask:
        """Return where a dispute of an earlier month is under way, short of war."""
        return (self.rung > NONE) & (self.rung < WAR) & (self.opened < month)

    def recent(self, month: int) -> Mask:
        """Return where a dispute opened in the last twelve months."""
        return month - self.opened <= 12

    def open(self, where: Mask, side: int | Levels, rung: Levels | int, month: int) -> None:
        """Open a dispute that `side` began, `where` it did, at `rung`."""
        self.rung[where] = np.broadcast_to(rung, self.rung.shape)[where]
        self.challenger[where] = np.broadcast_to(side, self.rung.shape)[where]
        self.opened[where] = month
        self.disputes[where] += 1
        self._remember()

    def climb(self, where: Mask) -> None:
        """Climb one rung, `where` somebody did."""
        self.rung[where] += 1
        self._remember()

    def calm(self, where: Mask) -> None:
        """End the dispute or war, `where` it ends."""
        self.rung[where] = NONE

    def _remember(self) -> None:
        np.maximum(self.highest, self.rung, out=self.highest)
