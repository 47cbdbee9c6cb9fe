"""The pacts that two actors may conclude, as a table with a row for each two and class of pact.

A decision is worked out at places: in every world of a block, or in cases, each a row and a world.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import combinations
from typing import NamedTuple

import numpy as np

from sim.model.arrays import Mask, Terms, Vector, as_table, rows_in_any_world
from sim.model.decision_log import DrawKey
from sim.model.decisions.pacts import (
    KINDS,
    Moved,
    PactTable,
    cases_of,
    deepest_pact,
    rows_of,
    signed_within,
)
from sim.model.decisions.sampling import Bounds
from sim.model.entities.pairs import Pair
from sim.model.places import EVERYWHERE, CasePlaces, Index, Places, Who
from sim.model.state import State
from sim.model.theory.formation import (
    CLASSES,
    COUNTER_MONTHS,
    NONAGGRESSION,
    formation_chance,
    formation_chance_at_most,
    formation_terms,
    rates_of,
)


class Pact(NamedTuple):
    """A pact of a class that two actors may conclude."""

    pair: Pair
    promise: int

    def key(self, state: State) -> DrawKey:
        """Return the key of its draw, one for the two."""
        return DrawKey("conclude", *self._names(state))

    def leanings(self, state: State) -> list[DrawKey]:
        """Return the key of what each of the two leans to."""
        first, second, kind = self._names(state)
        return [DrawKey("sign", first, second, kind), DrawKey("sign", second, first, kind)]

    def _names(self, state: State) -> tuple[str, str, str]:
        first, second = (state.codes[row] for row in self.pair.actors)
        return first, second, KINDS[self.promise]


class PossiblePacts:
    """The pacts that two may conclude: pair by pair, the deepest class first.

    Attributes:
        moves: what each of them is.
        keys: the key of the draw of each.
        bounds: of the chance a month of each; 0 where a pact of its class or a deeper one binds the
            two.
    """

    def __init__(self, state: State, pacts: PactTable) -> None:
        """List the pacts that were ever concluded by two such actors."""
        self._state, pairs = state, state.pairs
        rates = {
            Pact(pair, promise): each
            for pair in pairs
            for promise in CLASSES
            if (each := rates_of(pair.facts, promise))
        }
        self.moves = list(rates)
        self.keys = [move.key(state) for move in self.moves]
        self.bounds = Bounds(len(rates), state.count)
        self._pairs = {pair.actors: row for row, pair in enumerate(pairs)}
        self._pair = _rows(self._pairs[move.pair.actors] for move in self.moves)
        self._first, self._second = (
            _rows(move.pair.actors[own] for move in self.moves) for own in (0, 1)
        )
        self._promise = _rows(move.promise for move in self.moves)
        names = sorted({name for each in rates.values() for name in each if name})
        self._coefficients = as_table(
            [getattr(state.rules.formation, name) for name in names], state.count
        )
        self._alone = _rows(names.index(each.alone) for each in rates.values())
        self._lesser = _rows(names.index(each.lesser) for each in rates.values())
        self._usual = _rows(names.index(each.usual or each.alone) for each in rates.values())
        self._by_votes: Mask = np.array([each.usual is not None for each in rates.values()])
        self._deepest = np.array([deepest_pact(state, pair) for pair in pairs])
        self._find_bounds([(np.arange(len(rates)), np.arange(state.count))])
        self.take_up(pacts)

    # -- what is possible -------------------------------------------------------------------------

    def take_up(self, pacts: PactTable) -> None:
        """Take note of the pacts that there are."""
        self._pacts, self._counters = pacts, self._find_counters(pacts)

    def renew(self, moved: Moved) -> None:
        """Find out anew what is possible, where treaties bind others than before."""
        groups = [
            (self._bind_anew(self._pairs[actors], worlds), worlds)
            for treaty, worlds in moved
            for actors in combinations(sorted(treaty.parties), 2)
        ]
        if groups:
            self._find_bounds(groups)

    def _bind_anew(self, pair: int, worlds: Index) -> Index:
        """Find out anew what binds two in some worlds, (case,); return the rows of their pacts."""
        deepest = deepest_pact(self._state, self._state.pairs[pair], CasePlaces(worlds))
        self._deepest[pair, worlds] = deepest
        return (self._pair == pair).nonzero()[0]

    def _find_bounds(self, groups: Sequence[tuple[Index, Index]]) -> None:
        rows, worlds = cases_of(groups, self._state.count)
        self.bounds.put(rows, worlds, self._at_most(rows, CasePlaces(worlds)))

    def _find_counters(self, pacts: PactTable) -> Mask:
        """Return which defence pacts a rival of either has without the two, (treaty, pair)."""
        pairs, actors = self._state.pairs, len(self._state.codes)
        with_rival, with_own = (
            np.any(pacts.parties[:, None] & rows_of(of_pairs, actors), axis=-1)
            for of_pairs in ([pair.rivals for pair in pairs], [pair.actors for pair in pairs])
        )
        counters: Mask = pacts.defence[:, None] & with_rival & ~with_own
        return counters

    def find_possible(self) -> list[int]:
        """Return the rows of the pacts that two are free to conclude in any world."""
        return rows_in_any_world(self._free(np.arange(len(self.keys)), EVERYWHERE))

    def _at_most(self, rows: Index, at: Places) -> Vector:
        rules, free = self._state.rules.formation.at(at), self._free(rows, at)
        least, most = (self._nearer(rows, end, at) for end in (0.0, 1.0))
        chance = formation_chance_at_most(rules, self._rate(rows, at), least, most)
        return np.where(free, chance, 0.0)

    # -- the decision -----------------------------------------------------------------------------

    def weigh(self, rows: Who, at: Places) -> tuple[Vector, Terms]:
        """Return the chance a month, (place,), and the considerations."""
        rules, rate = self._state.rules.formation.at(at), self._rate(rows, at)
        affinity = at.read_pair(self._state.memory.affinity, self._first[rows], self._second[rows])
        nearer = self._nearer(rows, affinity, at)
        terms = formation_terms(rules, rate, nearer, self._countered(rows, at))
        return formation_chance(rules, rate, terms), terms

    def arises(self, rows: Who, at: Places) -> Mask:
        """Return where the two can conclude it, (place,)."""
        return self._free(rows, at) & ~opposed(
            self._state, self._first[rows], self._second[rows], at
        )

    def _free(self, rows: Who, at: Places) -> Mask:
        """Return where no pact of the class or a deeper one binds the two, (place,)."""
        free: Mask = at.read(self._deepest, self._pair[rows]) < at.spread(self._promise[rows])
        return free

    def _rate(self, rows: Who, at: Places) -> Vector:
        """Return the measured chance a year, (place,)."""
        lesser = at.read(self._deepest, self._pair[rows]) == NONAGGRESSION
        alone, with_lesser = (
            at.read(self._coefficients, which[rows]) for which in (self._alone, self._lesser)
        )
        return np.where(lesser, with_lesser, alone)

    def _nearer(self, rows: Who, affinity: Vector | float, at: Places) -> Vector:
        """Return how much more the two have in common than the pairs counted, (place,)."""
        usual = at.read(self._coefficients, self._usual[rows])
        return np.where(self._by_votes[rows], affinity - usual, 0.0)

    def _countered(self, rows: Who, at: Places) -> Mask:
        """Return where a rival has lately concluded a defence pact without the two, (place,)."""
        signed = at.of(self._pacts.signed())
        recent = signed_within(signed, self._state.month, COUNTER_MONTHS)
        counters = at.spread(self._counters[:, self._pair[rows]])
        countered: Mask = np.logical_or.reduce(counters & recent)
        return countered


def opposed(state: State, first: Who, second: Who, at: Places = EVERYWHERE) -> Mask:
    """Return where two actors are on opposite sides of a dispute or war, (place,)."""
    wars = state.wars
    if not state.rivalries:
        return np.zeros_like(at.of(state.no_world))
    one, two = wars.principals[:, :1], wars.principals[:, 1:]
    rivals = ((one == first) & (two == second)) | ((one == second) & (two == first))
    mine, others = (at.read(wars.level, who) > 0 for who in (first, second))
    fight = at.of(wars.on) & np.any(mine & others[:, ::-1], axis=1)
    opponents: Mask = np.logical_or.reduce((rivals & ~at.of(state.disputes.quiet)) | fight)
    return opponents


def _rows(numbers: Iterable[int]) -> Index:
    return np.fromiter(numbers, dtype=np.intp)
