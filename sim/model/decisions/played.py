"""Decisions taken by hand: what was decided in place of a draw, and who is asked.

A decision by hand stands where the decision arises, in every world, and nowhere else: it cannot do
what is impossible. No draw is spent or changed by it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple, TypeVar

import numpy as np

from sim.model.arrays import Counts, Levels, Mask, any_world
from sim.model.decision_log import DrawKey
from sim.scenario.schema.past import MoveSpec

_Outcome = TypeVar("_Outcome", Mask, Levels, Counts)


class Question(NamedTuple):
    """A decision that came up in a month: by its key, and the level that was drawn meanwhile."""

    month: int
    key: DrawKey
    drawn: int


@dataclass
class Played:
    """The decisions taken by hand, and the seats that are asked for theirs.

    Attributes:
        moves: the levels decided, by month and key of the draw.
        seats: codes of the actors that are asked.
        kinds: names of the decisions about which they are asked.
        left: decisions that a seat leaves to the model, by month and key; not asked again.
        asked: what came up for a seat and was not decided, in order, once each.
    """

    moves: Mapping[tuple[int, DrawKey], int]
    seats: Collection[str] = frozenset()
    kinds: Collection[str] = frozenset()
    left: Collection[tuple[int, DrawKey]] = frozenset()
    asked: list[Question] = field(default_factory=list)

    @property
    def last_month(self) -> int:
        """The month of the last move; 0 if there is none."""
        return max((month for month, _ in self.moves), default=0)

    def decides(self, month: int, key: DrawKey) -> bool:
        """Whether a decision is taken by hand."""
        return (month, key) in self.moves

    def settle(self, month: int, key: DrawKey, level: _Outcome, where: Mask) -> _Outcome:
        """Return what was decided by hand `where` the decision arises, else as drawn, (world,)."""
        if self.decides(month, key):
            decided = np.asarray(self.moves[month, key]).astype(level.dtype)
            return np.where(where, decided, level)
        if key.what in self.kinds and key.who in self.seats and any_world(where):
            self._ask(month, key, int(level[where][0]))
        return level

    def _ask(self, month: int, key: DrawKey, drawn: int) -> None:
        question, known = Question(month, key, drawn), {each[:2] for each in self.asked}
        if (month, key) not in self.left and (month, key) not in known:
            self.asked.append(question)


def moves_by_key(moves: Iterable[MoveSpec]) -> dict[tuple[int, DrawKey], int]:
    """Return moves as levels by month and key of the draw."""
    return {
        (move.month, DrawKey(move.what, move.who, move.towards, move.about)): move.level
        for move in moves
    }
