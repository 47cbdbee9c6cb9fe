"""The pacts that two actors may conclude, as a table with a row for each two and class of pact.

A decision is worked out at places: in every world of a block, or in cases, each a row and a world.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from itertools import combinations
from typing import NamedTuple

import numpy as np

from sim.model.arrays import Levels, Mask, Terms, Vector, as_table
from sim.model.decision_log import DrawKey
from sim.model.decisions.calls import find_shared_treaties
from sim.model.decisions.sampling import Bounds
from sim.model.entities.pacts import (
    KINDS,
    Moved,
    PactTable,
    class_of,
    rows_of,
    signed_within,
)
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
        bounds: of the chance a month of each.
        possible: where no pact of its class or a deeper one binds the two, (pact, world).
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
        ends = np.searchsorted(self._pair, np.arange(len(pairs) + 1)).tolist()
        self._rows = list(map(slice, ends, ends[1:]))  # of each pair
        self._deepest = np.array([deepest_pact(state, pair) for pair in pairs])
        self.possible: Mask = self._deepest[self._pair] < self._promise[:, None]
        self.bounds = self._bound()
        self._actors, self._rivals = (
            rows_of(of_pairs, len(state.codes))
            for of_pairs in ([pair.actors for pair in pairs], [pair.rivals for pair in pairs])
        )
        self.take_up(pacts)

    # -- what is possible -------------------------------------------------------------------------

    def take_up(self, pacts: PactTable) -> None:
        """Take note of the pacts that there are."""
        self._pacts = pacts

    def renew(self, moved: Moved) -> None:
        """Find out anew what is possible, where treaties bind others than before."""
        where: defaultdict[int, list[Index]] = defaultdict(list)
        for treaty, worlds in moved:
            for actors in combinations(sorted(treaty.parties), 2):
                where[self._pairs[actors]].append(worlds)
        for pair, found in where.items():
            self._bind_anew(pair, np.concatenate(found))

    def _bind_anew(self, pair: int, worlds: Index) -> None:
        """Find out anew what binds two in some worlds, (case,), and what they can conclude."""
        deepest = deepest_pact(self._state, self._state.pairs[pair], CasePlaces(worlds))
        self._deepest[pair, worlds] = deepest
        rows = self._rows[pair]
        self.possible[rows, worlds] = deepest < self._promise[rows, None]

    def _bound(self) -> Bounds:
        """Bound the chances of all: those of pacts with the same coefficients are alike."""
        alike = np.array([self._alone, self._lesser, self._usual, self._by_votes])
        _, first, which = np.unique(alike, axis=1, return_index=True, return_inverse=True)
        return Bounds(self._at_most(first), which.ravel())

    def _at_most(self, rows: Index) -> Vector:
        """Return the most that the chances a month of some pacts can be, (pact, world)."""
        alone, lesser = (self._coefficients[which[rows]] for which in (self._alone, self._lesser))
        least, most = (self._nearer(rows, end, EVERYWHERE) for end in (0.0, 1.0))
        rules, rates = self._state.rules.formation, np.maximum(alone, lesser)
        return formation_chance_at_most(rules, rates, least, most)

    def in_order(self, rows: Iterable[int]) -> list[int]:
        """Return some rows in the order in which they are decided, pair by pair."""
        return sorted(rows)

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
        fight = opposed(self._state, self._first[rows], self._second[rows], at)
        return at.read(self.possible, rows) & ~fight

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
        return np.where(at.spread(self._by_votes[rows]), affinity - usual, 0.0)

    def _countered(self, rows: Who, at: Places) -> Mask:
        """Return where a rival has lately concluded a defence pact without the two, (place,)."""
        pacts, pair = self._pacts, self._pair[rows]
        recent = signed_within(pacts.aid_signed(at), self._state.month, COUNTER_MONTHS)
        counters = pacts.find_counters(self._actors[pair], self._rivals[pair])
        countered: Mask = np.logical_or.reduce(at.spread(counters) & recent)
        return countered


def deepest_pact(state: State, pair: Pair, at: Places = EVERYWHERE) -> Levels:
    """Return the class of the deepest promise that binds two actors this month, (place,)."""
    deepest = at.of(state.no_world) + np.int8(pair.elsewhere)
    for treaty in find_shared_treaties(state, *pair.actors):
        bound = at.of(state.binding_between(treaty, *pair.actors)) > 0
        deepest = np.maximum(deepest, bound * np.int8(class_of(treaty)))
    return deepest


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
