"""Which pacts are concluded and which treaties are left in a month.

What may be concluded or left changes only when what binds whom changes, so that it is worked out
then, in the worlds in which it changes, with the most that each chance can be. A month looks at the
draws first, all in one table: only where one is below its bound is anything else worked out, as one
vector of cases. With a decision log, and while decisions are taken by hand, everything is, with
equal results.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from sim.model.arrays import Mask, Terms, Vector, rows_in_any_world
from sim.model.decisions.leanings import decide_together
from sim.model.decisions.pacts import PactTable
from sim.model.decisions.possible_notices import Notice, PossibleNotices
from sim.model.decisions.possible_pacts import Pact, PossiblePacts
from sim.model.decisions.sampling import draw_each, occurs
from sim.model.places import EVERYWHERE, CasePlaces
from sim.model.state import State

Possible = PossibleNotices | PossiblePacts
Move = Notice | Pact


class TreatyMoves:
    """What may be concluded and left in a block of worlds, and the decisions on it."""

    def __init__(self, state: State) -> None:
        self._state = state
        self._begin()

    def _begin(self) -> None:
        """Begin with nothing that is known to be possible."""
        self._rules, self._renewed = self._state.rules, 0
        self._notices, self._pacts = PossibleNotices(self._state), PossiblePacts(self._state)

    def decide(self) -> list[tuple[Move, Mask]]:
        """Return what is done this month and where, (world,); all by what binds when it begins.

        Notices come first; of the pacts of two actors the deepest.
        """
        self._renew()
        decide = self._decide_everywhere if self._state.one_by_one else self._decide_where_drawn
        return [made for possible in (self._notices, self._pacts) for made in decide(possible)]

    def _renew(self) -> None:
        """Find out anew what is possible where what binds whom has changed, or the rules have."""
        state = self._state
        if self._rules is not state.rules:
            self._begin()
        moved = {treaty.code for treaty, _ in state.binding_changes[self._renewed :]}
        if moved or not self._renewed:
            pacts = PactTable(state)
            self._pacts.renew(pacts, self._notices.renew(pacts, moved))
        self._renewed = len(state.binding_changes)

    def _decide_where_drawn(self, possible: Possible) -> Iterator[tuple[Move, Mask]]:
        """Yield what is done, worked out only where a draw is below its bound."""
        drawn = np.array(rows_in_any_world(possible.most > 0), dtype=np.intp)
        draws = draw_each(self._state, [possible.keys[row] for row in drawn.tolist()])
        rows, worlds = (draws < possible.most[drawn]).nonzero()
        if not len(rows):
            return
        at, moves = CasePlaces(worlds), drawn[rows]
        chance, _ = possible.weigh(moves, at)
        made = (draws[rows, worlds] < chance) & possible.arises(moves, at)
        for row in sorted(set(moves[made].tolist())):
            where = np.zeros_like(self._state.no_world)
            where[worlds[made & (moves == row)]] = True
            yield possible.moves[row], where

    def _decide_everywhere(self, possible: Possible) -> Iterator[tuple[Move, Mask]]:
        """Yield what is done, worked out in every world, with the reasons for the log."""
        for row in possible.find_possible():
            (chance, terms), move = possible.weigh(row, EVERYWHERE), possible.moves[row]
            yield move, self._occurs(move, chance, possible.arises(row, EVERYWHERE), terms)

    def _occurs(self, move: Move, chance: Vector, where: Mask, terms: Terms) -> Mask:
        """Return where a move is made of those `where` it can be, (world,)."""
        state, key = self._state, move.key(self._state)
        if isinstance(move, Notice):
            return where & occurs(state, key, chance, where, lambda: terms)
        leanings = move.leanings(state)
        return where & decide_together(state, key, chance, leanings, where, lambda: terms)
