"""Effects of institutions on pairs of actors, worked out when they change and read every month."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from itertools import chain, permutations, product
from typing import TYPE_CHECKING

import numpy as np

from sim.model.arrays import Vector
from sim.model.places import Places, Who

if TYPE_CHECKING:
    from sim.model.entities.build import Institutions

_Pair = tuple[int, int]


class PairTable:
    """What pairs of actors have through institutions, as one table (row, world).

    Pairs that have it through the same institutions share a row; row 0 is of those that have
    nothing.

    Attributes:
        values: the table.
    """

    def __init__(self, actors: int, groups: Sequence[Collection[_Pair]], count: int) -> None:
        """Lay out a table of zeros.

        Args:
            actors: number of actors.
            groups: of each institution the pairs of rows of actors that it concerns.
            count: number of worlds.
        """
        through = {
            pair: tuple(group for group, pairs in enumerate(groups) if pair in pairs)
            for pair in chain.from_iterable(groups)
        }
        listed = [(), *dict.fromkeys(through.values())]
        self._rows = np.zeros((actors, actors), dtype=np.intp)
        for pair, through_groups in through.items():
            self._rows[pair] = listed.index(through_groups)
        self._of_group = [
            [row for row, of in enumerate(listed) if group in of] for group in range(len(groups))
        ]
        self.values: Vector = np.zeros((len(listed), count))

    def read(self, first: Who, second: Who, at: Places) -> Vector:
        """Return what one actor and another have, (place,), or (row, place) for several."""
        return at.read(self.values, self._rows[first, second])

    def add_up(self, values: Iterable[Vector]) -> None:
        """Let each pair have the sum of what the institutions bring, (world,) each, in order."""
        self.values[:] = 0
        for value, rows in zip(values, self._of_group, strict=True):
            for row in rows:
                self.values[row] += value

    def take_most(self, values: Iterable[Vector]) -> None:
        """Let each pair have the most that any institution brings, (world,) each, at least 0."""
        self.values[:] = 0
        for value, rows in zip(values, self._of_group, strict=True):
            for row in rows:
                np.maximum(self.values[row], value, out=self.values[row])


class Effects:
    """What institutions bring about between actors, in every world.

    Attributes:
        payments: how far the second pays the first, 0 to 1.
        coordination: coordination that two have gained in a common bloc, 0 to 1.
        calming: what exercises of a bloc of one against the other add to escalation, in log-odds.
        tension: what provocations of one against the other add to a challenge, in log-odds.
        restraint: by how much patrons lower the challenges of each actor, (actor, world), in
            log-odds.
        adversary_pacts: how far a new treaty commits aid to an adversary of each bloc, by its code,
            (world,), 0 to 1.
        pacts_known: how many changes of what binds whom they take in; -1 before they are found.
    """

    def __init__(self, institutions: Institutions, actors: int, count: int) -> None:
        exchanges, blocs = institutions.exchanges.values(), institutions.blocs.values()
        traders = [(each.supplier, each.buyer) for each in exchanges]
        both_ways = chain.from_iterable(([pair], [pair[::-1]]) for pair in traders)
        self.payments = PairTable(actors, list(both_ways), count)
        allied = [set(permutations(bloc.members, 2)) for bloc in blocs]
        self.coordination = PairTable(actors, allied, count)
        opposed = [_across(bloc.members, bloc.adversaries) for bloc in blocs]
        self.calming = PairTable(actors, opposed, count)
        provoked = [
            _across((each.index,), each.targets) for each in institutions.provokers.values()
        ]
        self.tension = PairTable(actors, provoked, count)
        self.restraint: Vector = np.zeros((actors, count))
        self.adversary_pacts: dict[str, Vector] = {}
        self.pacts_known = -1


def _across(some: Iterable[int], others: Iterable[int]) -> set[_Pair]:
    """Return the pairs of which one actor is among some and the other among others."""
    pairs = set(product(some, others))
    return pairs | {pair[::-1] for pair in pairs}
