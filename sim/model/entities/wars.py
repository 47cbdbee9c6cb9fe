"""The wars on all rivalries as tables, so that one question is asked of all of them at once."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.model.arrays import (
    Counts,
    Levels,
    Mask,
    Vector,
    any_world,
    in_any_world,
    rows_in_any_world,
)
from sim.model.entities.rivalry import Rivalry
from sim.model.entities.war import OPEN_WAR


class Wars:
    """The wars of a block: tables with a row for each theatre, the very rows that its `War` holds.

    What a war changes in its row is changed in the table, and the other way round. Theatres are in
    the order of the rivalries; what each table says is described in `War`.

    Attributes:
        principals: rows of the two rivals of each theatre, (theatre, side).
        on, attacker, began_month, front, home_soil, number: (theatre, world).
        level, committed_level, arrival_month, may_call: (theatre, side, actor, world).
        weariness, strength_lost, may_invoke: (theatre, side, world).
    """

    def __init__(self, rivalries: Iterable[Rivalry], actors: int, worlds: int) -> None:
        """Gather the wars of the rivalries, each of which goes on with a row of the tables."""
        listed = list(rivalries)
        self._wars = [rivalry.war for rivalry in listed]
        self._places = np.arange(len(listed))[:, None]
        side, actor = (2, worlds), (2, actors, worlds)
        self.principals = np.array([rivalry.rivals for rivalry in listed], int).reshape(-1, 2)
        self.on: Mask = self._gather("on", (worlds,))
        self.attacker: Levels = self._gather("attacker", (worlds,), np.int8)
        self.began_month: Counts = self._gather("began_month", (worlds,), np.int64)
        self.front: Vector = self._gather("front", (worlds,), float)
        self.weariness: Vector = self._gather("weariness", side, float)
        self.strength_lost: Vector = self._gather("strength_lost", side, float)
        self.home_soil: Mask = self._gather("home_soil", (worlds,))
        self.number: Counts = self._gather("number", (worlds,), np.int64)
        self.level: Levels = self._gather("level", actor, np.int8)
        self.committed_level: Levels = self._gather("committed_level", actor, np.int8)
        self.arrival_month: Vector = self._gather("arrival_month", actor, float)
        self.may_call: Mask = self._gather("may_call", actor)
        self.may_invoke: Mask = self._gather("may_invoke", side)

    def _gather(self, name: str, shape: tuple[int, ...], kind: Any = bool) -> NDArray[Any]:
        table = np.empty((len(self._wars), *shape), kind)
        for war, row in zip(self._wars, table, strict=True):
            row[:] = getattr(war, name)
            setattr(war, name, row)
        return table

    def began_within(self, month: int, months: Vector) -> Mask:
        """Return where each is fought and began less than `months` ago, (theatre, world)."""
        return self.on & (month - self.began_month < months)

    @property
    def fighting_by_theatre(self) -> Mask:
        """Which actors are at open war in each theatre, (theatre, actor, world)."""
        at_war: Mask = np.maximum(self.level[:, 0], self.level[:, 1]) == OPEN_WAR
        return at_war

    @property
    def fighting(self) -> Mask:
        """Which actors are at open war in any theatre, (actor, world)."""
        at_war: Mask = np.maximum.reduce(self.level, axis=(0, 1), initial=0) == OPEN_WAR
        return at_war

    def find_fought(self) -> list[int]:
        """Return the rows of the wars that are fought in any world."""
        return rows_in_any_world(self.on)

    def find_callers(self) -> Mask:
        """Return which actors have cause to call allies in any world, (theatre, side, actor).

        A principal has if it may invoke promises of aid.
        """
        calling = in_any_world(self.may_call)
        if any_world(self.may_invoke):
            calling[self._places, (0, 1), self.principals] |= in_any_world(self.may_invoke)
        return calling

    def forget_calls(self) -> None:
        """Let nobody have cause to call: all who had have called."""
        self.may_call[:] = False
        self.may_invoke[:] = False
