"""The parties that may leave a treaty, as a table with a row for each party of each treaty.

A decision is worked out at places: in every world of a block, or in cases, each a row and a world.
A treaty of fewer parties than another is filled up with parties that are no members.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import product, zip_longest
from typing import NamedTuple

import numpy as np

from sim.model.arrays import Mask, Terms, Vector, total
from sim.model.decision_log import DrawKey
from sim.model.decisions.sampling import Bounds
from sim.model.entities.pacts import Moved, PactTable, signed_within
from sim.model.entities.treaty import Treaty
from sim.model.places import CasePlaces, Index, Places, Who
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
    """The parties that may leave a treaty; nobody leaves a mere statement.

    Attributes:
        moves: what each of them is.
        keys: the key of the draw of each.
        bounds: of the chance a month of each.
        possible: where the treaty binds the party, (notice, world).
    """

    def __init__(self, state: State, pacts: PactTable) -> None:
        """Find those that are possible as things stand."""
        self._state = state
        self._most = self._bound_kinds()
        self._rows: dict[str, list[int]] = {}  # of the parties of each treaty
        self.moves: list[Notice] = []
        self.keys: list[DrawKey] = []
        self.possible: Mask = np.zeros((0, state.count), dtype=bool)
        self.take_up(pacts)
        self.renew((treaty, ~state.no_world) for treaty in pacts.treaties)

    # -- what is possible -------------------------------------------------------------------------

    def take_up(self, pacts: PactTable) -> None:
        """Give each further party of a treaty a row after those that there are, not in force."""
        self._pacts = pacts
        for treaty in pacts.treaties:
            rows = self._rows.setdefault(treaty.code, [])
            for party in treaty.parties[len(rows) :]:
                rows.append(len(self.moves))
                self.moves.append(Notice(treaty, party))
        new = self.moves[len(self.keys) :]
        self.keys += [move.key(self._state) for move in new]
        no_world = np.zeros((len(new), self._state.count), dtype=bool)
        self.possible = np.concatenate([self.possible, no_world])
        self._party: Index = np.array([move.party for move in self.moves], dtype=np.intp)
        self._find_rows()
        autocratic = pacts.parties[:, self._state.governments.autocracies].any(axis=1)
        kinds = 4 * autocratic + 2 * pacts.defence + pacts.major
        self.bounds = Bounds(self._most, kinds[self._treaty])

    def _find_rows(self) -> None:
        """Find the rows of the parties of each treaty, (party, treaty), and its row for each."""
        filled = list(zip_longest(*self._rows.values(), fillvalue=-1))
        self._rows_of = np.array(filled, np.intp).reshape(len(filled), len(self._rows))
        self._treaty: Index = np.empty(len(self.moves), dtype=np.intp)
        _, treaties = there = (self._rows_of >= 0).nonzero()
        self._treaty[self._rows_of[there]] = treaties

    def _bound_kinds(self) -> Vector:
        """Bound the chances of eight kinds of treaty, (kind, world).

        An autocracy is among these or none, they promise aid or do not, and a major power founded
        them or none.
        """
        rules = self._state.rules.leaving
        parties = [self._likeliest_to_leave(autocratic=which) for which in (False, True)]
        facts = np.array([(False, False), (False, True), (True, False), (True, True)])
        return np.array(
            [
                leaving_chance_at_most(rules, defence, major, some)
                for some, (defence, major) in product(parties, facts)
            ]
        )

    def renew(self, changes: Iterable[tuple[Treaty, Mask]]) -> Moved:
        """Find out anew what is possible; return the treaties that bind others now, and where.

        Args:
            changes: the treaties that may bind others, and where, (world,).
        """
        renewed = (
            (treaty, self._bind_anew(treaty, where.nonzero()[0]))
            for treaty, where in changes
            if treaty.code in self._rows
        )
        return [moved for moved in renewed if moved[1].size]

    def _bind_anew(self, treaty: Treaty, worlds: Index) -> Index:
        """Determine anew whom a treaty binds in some worlds; return where it is others, (case,)."""
        rows, at = np.array(self._rows[treaty.code])[:, None], CasePlaces(worlds)
        binds = at.of(self._state.binding[treaty.code]) > 0
        bound = treaty.membership_table(self._state.month, at) & binds
        moved = worlds[np.logical_or.reduce(bound != self.possible[rows, worlds])]
        self.possible[rows, worlds] = bound
        return moved

    def in_order(self, rows: Iterable[int]) -> list[int]:
        """Return some rows in the order in which they are decided, by the codes of treaties."""
        return sorted(rows, key=lambda row: (self.moves[row].treaty.code, row))

    def _likeliest_to_leave(self, *, autocratic: bool) -> PartyFacts:
        """Return facts about a treaty of all actors, or of all democracies.

        Supporters are new wherever they can be.
        """
        governments = self._state.governments
        autocracy: Mask = np.zeros(governments.polyarchy.shape, dtype=bool)
        autocracy[governments.autocracies] = True
        member = np.full_like(autocracy, autocratic) | ~autocracy
        return PartyFacts(
            member, supporters=autocracy, outside=member, polyarchy=governments.polyarchy
        )

    # -- the decision -----------------------------------------------------------------------------

    def weigh(self, rows: Who, at: Places) -> tuple[Vector, Terms]:
        """Return the chance a month, (place,), and the considerations."""
        rules = self._state.rules.leaving.at(at)
        each, member = self._find_parties(rows, at)
        parties = self._party_facts(rows, each, member, at)
        terms = leaving_terms(rules, self._treaty_facts(rows, at), parties)
        share = own_share(rules, parties, at.spread(each == rows))
        own = np.log(np.maximum(share, np.finfo(float).tiny))
        return leaving_chance(terms, share), {**terms, "own_share": own}

    def arises(self, rows: Who, at: Places) -> Mask:
        """Return where the party can leave, (place,)."""
        treaty = self._treaty[rows]
        months = at.spread(self._pacts.notice[treaty])
        lasts: Mask = self._pacts.lapse(treaty, at) > self._state.month + months
        return at.read(self.possible, rows) & lasts

    def _find_parties(self, rows: Who, at: Places) -> tuple[Index, Mask]:
        """Return the rows of the parties, (party, ...), and where they are members."""
        of_treaty = self._rows_of[:, self._treaty[rows]]
        there = of_treaty >= 0
        each = np.where(there, of_treaty, rows)
        return each, at.spread(there) & at.read(self.possible, each)

    def _party_facts(self, rows: Who, each: Index, member: Mask, at: Places) -> PartyFacts:
        """Return what makes each party likelier to leave."""
        governments, month, party = self._state.governments, self._state.month, self._party[each]
        recent = signed_within(self._pacts.aid_signed(at), month, OUTSIDE_MONTHS)
        outside = at.spread(self._pacts.find_outside(self._treaty[rows], party))
        return PartyFacts(
            member=member,
            supporters=is_recent(at.read(governments.changed, party), month, SUPPORTERS_MONTHS),
            outside=np.logical_or.reduce(outside & recent[:, None]),
            polyarchy=at.read(governments.polyarchy, party),
        )

    def _treaty_facts(self, rows: Who, at: Places) -> TreatyFacts:
        """Return what bears on all parties alike."""
        treaty, month = self._treaty[rows], self._state.month
        return TreatyFacts(
            defence=self._pacts.defence[treaty],
            major=self._pacts.major[treaty],
            affinity=self._mean_affinity(treaty, at),
            fresh=signed_within(self._pacts.signed(treaty, at), month, FRESH_MONTHS),
        )

    def _mean_affinity(self, treaty: Who, at: Places) -> Vector:
        """Return the mean affinity of the founders of a treaty, (place,)."""
        first, second = self._pacts.find_founding_pairs(treaty)
        affinity = at.read_pair(self._state.memory.affinity, first, second)
        two = first != second
        mean: Vector = total(np.where(at.spread(two), affinity, 0.0)) / two.sum(axis=0)
        return mean
