"""Some worlds of a block: the same objects, in which a rule is evaluated for these worlds alone.

A decision that arises in few worlds of a block need not be worked out in all. In some worlds, every
object of the model has the attributes it has in the block, each vector cut to those worlds when it
is first read, and its methods work on these. So a rule is written once, and does not know in how
many worlds it is evaluated; what is added up in a world is the same to the last bit.

It is for reading: a phase decides in some worlds and applies the decision to the block. Each use
costs as much as some decisions, so that all decisions of a round share one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from sim.model.arrays import Mask
from sim.model.context import PhaseContext
from sim.model.randomness.streams import RandomStreams, SelectedStreams

Part = TypeVar("Part")

SMALLEST_BLOCK = 2000
"""Smaller blocks are not divided: cutting vectors would cost more than it saves. An array whose
last axis is as long as the block is over worlds; of nothing else are there as many."""
LARGEST_SHARE = 0.5
"""Share of a block up to which it is cheaper to cut vectors to the worlds that decide."""
SHARED = 0.15
"""Share of a block up to which decisions share a selection, although not all are for all of it."""
_ALIKE = str, int, float, bool, type(None)
"""What is the same in every world."""


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
        if self._rows is None or isinstance(whole, _ALIKE):
            return whole
        narrowed: Any = whole
        if isinstance(whole, np.ndarray):
            if whole.shape[-1:] == (self._count,):
                narrowed = whole.take(self._rows, axis=-1)
        elif isinstance(whole, dict):
            narrowed = {self.narrow(key): self.narrow(value) for key, value in whole.items()}
        elif isinstance(whole, list | tuple):
            narrowed = type(whole)([self.narrow(value) for value in whole])
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
            part: Any = object.__new__(_class_in_some_worlds(type(whole)))
            self._parts[id(whole)] = part
            part.__dict__.update(_whole=whole, _selection=self)
            for name, value in vars(whole).items():
                if hasattr(type(whole), name):  # the class would answer in its place
                    part.__dict__[name] = self.narrow(value)
        return self._parts[id(whole)]


def divide_worlds(
    context: PhaseContext, wheres: Sequence[Mask]
) -> Iterator[tuple[Selection, list[int]]]:
    """Yield the worlds in which to decide, with the places of what is decided there.

    Each of `wheres` is where one thing is decided, (world,). Things that are decided in few worlds
    share a selection; what is decided in many is worked out in the whole block. So is everything
    in a small block, with a decision log, which tells the reasons in every world, and while
    decisions are taken by hand, which are the same in every world. A selection is used before the
    next one is asked for.
    """
    sizes = [np.count_nonzero(where) for where in wheres]
    limit = LARGEST_SHARE * context.state.count
    by_hand = context.state.played is not None
    if by_hand or context.state.log is not None or context.state.count < SMALLEST_BLOCK:
        limit = -1
    if many := [place for place, size in enumerate(sizes) if size > limit]:
        yield Selection(context, None), many
    few = sorted(set(range(len(wheres))) - set(many), key=lambda place: sizes[place])
    for where, places in _group(few, wheres, SHARED * context.state.count):
        selection = Selection(context, where.nonzero()[0])
        yield selection, sorted(places)
        selection.release()


def _group(
    places: Iterable[int], wheres: Sequence[Mask], most: float
) -> Iterator[tuple[Mask, list[int]]]:
    """Yield places in groups that together need no more than so many worlds, unless one does."""
    shared, group = None, list[int]()
    for place in places:
        together = wheres[place] if shared is None else shared | wheres[place]
        if shared is not None and np.count_nonzero(together) > most:
            yield shared, group
            together, group = wheres[place], []
        shared = together
        group.append(place)
    if shared is not None:
        yield shared, group


_CLASSES: dict[type, type] = {}


class _InSomeWorlds:
    """Mixed into a class: what is first read of an object is cut to the worlds selected."""

    def __getattr__(self, name: str) -> Any:
        known = self.__dict__
        if "_whole" not in known or name not in vars(known["_whole"]):
            raise AttributeError(name)
        known[name] = known["_selection"].narrow(vars(known["_whole"])[name])
        return known[name]


def _class_in_some_worlds(whole: type) -> type:
    """Return the class of an object's parts; one for all, since making a class takes a while."""
    if whole not in _CLASSES:
        _CLASSES[whole] = type(whole.__name__, (_InSomeWorlds, whole), {})
    return _CLASSES[whole]
