"""The parties that may leave a treaty, as a table with a row for each party of each treaty.

A decision is worked out at places: in every world of a block, or in cases, each a row and a world.
A treaty of fewer parties than another is filled up with parties that are no members.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np

from sim.model.arrays import Mask, Terms, Vector, as_table, rows_or_nothing, total
from sim.model.decision_log import DrawKey
from sim.model.decisions.sampling import Bounds
from sim.model.entities.pacts import Moved, PactTable, signed_within
from sim.model.entities.treaty import Treaty
from sim.model.places import Index, Places, Who
from sim.model.state import State
from sim.model.theory.leaving import (
    FRESH_MONTHS,
    OUTSIDE_MONTHS,
    SUPPORTERS_MONTHS,
    PartyFacts,
    TreatyFacts,
    leaving_chance,
    leaving_chance_at_most,
    leaving_terms,
    own_share,
)
from sim.model.theory.supporters import is_recent


class Notice(NamedTuple):
    """Notice that a party gives of a treaty."""

    treaty: Treaty
    party: int

    def key(self, state: State) -> DrawKey:
        """Return the key of its draw."""
        return DrawKey("leave", state.codes[self.party], "", self.treaty.code)


class PossibleNotices:
    """The parties that may leave a treaty, treaty by treaty; nobody leaves a mere statement.

    Attributes:
        moves: what each of them is.
        keys: the key of the draw of each.
        bounds: of the chance a month of each.
        possible: where the treaty binds the party, (notice, world).
    """

    def __init__(self, state: State, pacts: PactTable) -> None:
        """Find those that are possible as things stand."""
        self._state = state
        self._most: dict[tuple[str, tuple[int, ...]], Vector] = {}
        self.keys: list[DrawKey] = []
        self.possible: Mask = np.zeros((0, state.count), dtype=bool)
        self.take_up(pacts)
        self.renew((treaty, ~state.no_world) for treaty in pacts.treaties)

    # -- what is possible -------------------------------------------------------------------------

    def take_up(self, pacts: PactTable) -> None:
        """Give each party of each treaty its row, which stays in force as it was."""
        rows = {key: row for row, key in enumerate(self.keys)}
        self.moves = [Notice(each, party) for each in pacts.treaties for party in each.parties]
        self.keys = [move.key(self._state) for move in self.moves]
        self.possible = rows_or_nothing(self.possible, [rows.get(key, -1) for key in self.keys])
        self._pacts, sizes = pacts, np.add.reduce(pacts.parties, axis=1, dtype=np.intp)
        first = np.cumsum(sizes) - sizes
        self._party: Index = np.array([move.party for move in self.moves], dtype=np.intp)
        self._treaty, self._size, self._first = (
            np.repeat(each, sizes) for each in (np.arange(len(sizes)), sizes, first)
        )
        self._rows = {
            treaty.code: slice(start, start + size)
            for treaty, start, size in zip(
                pacts.treaties, first.tolist(), sizes.tolist(), strict=True
            )
        }
        self._places = np.arange(np.max(sizes, initial=1))
        most = [self._at_most(row, treaty) for row, treaty in enumerate(pacts.treaties)]
        self.bounds = Bounds(as_table(most, self._state.count)[self._treaty])

    def renew(self, changes: Iterable[tuple[Treaty, Mask]]) -> Moved:
        """Find out anew what is possible; return the treaties that bind others now, and where.

        Args:
            changes: the treaties that may bind others, and where, (world,).
        """
        return [
            (treaty, self._bind_anew(treaty, where.nonzero()[0]))
            for treaty, where in changes
            if treaty.code in self._rows
        ]

    def _bind_anew(self, treaty: Treaty, worlds: Index) -> Index:
        """Determine anew whom a treaty binds in some worlds; return where it is others, (case,)."""
        possible = self.possible[self._rows[treaty.code]]
        binds = self._state.binding[treaty.code][worlds] > 0
        bound = treaty.membership_table(self._state.month)[:, worlds] & binds
        moved = worlds[np.logical_or.reduce(bound != possible[:, worlds])]
        possible[:, worlds] = bound
        return moved

    def _at_most(self, row: int, treaty: Treaty) -> Vector:
        """Return the most, (world,), that the chance a month of a party of a treaty can be."""
        text = treaty.code, treaty.parties
        if text not in self._most:
            rules, pacts = self._state.rules.leaving, self._pacts
            parties = self._likeliest_to_leave(treaty)
            most = leaving_chance_at_most(rules, pacts.defence[row], pacts.major[row], parties)
            self._most[text] = most
        return self._most[text]

    def _likeliest_to_leave(self, treaty: Treaty) -> PartyFacts:
        """Return facts about the parties of a treaty with new supporters wherever they can be."""
        governments, parties = self._state.governments, list(treaty.parties)
        polyarchy = governments.polyarchy[parties]
        each = np.ones(polyarchy.shape, dtype=bool)
        autocracy = each & np.isin(parties, governments.autocracies)[:, None]
        return PartyFacts(each, supporters=autocracy, outside=each, polyarchy=polyarchy)

    # -- the decision -----------------------------------------------------------------------------

    def weigh(self, rows: Who, at: Places) -> tuple[Vector, Terms]:
        """Return the chance a month, (place,), and the considerations."""
        rules, signed = self._state.rules.leaving.at(at), self._pacts.signed(at)
        each, member = self._find_parties(rows, at)
        parties = self._party_facts(rows, each, member, signed, at)
        terms = leaving_terms(rules, self._treaty_facts(rows, signed, at), parties)
        share = own_share(rules, parties, at.spread(each == rows))
        own = np.log(np.maximum(share, np.finfo(float).tiny))
        return leaving_chance(terms, share), {**terms, "own_share": own}

    def arises(self, rows: Who, at: Places) -> Mask:
        """Return where the party can leave, (place,)."""
        lapse = at.pick(self._pacts.lapse(at), self._treaty[rows])
        months = at.spread(self._pacts.notice[self._treaty[rows]])
        lasts: Mask = lapse > self._state.month + months
        return at.read(self.possible, rows) & lasts

    def _find_parties(self, rows: Who, at: Places) -> tuple[Index, Mask]:
        """Return the rows of the parties, (party, ...), and where they are members."""
        there = np.less.outer(self._places, self._size[rows])
        each = np.where(there, np.add.outer(self._places, self._first[rows]), rows)
        return each, at.spread(there) & at.read(self.possible, each)

    def _party_facts(
        self, rows: Who, each: Index, member: Mask, signed: Vector, at: Places
    ) -> PartyFacts:
        """Return what makes each party likelier to leave, given when treaties were signed."""
        governments, month, party = self._state.governments, self._state.month, self._party[each]
        recent = signed_within(signed, month, OUTSIDE_MONTHS)
        outside = at.spread(self._pacts.find_outside(self._treaty[rows], party))
        return PartyFacts(
            member=member,
            supporters=is_recent(at.read(governments.changed, party), month, SUPPORTERS_MONTHS),
            outside=np.logical_or.reduce(outside & recent[:, None]),
            polyarchy=at.read(governments.polyarchy, party),
        )

    def _treaty_facts(self, rows: Who, signed: Vector, at: Places) -> TreatyFacts:
        """Return what bears on all parties alike, given when treaties were signed."""
        treaty, month = self._treaty[rows], self._state.month
        return TreatyFacts(
            defence=self._pacts.defence[treaty],
            major=self._pacts.major[treaty],
            affinity=self._mean_affinity(treaty, at),
            fresh=signed_within(at.pick(signed, treaty), month, FRESH_MONTHS),
        )

    def _mean_affinity(self, treaty: Who, at: Places) -> Vector:
        """Return the mean affinity of the founders of a treaty, (place,)."""
        first, second = self._pacts.founding_pairs[..., treaty]
        affinity = at.read_pair(self._state.memory.affinity, first, second)
        two = first != second
        mean: Vector = total(np.where(at.spread(two), affinity, 0.0)) / two.sum(axis=0)
        return mean
