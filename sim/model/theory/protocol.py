"""What a theory is: its numbers, its terms in words, and a function for each choice it decides."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from sim.model.arrays import Terms, Vector
from sim.model.theory.cases import HonourCase
from sim.scenario.schema.quantity import Quantity


class Numbers(Protocol):
    """A theory's own numbers: `numbers.name` is what each world drew, (place,)."""

    def __getattr__(self, name: str, /) -> Vector: ...


class Theory(Protocol):
    """What all theories declare.

    Attributes:
        numbers: its own numbers, by name: value, range, unit, source and grade.
        terms: the terms it returns, by name, and what each says in a story.
    """

    @property
    def numbers(self) -> Mapping[str, Quantity]:
        """Its own numbers, by name."""
        ...

    @property
    def terms(self) -> Mapping[str, str]:
        """The terms it returns, by name, in words."""
        ...


class HonourTheory(Theory, Protocol):
    """A theory of how willing an ally is to enter a war."""

    def honour(self, numbers: Numbers, case: HonourCase) -> Terms:
        """Return the terms of open war, in log-odds, (place,) each; their sum is the willingness.

        Lesser aid lies on the same scale, by the steps of the record of the ally's class.
        """
        ...
