"""Why it was decided as it was: kept where somebody asks for the story of a few worlds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from sim.model.arrays import Levels, Mask, Terms, Vector


class DrawKey(NamedTuple):
    """What names a die, beside the month: a decision, who takes it, towards whom, about what."""

    what: str
    who: str
    towards: str = ""
    about: str = ""


@dataclass(frozen=True)
class Decision:
    """One decision in every world of a block.

    Attributes:
        month: when it was taken.
        key: the names of its die.
        where: the worlds in which it was there to be taken, (world,).
        terms: what spoke for and against it, in log-odds; empty where luck alone decides.
        chances: chance of at least level 1, at least level 2 and so on, (world,) each.
        draws: what was drawn, (world,); a level is reached where this is below its chance.
        level: what was decided, (world,): 0 no, 1 yes, or how far.
    """

    month: int
    key: DrawKey
    where: Mask
    terms: Terms
    chances: tuple[Vector, ...]
    draws: Vector
    level: Levels


class DecisionLog:
    """The decisions of a block of worlds, in the order in which they were taken."""

    def __init__(self) -> None:
        self.decisions: list[Decision] = []
