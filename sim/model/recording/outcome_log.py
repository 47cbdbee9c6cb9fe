"""Records the outcomes of some decisions in a whole block, each with its chance and main reason.

A full decision log holds every consideration of every decision in every world, which is too much
for thousands of worlds. This one holds what a history needs: where a decision was taken, how likely
it was, and the reason that spoke most for it; and of each world the decision whose draw lay nearest
to its chance. Recording draws nothing and changes no decision.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from sim.model.arrays import Levels, Mask, Terms, Vector, any_world
from sim.model.decision_log import DecisionLog, DrawKey
from sim.model.theory.quantal_response import log_odds

_NEGLIGIBLE_LOG_ODDS = 0.1
"""Log-odds below which a reason is not recorded; that of the stories of single worlds."""
_Entry = TypeVar("_Entry")


@dataclass(frozen=True)
class Outcome:
    """One decision in the worlds of a block in which it had an outcome worth recording.

    Attributes:
        month, key: the month and the key of its random draw.
        worlds: places of these worlds in the block, in order, (row,).
        level: the outcome: 0 no, 1 yes, or the level reached, (row,).
        chance: of the outcome: of at least that level, or of none, (row,).
        reason: number of the main reason for the outcome, 0 for none, (row,).
    """

    month: int
    key: DrawKey
    worlds: NDArray[np.int64]
    level: Levels
    chance: Vector
    reason: NDArray[np.int64]


@dataclass
class NearMisses:
    """The decision of each world whose draw lay nearest to its chance, in log-odds, (world,) each.

    Attributes:
        distance: between draw and chance; infinite where there was no such decision.
        month: from 1; 0 where there was none.
        key: place of its key in `OutcomeLog.keys`.
        level: the level whose chance was nearest to the draw: of aid, otherwise 1.
        chance: the chance of at least that level.
        draw: the random draw; below the chance the answer is yes.
    """

    distance: Vector
    month: NDArray[np.int64]
    key: NDArray[np.int64]
    level: NDArray[np.int64]
    chance: Vector
    draw: Vector


class OutcomeLog(DecisionLog):
    """The outcomes of some decisions in a block of worlds.

    Attributes:
        outcomes: what was decided, in chronological order.
        reasons: names of the reasons by their numbers; the first is empty.
        keys: the keys of near misses.
        near: the near misses.
    """

    def __init__(
        self,
        count: int,
        wanted: Collection[str],
        declined: Collection[str],
        near: Collection[str],
        baselines: Collection[str],
    ) -> None:
        """Record the decisions `wanted`.

        Args:
            count: number of worlds in the block.
            wanted: names of decisions whose outcomes are recorded where they are not "no".
            declined: those recorded also where the outcome is "no".
            near: those that can be near misses.
            baselines: terms that are no reasons: how often such a decision is taken in general.
        """
        super().__init__()
        self.outcomes: list[Outcome] = []
        self.reasons = [""]
        self.keys: list[DrawKey] = []
        self._names = set(wanted), set(declined), set(near), set(baselines)
        month, place, level = (np.zeros(count, dtype=np.int64) for _ in range(3))
        unlike = np.full(count, np.inf)
        self.near = NearMisses(unlike, month, place, level, np.zeros(count), np.zeros(count))

    def record(
        self,
        month: int,
        key: DrawKey,
        where: Mask,
        chances: tuple[Vector, ...],
        draws: Vector,
        level: Levels | Mask,
        terms: Callable[[], Terms],
        *,
        played: bool = False,
    ) -> None:
        """Record the outcome of a decision where there is one, and where it was a near miss."""
        wanted, declined, near, _ = self._names
        if key.what in near and not played:
            self._record_near(month, key, where, chances, draws)
        taken = where if key.what in declined else where & (level > 0)
        if key.what in wanted and any_world(taken):
            rows = taken.nonzero()[0]
            reached = np.asarray(level)[rows].astype(np.int8)
            chance = _chance_of_outcome(chances, rows, reached, where.shape)
            reason = self._main_reason(terms(), rows, np.where(reached > 0, 1, -1), where.shape)
            self.outcomes.append(Outcome(month, key, rows, reached, chance, reason))

    def _record_near(
        self, month: int, key: DrawKey, where: Mask, chances: tuple[Vector, ...], draws: Vector
    ) -> None:
        for level, each in enumerate(chances, start=1):
            chance = np.broadcast_to(each, where.shape)
            open_question = where & (chance > 0) & (chance < 1) & (draws > 0)
            rows = open_question.nonzero()[0]
            distance = np.abs(log_odds(draws[rows]) - log_odds(chance[rows]))
            nearer = distance < self.near.distance[rows]
            rows, distance = rows[nearer], distance[nearer]
            self.near.distance[rows], self.near.month[rows] = distance, month
            self.near.key[rows], self.near.level[rows] = self._number(self.keys, key), level
            self.near.chance[rows], self.near.draw[rows] = chance[rows], draws[rows]

    def _main_reason(
        self, terms: Terms, rows: NDArray[np.int64], sign: NDArray[np.int64], shape: tuple[int, ...]
    ) -> NDArray[np.int64]:
        """Return the number of the strongest reason in the direction of the outcome, (row,)."""
        names = [name for name in terms if name not in self._names[3]]
        if not names:
            return np.zeros(rows.size, dtype=np.int64)
        values = np.array([np.broadcast_to(terms[name], shape)[rows] for name in names]) * sign
        numbers = np.array([self._number(self.reasons, name) for name in names])
        best = values.argmax(axis=0)
        return np.where(values.max(axis=0) >= _NEGLIGIBLE_LOG_ODDS, numbers[best], 0)

    @staticmethod
    def _number(known: list[_Entry], entry: _Entry) -> int:
        if entry not in known:
            known.append(entry)
        return known.index(entry)


def _chance_of_outcome(
    chances: tuple[Vector, ...], rows: NDArray[np.int64], level: Levels, shape: tuple[int, ...]
) -> Vector:
    """Return the chance of at least the level reached, or of none, (row,)."""
    table = np.array([np.broadcast_to(chance, shape)[rows] for chance in chances])
    reached = table[np.clip(level, 1, len(chances)) - 1, np.arange(rows.size)]
    return np.where(level > 0, reached, 1 - table[0])
