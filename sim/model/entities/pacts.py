"""Pacts by what they promise at most, and the treaties of a block as a table."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from functools import cache
from itertools import chain, combinations, zip_longest

import numpy as np
from numpy.typing import NDArray

from sim.model.arrays import Mask, Vector, as_table
from sim.model.entities.treaty import Treaty
from sim.model.places import Index, Places, Who
from sim.model.theory.formation import CONSULTATION, DEFENCE, NONAGGRESSION
from sim.scenario.schema.treaties import AID_OBLIGATIONS, Obligation

KINDS = {DEFENCE: "defence", CONSULTATION: "consultation", NONAGGRESSION: "nonaggression"}
"""What a class of pact is called in the keys of draws."""
Moved = list[tuple[Treaty, Index]]
"""Treaties that bind others than before, each with the worlds in which they do, (case,)."""


def class_of(treaty: Treaty) -> int:
    """Return the class of a treaty by the deepest of its obligations; 0 for a mere statement."""
    return _class_of(treaty.spec.obligations)


@cache
def _class_of(obligations: tuple[Obligation, ...]) -> int:
    if AID_OBLIGATIONS.intersection(obligations):
        return DEFENCE
    if Obligation.CONSULTATION in obligations:
        return CONSULTATION
    return NONAGGRESSION if obligations else 0


class PactTable:
    """The treaties of a block that promise something, in the order in which they were made.

    Attributes:
        treaties: the treaties.
        parties: who is a party to each in some world, (treaty, actor).
        defence: which of them promise aid, (treaty,).
        major: which of them a major power founded, (treaty,).
        notice: months of notice that their texts demand, (treaty,).
        aiding: who is a party to each that promises aid, (pact, actor).
    """

    def __init__(self, known: Mapping[str, Treaty], major_power: Vector, worlds: int) -> None:
        """Gather the treaties that there are so far.

        Args:
            known: all treaties, by their codes.
            major_power: 1 for a major power, (actor,).
            worlds: number of worlds in the block.
        """
        self._parties, actors = _parties_of(known), len(major_power)
        self._everywhere = np.ones(worlds, dtype=bool)
        self.treaties = [treaty for treaty in known.values() if class_of(treaty)]
        self.parties = rows_of([treaty.parties for treaty in self.treaties], actors)
        founders = [treaty.founders for treaty in self.treaties]
        self.defence: Mask = np.array([class_of(each) == DEFENCE for each in self.treaties], bool)
        self.major: Mask = np.any(rows_of(founders, actors) & (major_power > 0), axis=1)
        self.aiding = self.parties[self.defence]
        self.notice: Index = np.array([each.spec.notice or 0 for each in self.treaties], np.intp)

    def holds(self, known: Mapping[str, Treaty]) -> bool:
        """Whether there is no further treaty by now, and no further party to one."""
        return self._parties == _parties_of(known)

    def find_founding_pairs(self, treaty: Who) -> Index:
        """Return every two founders of some treaties, (one or other, pair, ...).

        One of fewer founders than another is filled up with pairs of one and the same actor.
        """
        rows, which = _distinct(treaty)
        return _pairs_of([self.treaties[row].founders for row in rows.tolist()])[..., which]

    def find_outside(self, treaty: Who, parties: Index) -> Mask:
        """Return which pacts of aid bind parties of a treaty to a third, (pact, party, ...).

        These are those of the party in which somebody else takes part.

        Args:
            treaty: row of the treaty, or of that of each case.
            parties: rows of its parties, (party, ...).
        """
        beyond = _meet(self.aiding, ~self.parties[treaty])
        outside: Mask = self.aiding[:, parties] & beyond[:, None]
        return outside

    def find_counters(self, actors: Mask, rivals: Mask) -> Mask:
        """Return which pacts of aid a rival of two actors has without them, (pact, ...).

        Args:
            actors: who the two are, (actor,), or of each case, (case, actor).
            rivals: who is a rival of either, likewise.
        """
        return _meet(self.aiding, rivals) & ~_meet(self.aiding, actors)

    def aid_signed(self, at: Places) -> Vector:
        """Return when each pact of aid was signed, (pact, place); infinite where it was not."""
        return self._read(self.defence.nonzero()[0], lambda treaty: treaty.signed, at)

    def signed(self, treaty: Who, at: Places) -> Vector:
        """Return the month in which a treaty was signed, (place,); infinite where it was not."""
        rows, which = _distinct(treaty)
        return at.pick(self._read(rows, lambda each: each.signed, at), which)

    def lapse(self, treaty: Who, at: Places) -> Vector:
        """Return the month in which a treaty lapses, (place,); infinite without a known end."""
        rows, which = _distinct(treaty)
        return at.pick(self._read(rows, lambda each: each.lapse_month, at), which)

    def _read(self, rows: Index, date: Callable[[Treaty], Vector], at: Places) -> Vector:
        dates = [at.of(date(self.treaties[row])) for row in rows.tolist()]
        return as_table(dates, len(at.of(self._everywhere)))


def signed_within(signed: Vector, month: int, months: int) -> Mask:
    """Return where a treaty was signed within so many months."""
    within: Mask = (signed <= month) & (signed > month - months)
    return within


def rows_of(groups: Sequence[Collection[int]], actors: int) -> Mask:
    """Return who of all actors is in each of some groups, (group, actor)."""
    table: NDArray[np.bool_] = np.zeros((len(groups), actors), dtype=bool)
    rows = np.repeat(np.arange(len(groups)), np.fromiter(map(len, groups), np.intp))
    table[rows, np.fromiter(chain.from_iterable(groups), np.intp)] = True
    return table


def _distinct(treaty: Who) -> tuple[Index, Index]:
    """Return the rows of some treaties, each once, and which of them is that of each case."""
    rows, which = np.unique(treaty, return_inverse=True)
    return rows, which.reshape(np.shape(treaty))


def _meet(groups: Mask, others: Mask) -> Mask:
    """Return which of some groups, (group, actor), share an actor with others, (group, other).

    Actors are compared as bits, 64 at once: one by one it takes six times as long, and a product of
    tables would occupy every processor.
    """
    words = zip(_as_words(groups), _as_words(others), strict=True)
    shared: Mask = np.logical_or.reduce([np.bitwise_and.outer(*both) > 0 for both in words])
    return shared


def _as_words(groups: Mask) -> NDArray[np.uint64]:
    """Return who is in each of some groups, (..., actor), as bits of numbers, (word, ...)."""
    actors = groups.shape[-1]
    filled = np.zeros((*groups.shape[:-1], actors + -actors % 64), dtype=bool)
    filled[..., :actors] = groups
    return np.moveaxis(np.packbits(filled, axis=-1).view(np.uint64), -1, 0)


def _parties_of(treaties: Mapping[str, Treaty]) -> dict[str, tuple[int, ...]]:
    return {code: treaty.parties for code, treaty in treaties.items()}


def _pairs_of(groups: Sequence[tuple[int, ...]]) -> Index:
    """Return every two of each group, (one or other, pair, group), filled up with nobody twice."""
    pairs = [combinations(group, 2) for group in groups]
    filled = list(zip_longest(*pairs, fillvalue=(0, 0)))
    return np.moveaxis(np.array(filled, np.intp).reshape(len(filled), len(groups), 2), -1, 0)
