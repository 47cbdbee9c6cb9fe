"""A war: who fights or aids on each side, where the front is, and how weary the sides are."""

from __future__ import annotations

import numpy as np

from sim.model.arrays import Counts, Levels, Mask, Vector
from sim.model.calendar import month_of
from sim.model.places import Index
from sim.model.randomness.parameters import sample_parameter
from sim.model.randomness.streams import RandomStreams
from sim.scenario.schema.rivalries import AidLevel, WarSpec
from sim.scenario.schema.scenario import Scenario

MATERIEL, TROOPS, OPEN_WAR = 1, 2, 3
"""Levels of aid; 0 is none."""

_AID_LEVELS = {
    AidLevel.NONE: 0,
    AidLevel.MATERIEL: MATERIEL,
    AidLevel.TROOPS: TROOPS,
    AidLevel.WAR: OPEN_WAR,
}


class War:
    """The war on one rivalry, in the worlds in which there is one.

    Attributes:
        on: where it is fought, (world,).
        attacker: the side that began it, (world,).
        began_month: month in which it began, (world,).
        level: what each actor does on each side, (side, actor, world), 0 none to 3 open war.
        front: ground held, (world,): 1 if the attacker has won, -1 if the defender has.
        weariness: of each side's principal, (side, world), 0 to 1.
        strength_lost: share of each principal's strength lost in this war, (side, world), 0 to 1.
        home_soil: where the attacker's home soil was attacked in this war, (world,).
        home_soil_struck: where it was attacked in any war since the scenario opened, (world,).
        broke_out: where a war began after the scenario opened, (world,).
        spread: where another actor came to open war in one that began after the scenario opened,
            (world,).
        number: how many wars have begun since the scenario opened, (world,); one under way is 0.
        outbreak_month: month in which the first one began, (world,), 0 none.
        ended_month: month of the last settlement, (world,), 0 none.
        may_call: which actors have new cause to call their allies, (side, actor, world).
        may_invoke: where a principal has new cause to invoke promises of aid, (side, world).
        committed_level: level of aid that an actor decided on and prepares, (side, actor, world).
        arrival_month: month in which that aid arrives, (side, actor, world).
        furthest_level: furthest that each actor went on each side, (side, actor, world).
        aid_due: where an actor was called for aid that it had promised, (actor, world).
        aid_refused: where it gave none, (actor, world).
        abandoned: where an actor was refused aid that was due to it, (actor, world).
        entrapped: where a commitment dragged an actor into it, (actor, world). These five are of
            all wars on this rivalry since the scenario opened.
    """

    def __init__(
        self, rivalry: str, scenario: Scenario, index: dict[str, int], streams: RandomStreams
    ) -> None:
        count, between = streams.count, scenario.rivalries[rivalry].between
        self._rivals = (index[between[0]], index[between[1]])
        self.on: Mask = np.zeros(count, dtype=bool)
        self.attacker: Levels = np.zeros(count, dtype=np.int8)
        self.began_month: Counts = np.zeros(count, dtype=np.int64)
        self.level: Levels = np.zeros((2, len(index), count), dtype=np.int8)
        self.front: Vector = np.zeros(count)
        self.weariness: Vector = np.zeros((2, count))
        self.strength_lost: Vector = np.zeros((2, count))
        self.home_soil: Mask = np.zeros(count, dtype=bool)
        self.home_soil_struck: Mask = np.zeros(count, dtype=bool)
        self.broke_out: Mask = np.zeros(count, dtype=bool)
        self.spread: Mask = np.zeros(count, dtype=bool)
        self.number: Counts = np.zeros(count, dtype=np.int64)
        self.outbreak_month: Counts = np.zeros(count, dtype=np.int64)
        self.ended_month: Counts = np.zeros(count, dtype=np.int64)
        self.may_call: Mask = np.zeros((2, len(index), count), dtype=bool)
        self.may_invoke: Mask = np.zeros((2, count), dtype=bool)
        self.committed_level: Levels = np.zeros((2, len(index), count), dtype=np.int8)
        self.arrival_month: Vector = np.zeros((2, len(index), count))
        self.furthest_level: Levels = np.zeros((2, len(index), count), dtype=np.int8)
        self.aid_due: Mask = np.zeros((len(index), count), dtype=bool)
        self.aid_refused: Mask = np.zeros((len(index), count), dtype=bool)
        self.abandoned: Mask = np.zeros((len(index), count), dtype=bool)
        self.entrapped: Mask = np.zeros((len(index), count), dtype=bool)
        for code, spec in scenario.wars.items():
            if spec.rivalry == rivalry:
                self._begin_under_way(f"wars.{code}", spec, between, scenario, index, streams)

    @property
    def mean_weariness(self) -> Vector:
        """Mean weariness of the two principals, (world,), 0 to 1."""
        first, second = self.weariness
        return (first + second) / 2

    def at_open_war(self, side: int) -> Mask:
        """Return which actors are at open war on a side, (actor, world)."""
        return self.level[side] == OPEN_WAR

    @property
    def fighting(self) -> Mask:
        """Which actors are at open war on either side, (actor, world)."""
        return self.at_open_war(0) | self.at_open_war(1)

    def attacks(self, side: int) -> Mask:
        """Return where `side` is the side that began the war, (world,)."""
        return self.on & (self.attacker == side)

    def began_within(self, month: int, months: Vector) -> Mask:
        """Return where it is fought and began less than `months` months ago, (world,)."""
        return self.on & (month - self.began_month < months)

    def begin(self, where: Mask, attacker: Levels, month: int) -> None:
        """Begin a war by the side `attacker` in the worlds `where` it breaks out."""
        self.outbreak_month[where & ~self.broke_out] = month
        self.broke_out |= where
        self.number[where] += 1
        self.on |= where
        self.attacker[where] = attacker[where]
        self.began_month[where] = month
        self.front[where] = 0.0
        self.weariness[:, where] = 0.0
        self.strength_lost[:, where] = 0.0
        self.home_soil[where] = False
        for side, rival in enumerate(self._rivals):
            self.level[side, rival, where] = OPEN_WAR
            self.furthest_level[side, rival, where] = OPEN_WAR
            self.may_call[side, rival, where] = True

    def record_call(self, ally: int, partner: int, due: Index, refused: Index) -> None:
        """Record the worlds in which aid was due from an ally to a partner, and refused."""
        self.aid_due[ally, due] = True
        self.aid_refused[ally, refused] = True
        self.abandoned[partner, refused] = True

    def commit(
        self, side: int, actor: int, worlds: Index, level: Levels, arrival_month: Vector
    ) -> None:
        """Commit an actor to aid of at least `level`, which arrives in `arrival_month`.

        Args:
            side: the side that it aids.
            actor: row of the actor.
            worlds: where, (case,).
            level: level of aid, (case,).
            arrival_month: month in which it arrives, (case,).
        """
        more = level > self.committed_level[side, actor, worlds]
        self.committed_level[side, actor, worlds[more]] = level[more]
        self.arrival_month[side, actor, worlds[more]] = arrival_month[more]

    def enter(self, worlds: Index, side: int, actor: int, level: Levels | int) -> Index:
        """Raise an actor's aid to a side in some worlds, where there is war.

        Args:
            worlds: where, (case,).
            side: the side that it aids.
            actor: row of the actor.
            level: level of aid, to which it is raised, (case,).

        Returns:
            The worlds in which that brings it into open war.
        """
        at = side, actor, worlds
        before = self.level[at]
        after = np.where(self.on[worlds], np.maximum(before, level), before)
        self.level[at] = after
        self.furthest_level[at] = np.maximum(self.furthest_level[at], after)
        entered = worlds[(after == OPEN_WAR) & (before < OPEN_WAR)]
        self.spread[entered] |= self.number[entered] > 0
        return entered

    def let_all_call(self, worlds: Index, side: int, actor: int) -> None:
        """Give new cause to call where an actor entered: to itself, and to all that it opposes."""
        self.may_call[side, actor, worlds] = True
        opposed = self.level[1 - side][:, worlds] == OPEN_WAR
        self.may_call[1 - side][:, worlds] |= opposed

    def end(self, where: Mask, month: int) -> None:
        """End the war in the worlds `where` it ends."""
        self.on &= ~where
        self.ended_month[where] = month
        self.may_invoke[:, where] = False
        for array in (self.level, self.may_call, self.committed_level):
            array[:, :, where] = 0

    def _begin_under_way(
        self,
        key: str,
        spec: WarSpec,
        between: tuple[str, ...],
        scenario: Scenario,
        index: dict[str, int],
        streams: RandomStreams,
    ) -> None:
        every_world = np.ones(streams.count, dtype=bool)
        attacker = np.full(streams.count, between.index(spec.began_by), dtype=np.int8)
        self.begin(every_world, attacker, month_of(spec.since, scenario.start))
        self.broke_out[:] = False
        self.number[:] = 0
        self.outbreak_month[:] = 0
        self.may_call[:] = False
        self.front = sample_parameter(spec.front, f"{key}.front", streams)
        for side, rival in enumerate(between):
            self.weariness[side] = sample_parameter(
                spec.weariness[rival], f"{key}.weariness.{rival}", streams
            )
        for helper, support in spec.support.items():
            side = between.index(support.side)
            self.level[side, index[helper]] = _AID_LEVELS[support.aid]
        self.furthest_level = self.level.copy()
