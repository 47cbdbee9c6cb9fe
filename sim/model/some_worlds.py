"""Some worlds of a block: the same objects, in which a rule is evaluated for these worlds alone.

A decision that arises in few worlds of a block need not be worked out in all. In some worlds, every
object of the model has the attributes it has in the block, each vector cut to those worlds when it
is first read, and its methods work on these. So a rule is written once, and does not know in how
many worlds it is evaluated; what is added up in a world is the same to the last bit.

It is for reading: a phase decides in some worlds and applies the decision to the block. Each use
costs as much as some decisions, so that all decisions of a round share one.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from sim.model.arrays import Mask
from sim.model.context import PhaseContext
from sim.model.randomness.streams import RandomStreams, SelectedStreams

Part = TypeVar("Part")

SMALLEST_BLOCK = 256
"""Smaller blocks are not divided. An array whose last axis is as long as the block is over worlds;
there are never as many actors."""
LARGEST_SHARE = 0.5
"""Share of a block up to which it is cheaper to cut vectors to the worlds that decide."""


class Selection:
    """Which worlds of a block are looked at.

    Attributes:
        context: the phase's context in these worlds.
    """

    def __init__(self, context: PhaseContext, rows: NDArray[np.intp] | None) -> None:
        """Select the worlds at `rows` of a block; None stands for all of them."""
        self._rows, self._count = rows, context.state.count
        self._parts: dict[int, Any] = {}
        self.context = context if rows is None else self.narrow(context)

    def widen(self, values: NDArray[Any]) -> NDArray[Any]:
        """Return values of these worlds as values of the block, 0 in the other worlds."""
        if self._rows is None:
            return values
        widened = np.zeros((*values.shape[:-1], self._count), dtype=values.dtype)
        widened[..., self._rows] = values
        return widened

    def narrow(self, whole: Part) -> Part:
        """Return an object, or all that a collection holds, in these worlds."""
        narrowed: Any = whole
        if self._rows is None:
            return whole
        if isinstance(whole, np.ndarray):
            over_worlds = whole.ndim and whole.shape[-1] == self._count
            narrowed = whole.take(self._rows, axis=-1) if over_worlds else whole
        elif isinstance(whole, dict):
            narrowed = {self.narrow(key): self.narrow(value) for key, value in whole.items()}
        elif type(whole) in (list, tuple):
            narrowed = type(whole)(map(self.narrow, whole))
        elif isinstance(whole, RandomStreams):
            narrowed = SelectedStreams(whole, self._rows)
        elif type(whole).__module__.startswith("sim.model."):
            narrowed = self._part_of(whole)
        return narrowed

    def release(self) -> None:
        """Drop what was cut: objects that refer to each other would stay in memory for a while."""
        for part in self._parts.values():
            part.__dict__.clear()
        self._parts.clear()

    def _part_of(self, whole: Any) -> Any:
        """Return an object in these worlds; the same for the same, since identity may matter."""
        if id(whole) not in self._parts:
            part = object.__new__(_class_in_some_worlds(type(whole)))
            self._parts[id(whole)] = part
            part.__dict__.update(_whole=whole, _selection=self)
            for name, value in vars(whole).items():
                if hasattr(type(whole), name):  # the class would answer in its place
                    part.__dict__[name] = self.narrow(value)
        return self._parts[id(whole)]


@contextmanager
def in_some_worlds(context: PhaseContext, where: Mask) -> Iterator[Selection]:
    """Yield the worlds `where` something is decided; all of them where that is as cheap.

    With a decision log a decision is worked out in every world, since its reasons are told.
    """
    count, deciding = context.state.count, int(np.count_nonzero(where))
    divided = count >= SMALLEST_BLOCK and deciding <= LARGEST_SHARE * count
    whole = context.state.log is not None or not divided
    selection = Selection(context, None if whole else where.nonzero()[0])
    try:
        yield selection
    finally:
        selection.release()


class _InSomeWorlds:
    """Mixed into a class: what is first read of an object is cut to the worlds selected."""

    def __getattr__(self, name: str) -> Any:
        known = self.__dict__
        if "_whole" not in known or name not in vars(known["_whole"]):
            raise AttributeError(name)
        known[name] = known["_selection"].narrow(vars(known["_whole"])[name])
        return known[name]


@cache
def _class_in_some_worlds(whole: type) -> type:
    return type(whole.__name__, (_InSomeWorlds, whole), {})
