"""A war: who fights or helps on which side, where the front stands, how weary they are."""

from __future__ import annotations

import numpy as np

from sim.model.arrays import Counts, Levels, Mask, Vector
from sim.model.calendar import month_of
from sim.model.randomness.parameters import assume
from sim.model.randomness.streams import Luck
from sim.scenario.schema.rivalries import Aid, WarSpec
from sim.scenario.schema.scenario import Scenario

MATERIEL, TROOPS, OPEN_WAR = 1, 2, 3
"""Levels of aid; 0 is none."""

LEVEL = {Aid.NONE: 0, Aid.MATERIEL: MATERIEL, Aid.TROOPS: TROOPS, Aid.WAR: OPEN_WAR}


class War:
    """The war on one rivalry, in the worlds where there is one.

    Attributes:
        on: where it is being fought, (world,).
        attacker: side that began it, (world,).
        since: month in which it began, (world,).
        level: what each actor does on each side, (side, actor, world), 0 none to 3 open war.
        front: ground held, (world,): 1 the attacker has won, -1 the defender has.
        weariness: of each side's principal, (side, world), 0 to 1.
        lost: share of each side's strength lost since the scenario opened, (side, world).
        home_soil: where the attacker's home soil was attacked in this war, (world,); `struck` in
            any war since the scenario opened.
        broke_out: where it began after the scenario opened, (world,); `outbreak` the first month.
        ended: month of the last settlement, (world,), 0 none.
        alarm: who has fresh cause to call its allies, (side, actor, world).
        pledged: what an ally has decided to do and is preparing, (side, actor, world); `arrives`
            the month in which it will.
    """

    def __init__(self, rivalry: str, scenario: Scenario, index: dict[str, int], luck: Luck) -> None:
        count, between = luck.count, scenario.rivalries[rivalry].between
        self._rivals = (index[between[0]], index[between[1]])
        self.on: Mask = np.zeros(count, dtype=bool)
        self.attacker: Levels = np.zeros(count, dtype=np.int8)
        self.since: Counts = np.zeros(count, dtype=np.int64)
        self.level: Levels = np.zeros((2, len(index), count), dtype=np.int8)
        self.front: Vector = np.zeros(count)
        self.weariness: Vector = np.zeros((2, count))
        self.lost: Vector = np.zeros((2, count))
        self.home_soil: Mask = np.zeros(count, dtype=bool)
        self.struck: Mask = np.zeros(count, dtype=bool)
        self.broke_out: Mask = np.zeros(count, dtype=bool)
        self.outbreak: Counts = np.zeros(count, dtype=np.int64)
        self.ended: Counts = np.zeros(count, dtype=np.int64)
        self.alarm: Mask = np.zeros((2, len(index), count), dtype=bool)
        self.pledged: Levels = np.zeros((2, len(index), count), dtype=np.int8)
        self.arrives: Vector = np.zeros((2, len(index), count))
        for code, spec in scenario.wars.items():
            if spec.rivalry == rivalry:
                self._under_way(f"wars.{code}", spec, between, scenario, index, luck)

    def open_war(self, side: int) -> Mask:
        """Return who is at open war on a side, (actor, world)."""
        return self.level[side] == OPEN_WAR

    @property
    def fighting(self) -> Mask:
        """Who is at open war on either side, (actor, world)."""
        return self.open_war(0) | self.open_war(1)

    def involved(self, actor: int) -> Mask:
        """Return where an actor is at open war on either side, (world,)."""
        return self.opposes(actor, 0) | self.opposes(actor, 1)

    def opposes(self, actor: int, side: int) -> Mask:
        """Return where an actor is at open war against a side, (world,)."""
        return self.level[1 - side, actor] == OPEN_WAR

    def attacks(self, side: int) -> Mask:
        """Return where `side` is the side that began the war, (world,)."""
        return self.on & (self.attacker == side)

    def young(self, month: int, spread: Vector) -> Mask:
        """Return where it is on, and began less than `spread` months ago, (world,)."""
        return self.on & (month - self.since < spread)

    def begin(self, where: Mask, attacker: Levels, month: int) -> None:
        """Begin the war `where` it breaks out, `attacker` having begun it."""
        self.outbreak[where & ~self.broke_out] = month
        self.broke_out |= where
        self.on |= where
        self.attacker[where] = attacker[where]
        self.since[where] = month
        self.front[where] = 0.0
        self.weariness[:, where] = 0.0
        self.home_soil[where] = False
        for side, rival in enumerate(self._rivals):
            self.level[side, rival, where] = OPEN_WAR
            self.alarm[side, rival, where] = True

    def pledge(self, side: int, actor: int, level: Levels, arrives: Vector) -> None:
        """Let an actor prepare to do as much as `level` from the month in which it arrives."""
        more = level > self.pledged[side, actor]
        self.pledged[side, actor] = np.where(more, level, self.pledged[side, actor])
        self.arrives[side, actor] = np.where(more, arrives, self.arrives[side, actor])

    def enter(self, where: Mask, side: int, actor: int, level: Levels) -> Mask:
        """Raise what an actor does on a side to `level`; return where it newly is at open war."""
        before = self.level[side, actor].copy()
        after = np.where(where & self.on, np.maximum(before, level), before)
        self.level[side, actor] = after
        return (after == OPEN_WAR) & (before < OPEN_WAR)

    def alarm_opponents(self, where: Mask, side: int) -> None:
        """Give all at open war against `side` fresh cause to call, where it grew."""
        self.alarm[1 - side] |= self.open_war(1 - side) & where

    def end(self, where: Mask, month: int) -> None:
        """End the war `where` it ends."""
        self.on &= ~where
        self.ended[where] = month
        for held in (self.level, self.alarm, self.pledged):
            held[:, :, where] = 0

    def _under_way(
        self,
        key: str,
        spec: WarSpec,
        between: tuple[str, ...],
        scenario: Scenario,
        index: dict[str, int],
        luck: Luck,
    ) -> None:
        everywhere = np.ones(luck.count, dtype=bool)
        attacker = np.full(luck.count, between.index(spec.began_by), dtype=np.int8)
        self.begin(everywhere, attacker, month_of(spec.since, scenario.start))
        self.broke_out[:] = False
        self.outbreak[:] = 0
        self.alarm[:] = False
        self.front = assume(spec.front, f"{key}.front", luck)
        for side, rival in enumerate(between):
            self.weariness[side] = assume(spec.weariness[rival], f"{key}.weariness.{rival}", luck)
        for helper, support in spec.support.items():
            side = between.index(support.side)
            self.level[side, index[helper]] = LEVEL[support.aid]
