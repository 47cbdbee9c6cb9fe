"""Which pacts are concluded and which treaties are left in a month.

What may be concluded or left changes only when what binds whom changes, so that it is worked out
then, in the worlds in which it changes. A month looks at the draws first, all in one table: only
where one is below the most that its chance can be is anything else worked out, as one vector of
cases. With a decision log, and while decisions are taken by hand, everything is, with
equal results.
"""

from __future__ import annotations

from collections.abc import Iterator

from sim.model.arrays import Mask, Terms, Vector, as_mask, rows_in_any_world
from sim.model.decisions.leanings import decide_together
from sim.model.decisions.possible_notices import Notice, PossibleNotices
from sim.model.decisions.possible_pacts import Pact, PossiblePacts
from sim.model.decisions.sampling import occurs
from sim.model.entities.pacts import PactTable
from sim.model.places import EVERYWHERE, CasePlaces
from sim.model.state import SampledRules, State

Possible = PossibleNotices | PossiblePacts
Move = Notice | Pact


class TreatyMoves:
    """What may be concluded and left in a block of worlds, and the decisions on it.

    Attributes:
        notices: the notices that parties can give of treaties.
        pacts: the pacts that two can conclude.
    """

    def __init__(self, state: State) -> None:
        self._state = state
        self._rules: SampledRules | None = None

    def _begin(self) -> None:
        """Find out what is possible under the rules as they are."""
        self._rules, self._renewed = self._state.rules, len(self._state.binding_changes)
        self._table = self._gather()
        self.notices = PossibleNotices(self._state, self._table)
        self.pacts = PossiblePacts(self._state, self._table)

    def decide(self) -> list[tuple[Move, Mask]]:
        """Return what is done this month and where, (world,); all by what binds when it begins.

        Notices come first; of the pacts of two actors the deepest.
        """
        self._renew()
        decide = self._decide_everywhere if self._state.one_by_one else self._decide_where_drawn
        return [made for possible in (self.notices, self.pacts) for made in decide(possible)]

    def _renew(self) -> None:
        """Find out anew what is possible where what binds whom has changed, or the rules have."""
        if self._rules is not self._state.rules:
            self._begin()
        elif not self._table.holds(self._state.treaties):
            self._table = self._gather()
            self.notices.take_up(self._table)
            self.pacts.take_up(self._table)
        changes = self._state.binding_changes
        self.pacts.renew(self.notices.renew(changes[self._renewed :]))
        self._renewed = len(changes)

    def _gather(self) -> PactTable:
        state = self._state
        return PactTable(state.treaties, state.major_power, state.count)

    def _decide_where_drawn(self, possible: Possible) -> Iterator[tuple[Move, Mask]]:
        """Yield what is done, worked out only where a draw is below its bound."""
        rows, worlds, draws = possible.bounds.draw(self._state, possible.keys, possible.possible)
        if not len(rows):
            return
        made = draws < possible.weigh(rows, CasePlaces(worlds))[0]
        rows, worlds = rows[made], worlds[made]
        arises = possible.arises(rows, CasePlaces(worlds))
        for row in possible.in_order({*rows[arises].tolist()}):
            where = worlds[arises & (rows == row)]
            yield possible.moves[row], as_mask(where, self._state.count)

    def _decide_everywhere(self, possible: Possible) -> Iterator[tuple[Move, Mask]]:
        """Yield what is done, worked out in every world, with the reasons for the log."""
        for row in possible.in_order(rows_in_any_world(possible.possible)):
            (chance, terms), move = possible.weigh(row, EVERYWHERE), possible.moves[row]
            yield move, self._occurs(move, chance, possible.arises(row, EVERYWHERE), terms)

    def _occurs(self, move: Move, chance: Vector, where: Mask, terms: Terms) -> Mask:
        """Return where a move is made of those `where` it can be, (world,)."""
        state, key = self._state, move.key(self._state)
        if isinstance(move, Notice):
            return where & occurs(state, key, chance, where, lambda: terms)
        leanings = move.leanings(state)
        return where & decide_together(state, key, chance, leanings, where, lambda: terms)
