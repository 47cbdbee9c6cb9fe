"""The two kinds of array the model is made of, and how they are read.

A `Vector` holds one number per world, a `Mask` one fact per world. An array with more axes has
worlds last: `(actor, world)`, `(actor, other, world)`, "who, towards whom, in every world", so that
`affinity[i, j]` is a contiguous vector.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import reduce
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from sim.statistics.arrays import Counts, Mask, Vector

__all__ = [
    "Counts",
    "Levels",
    "Mask",
    "Terms",
    "Vector",
    "any_world",
    "as_mask",
    "as_table",
    "in_any_world",
    "rows_in_any_world",
    "total",
    "true_places",
    "where_true",
]

Levels = NDArray[np.int8]
_Row = TypeVar("_Row", Mask, Vector)
Terms = dict[str, Vector]
"""Terms of a decision rule, in log-odds, by name; the choice depends on their sum."""


def any_world(facts: NDArray[Any]) -> bool:
    """Whether a mask is true in any world, or a number other than 0.

    Counting takes a third of the time of `any`.
    """
    return bool(np.count_nonzero(facts))


def as_mask(worlds: NDArray[np.intp], count: int) -> Mask:
    """Return a mask of `count` worlds that is true in some worlds, (case,)."""
    mask = np.zeros(count, dtype=bool)
    mask[worlds] = True
    return mask


def as_table(rows: Sequence[_Row], count: int) -> _Row:
    """Return vectors of `count` worlds as a table (row, world), of which there may be no row."""
    return np.array(rows).reshape(len(rows), count)


def in_any_world(masks: Mask) -> Mask:
    """Return which of several masks, (..., world), are true in any world, (...)."""
    found: Mask = np.logical_or.reduce(masks, axis=-1)
    return found


def rows_in_any_world(masks: Mask) -> list[int]:
    """Return the rows of a table of masks, (row, world), that are true in any world."""
    rows: list[int] = in_any_world(masks).nonzero()[0].tolist()
    return rows


def where_true(table: Mask) -> tuple[NDArray[np.intp], ...]:
    """Return the indices of the true entries of a table, axis by axis, (place,) each, in order.

    In a table of several axes numpy's own `nonzero` takes ten times as long.
    """
    places: tuple[NDArray[np.intp], ...] = np.unravel_index(np.flatnonzero(table), table.shape)
    return places


def true_places(table: Mask) -> list[tuple[int, ...]]:
    """Return the index of every true entry of a table, in order."""
    return list(zip(*(rows.tolist() for rows in table.nonzero()), strict=True))


def total(terms: Iterable[Vector]) -> Vector:
    """Return the sum of vectors, (world,), added one after another.

    numpy's own sum over a first axis adds in another order if there is only one world. This sum is
    the same for a world, to the last bit, in a block of any size.
    """
    return reduce(np.add, terms)
