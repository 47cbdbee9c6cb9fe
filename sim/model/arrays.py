"""The two kinds of array the model is made of, and how they are read.

A `Vector` holds one number per world, a `Mask` one fact per world. An array with more axes has
worlds last: `(actor, world)`, `(actor, other, world)`, "who, towards whom, in every world", so that
`affinity[i, j]` is a contiguous vector.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import reduce

import numpy as np
from numpy.typing import NDArray

from sim.statistics.arrays import Counts, Mask, Vector

__all__ = ["Counts", "Levels", "Mask", "Terms", "Vector", "any_world", "total"]

Levels = NDArray[np.int8]
Terms = dict[str, Vector]
"""What speaks for and against a choice, in log-odds, by name; the choice follows their sum."""


def any_world(mask: Mask) -> bool:
    """Whether it is so in any world; counting takes a third of the time of `any`."""
    return bool(np.count_nonzero(mask))


def total(terms: Iterable[Vector]) -> Vector:
    """Return the sum of vectors, (world,), added one after the other.

    numpy's own sum over a first axis adds in another order where there is one world only; this
    gives a world the same sum, to the last bit, in a block of any size.
    """
    return reduce(np.add, terms)
