"""The decision log: why each decision was taken, recorded for the story of a few worlds."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from sim.model.arrays import Levels, Mask, Terms, Vector


class DrawKey(NamedTuple):
    """The key of a random draw beside the month: decision, actor, other actor, subject."""

    what: str
    who: str
    towards: str = ""
    about: str = ""


@dataclass(frozen=True)
class Decision:
    """One decision in every world of a block.

    Attributes:
        month: the month in which it was taken.
        key: the key of its random draw.
        where: the worlds in which the decision arose, (world,).
        terms: its considerations, in log-odds; empty where a fixed chance decides.
        chances: chance of at least level 1, at least level 2 and so on, (world,) each.
        draws: the random draws, (world,); a level is reached where the draw is below its chance.
        level: the outcome, (world,): 0 no, 1 yes, or the level reached.
        played: whether it was decided by hand; the chances are those of the model all the same.
    """

    month: int
    key: DrawKey
    where: Mask
    terms: Terms
    chances: tuple[Vector, ...]
    draws: Vector
    level: Levels
    played: bool = False


class DecisionLog:
    """The decisions of a block of worlds, in chronological order.

    Attributes:
        leanings: whether what each party to a joint decision leans to is recorded as well, and
            how much of something an actor decides on. Where decisions are taken by hand it is.
    """

    def __init__(self, *, leanings: bool = False) -> None:
        self.leanings = leanings
        self.decisions: list[Decision] = []

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
        """Record a decision; `terms` returns its considerations, and the rest is as above."""

        def per_world(values: Vector) -> Vector:
            return np.array(np.broadcast_to(values, where.shape), dtype=float)

        decision = Decision(
            month,
            key,
            where.copy(),
            {name: per_world(term) for name, term in terms().items()},
            tuple(per_world(chance) for chance in chances),
            per_world(draws),
            np.array(level, dtype=np.int8),
            played,
        )
        self.decisions.append(decision)
