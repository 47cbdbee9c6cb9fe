"""What one actor has committed itself to towards another in a theatre, by any treaty."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from sim.model.arrays import Mask, any_world
from sim.model.entities.treaty import Treaty
from sim.model.places import Index

TWO, MORE = "aid_due_two", "aid_due_more"
"""The classes of promises of aid that is due, by treaties of two parties and of more."""


class Promised(NamedTuple):
    """A treaty whose text promises something in a theatre: aid, or else to consult."""

    treaty: Treaty
    of_aid: bool

    def class_of(self, *, began: bool) -> str:
        """Return the class of the promise to a partner that began the war unpunished, or did not.

        Aid that is due is a promise of two actors, or of more.
        """
        if not self.of_aid:
            return "consultation"
        if began and not self.treaty.unconditional:
            return "aid_not_due"
        return TWO if self.treaty.spec.is_bilateral else MORE


class Owed(NamedTuple):
    """What an ally owes a partner in a war: all that its record rests on, beside who is bound.

    Attributes:
        ally, partner: rows of the actors.
        standing: class of an actor that promised nothing, as the ally's.
        promises: the treaties by which it promised something, with the class of each promise.
    """

    ally: int
    partner: int
    standing: str
    promises: tuple[tuple[Treaty, str], ...]


@dataclass(frozen=True)
class Commitment:
    """What an ally has promised a partner in a theatre, by lapsed treaties as well.

    Attributes:
        ally, partner: rows of the actors.
        standing: class of an actor that promised nothing, as the ally's.
        promises: the treaties by which it promised something.
        where: where any of them has ever bound the two, (world,); None for every world.
    """

    ally: int
    partner: int
    standing: str
    promises: tuple[Promised, ...]
    where: Mask | None

    @cached_property
    def ever(self) -> bool:
        """Whether any of them has ever bound the two in any world."""
        return self.where is None or any_world(self.where)

    def extend(self, treaty: Treaty, worlds: Index) -> None:
        """Let a treaty have bound the two in further worlds, (case,), if it is one of these."""
        if self.where is not None and any(treaty is each.treaty for each in self.promises):
            self.where[worlds] = True

    @cached_property
    def treaties_of_aid(self) -> list[Treaty]:
        """The treaties that promise aid."""
        return [promise.treaty for promise in self.promises if promise.of_aid]

    @cached_property
    def unconditional(self) -> list[Treaty]:
        """The treaties that promise aid even to a partner that began the war."""
        return [treaty for treaty in self.treaties_of_aid if treaty.unconditional]

    @cached_property
    def owed(self) -> tuple[Owed, Owed]:
        """What is owed if the partner began the war unpunished, and if it did not."""
        return self._owed(began=True), self._owed(began=False)

    def _owed(self, *, began: bool) -> Owed:
        classes = [(each.treaty, each.class_of(began=began)) for each in self.promises]
        return Owed(self.ally, self.partner, self.standing, tuple(classes))
