"""What a theory is: its numbers, its terms in words, and a function for each choice it decides."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from sim.model.arrays import Terms, Vector
from sim.model.theory.cases import AlignmentCase, CrisisCase, HonourCase, JoinCase, SettlementCase
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


class ChallengeTheory(Theory, Protocol):
    """A theory of challenging a rival and of resisting a challenge."""

    def challenge(self, numbers: Numbers, case: CrisisCase) -> Terms:
        """Return the terms of a challenge this month, in log-odds, (place,) each."""
        ...

    def resist(self, numbers: Numbers, case: CrisisCase) -> Terms:
        """Return the terms of resisting a step of the other side, in log-odds, (place,) each.

        It is asked of the other side too, which estimates them.
        """
        ...


class BoundedTheory(Protocol):
    """A theory of challenging that says how large its log-odds can be, which saves time."""

    def at_most(self, choice: str, numbers: Numbers, case: CrisisCase) -> Vector:
        """Return the most that the sum of terms of "challenge" or "resist" can be, (place,).

        The case has only what never changes: `record`, `stake` and `rationality`. Where the draw
        of a world lies above that chance the theory is not asked.
        """
        ...


class JoinTheory(Theory, Protocol):
    """A theory of joining a war to whose sides nothing was promised."""

    def join(self, numbers: Numbers, case: JoinCase) -> Terms:
        """Return the terms of open war within twelve months, in log-odds, (place,) each."""
        ...


class SettlementTheory(Theory, Protocol):
    """A theory of how wars end by agreement."""

    def settle(self, numbers: Numbers, case: SettlementCase) -> Terms:
        """Return the terms of a settlement this month, in log-odds, (place,) each."""
        ...


class AlignmentTheory(Theory, Protocol):
    """A theory of who is drawn to whom."""

    def align(self, numbers: Numbers, case: AlignmentCase) -> Terms:
        """Return the terms of the propensity of two to be in one camp, (place,) each.

        Their sum is cut to -1 to 1, and the mean of both directions counts.
        """
        ...
