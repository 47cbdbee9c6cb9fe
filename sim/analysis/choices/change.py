"""A number that differs between two scenarios, as a sum of what goes through each cause.

A product is split by the mean of its factors, a curve by its slope between the two values
(`sim.statistics.log_mean`). Parts always add up to the whole, and change their sign only when the
two scenarios are swapped.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np

from sim.model.places import Index
from sim.model.theory.quantal_response import logistic
from sim.statistics.arrays import Mask, Vector
from sim.statistics.log_mean import log_mean, logistic_slope

_ROUNDING = 1e-12
"""A remainder below this is rounding."""


class Cause(NamedTuple):
    """Through what a choice changes.

    Attributes:
        name: code of the ally, or name of another cause.
        is_ally: whether it is an ally.
    """

    name: str
    is_ally: bool = False


ASSUMPTIONS = Cause("assumptions")
"""Numbers that the scenarios give differently, or the alliances of the record."""
COURSE = Cause("course")
"""The course of events: only one of the two worlds faces the choice, or at this stage."""
STRENGTH = Cause("strength")
"""The rivals' own strength."""

Parts = dict[Cause, Vector]


@dataclass(frozen=True)
class Change:
    """A number in the worlds of two scenarios, and what its difference goes through.

    Attributes:
        with_, without: the number in each, (world,).
        parts: the difference by cause, (world,) each; they add up to it.
    """

    with_: Vector
    without: Vector
    parts: Parts = field(default_factory=dict)

    @property
    def mean(self) -> Vector:
        """The mean of the two, (world,)."""
        return (self.with_ + self.without) / 2

    @property
    def difference(self) -> Vector:
        """The first minus the second, (world,)."""
        return self.with_ - self.without

    def __add__(self, other: Change) -> Change:
        """Return the sum."""
        parts = add_parts(self.parts, other.parts)
        return Change(self.with_ + other.with_, self.without + other.without, parts)

    def __sub__(self, other: Change) -> Change:
        """Return the difference of two changing numbers."""
        return self + other.times(-1.0)

    def __mul__(self, other: Change) -> Change:
        """Return the product: each factor's parts count by the mean of the other factor."""
        mine, theirs = scale_parts(self.parts, other.mean), scale_parts(other.parts, self.mean)
        parts = add_parts(mine, theirs)
        return Change(self.with_ * other.with_, self.without * other.without, parts)

    def times(self, factor: Vector | float) -> Change:
        """Return the number times a factor that does not change."""
        parts = scale_parts(self.parts, factor)
        return Change(self.with_ * factor, self.without * factor, parts)

    def complement(self) -> Change:
        """Return one minus the number."""
        return Change(1 - self.with_, 1 - self.without, scale_parts(self.parts, -1.0))

    def log(self) -> Change:
        """Return the logarithm of a positive number."""
        slope = 1 / np.maximum(log_mean(self.with_, self.without), np.finfo(float).tiny)
        with_, without = (np.log(np.maximum(x, 1e-300)) for x in (self.with_, self.without))
        return Change(with_, without, scale_parts(self.parts, slope))

    def logistic(self) -> Change:
        """Return the probability whose log-odds this is."""
        with_, without = logistic(self.with_), logistic(self.without)
        slope = logistic_slope(with_, without, self.with_, self.without)
        return Change(with_, without, scale_parts(self.parts, slope))

    def where(self, facing: tuple[Vector, Vector], same: Vector) -> Change:
        """Return the number where each world faces a choice, and 0 elsewhere.

        Where they do not face the same choice, the difference is due to the course of events.

        Args:
            facing: where the world of each scenario faces it, (world,) each.
            same: where both face it and at the same stage, (world,).
        """
        with_, without = self.with_ * facing[0], self.without * facing[1]
        return Change(with_, without, scale_parts(self.parts, 1.0 * same)).closed(COURSE)

    def take(self, rows: Index | Mask) -> Change:
        """Return the number in some of its rows."""
        parts = {cause: part[rows] for cause, part in self.parts.items()}
        return Change(self.with_[rows], self.without[rows], parts)

    def among(self, rows: Index, with_: Vector, without: Vector) -> Change:
        """Return a number of all rows, of which this is the part in some.

        Elsewhere the worlds do not face the same choice: the difference is due to the course of
        events.

        Args:
            rows: the rows in which this is the number.
            with_: the number in each row, (row,).
            without: the same in the other scenario.
        """
        parts = {cause: np.zeros(len(with_)) for cause in self.parts}
        for cause, part in self.parts.items():
            parts[cause][rows] = part
        return Change(with_, without, parts).closed(COURSE)

    def closed(self, cause: Cause = ASSUMPTIONS) -> Change:
        """Return the number with what its parts leave over counted to a cause."""
        rest = self.difference - sum(self.parts.values())
        if not np.any(np.abs(rest) > _ROUNDING):
            return self
        return Change(self.with_, self.without, add_parts(self.parts, {cause: rest}))


def changing(with_: Vector, without: Vector, cause: Cause = ASSUMPTIONS) -> Change:
    """Return a number whose difference goes through one cause."""
    same = np.array_equal(with_, without)
    return Change(with_, without, {} if same else {cause: with_ - without})


def add_parts(*several: Parts) -> Parts:
    """Return the sum of parts, cause by cause."""
    added: Parts = {}
    for parts in several:
        for cause, part in parts.items():
            added[cause] = added[cause] + part if cause in added else part
    return added


def scale_parts(parts: Parts, factor: Vector | float) -> Parts:
    """Return the parts times a factor."""
    return {cause: part * factor for cause, part in parts.items()}


def add_changes(changes: Iterable[Change]) -> Change:
    """Return the sum of one change or more."""
    first, *others = changes
    for other in others:
        first = first + other
    return first
