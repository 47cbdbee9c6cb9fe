"""Which pacts are concluded and which treaties are left in a month.

What may be concluded or left changes only when what binds whom changes, so that it is worked out
then, with the most that each chance can be. A month looks at the draws first, all in one table:
only where one is below its bound is anything else worked out. With a decision log, and while
decisions are taken by hand, everything is, with equal results.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

import numpy as np

from sim.model.arrays import Levels, Mask, Vector, any_world, in_any_world
from sim.model.decision_log import DrawKey
from sim.model.decisions.leanings import decide_together
from sim.model.decisions.pacts import class_of, deepest_pact
from sim.model.decisions.sampling import draw_each, occurs
from sim.model.decisions.treaty_chances import (
    LeavingBounds,
    PactBounds,
    PossibleMove,
    PossibleNotice,
    PossiblePact,
    possible_notices,
    possible_pacts,
)
from sim.model.entities.treaty import Treaty
from sim.model.places import EVERYWHERE, CasePlaces, Index
from sim.model.state import State
from sim.model.theory.leaving import SUPPORTERS_MONTHS
from sim.model.theory.supporters import is_recent


class TreatyMoves:
    """What may be concluded and left in a block of worlds, and the decisions on it."""

    def __init__(self, state: State) -> None:
        self._state = state
        self._rules, self._renewed = state.rules, 0
        self._forget()

    def decide(self) -> list[tuple[PossibleMove, Mask]]:
        """Return what is done this month and where, (world,); all by what binds when it begins.

        Notices come first; of the pacts of two actors the deepest.
        """
        self._renew()
        if self._state.one_by_one:
            return [(move, self._decide_everywhere(move)) for move in self._moves]
        return list(self._decide_where_drawn())

    # -- by draw ----------------------------------------------------------------------------------

    def _decide_where_drawn(self) -> Iterator[tuple[PossibleMove, Mask]]:
        """Yield what is done, worked out only where a draw is below its bound."""
        if not self._drawn:
            return
        draws = draw_each(self._state, [move.key for move in self._drawn])
        reached = draws < self._bounds()
        for row in np.any(reached, axis=1).nonzero()[0].tolist():
            worlds = reached[row].nonzero()[0]
            yield self._drawn[row], self._settle(self._drawn[row], worlds, draws[row, worlds])

    def _settle(self, move: PossibleMove, worlds: Index, draws: Vector) -> Mask:
        """Return where a move is made, (world,), of some worlds with their draws, (case,) each."""
        chance, _ = move.weigh(self._state, CasePlaces(worlds))
        happens, reached = np.zeros_like(self._state.no_world), worlds[draws < chance]
        if len(reached):
            happens[reached] = move.arises(self._state, CasePlaces(reached))
        return happens

    def _bounds(self) -> Vector:
        """Return the most that each chance can be this month, (move, world)."""
        changed, month = self._state.governments.changed, self._state.month
        recent = is_recent(changed, month, SUPPORTERS_MONTHS)
        if not any_world(recent):
            return self._most
        affected = np.zeros(self._most.shape, dtype=bool)  # a product would start a thread
        for actor in in_any_world(recent).nonzero()[0].tolist():
            affected[self._parties[:, actor]] |= recent[actor]
        return np.where(affected, self._most_changed, self._most)

    # -- one by one -------------------------------------------------------------------------------

    def _decide_everywhere(self, move: PossibleMove) -> Mask:
        """Return where a move is made, (world,), with the reasons for the log."""
        state = self._state
        (chance, terms), where = move.weigh(state, EVERYWHERE), move.arises(state, EVERYWHERE)
        if isinstance(move, PossibleNotice):
            return where & occurs(state, move.key, chance, where, lambda: terms)
        first, second, kind = move.key[1:]
        parties = [DrawKey("sign", first, second, kind), DrawKey("sign", second, first, kind)]
        return where & decide_together(state, move.key, chance, parties, where, lambda: terms)

    # -- what is possible -------------------------------------------------------------------------

    def _renew(self) -> None:
        """Find out anew what is possible where what binds whom has changed, or the rules have."""
        state = self._state
        if self._rules is not state.rules:
            self._rules, self._renewed = state.rules, 0
            self._forget()
        changed = {treaty.code for treaty, _ in state.binding_changes[self._renewed :]}
        self._renewed = len(state.binding_changes)
        if changed or not self._moves:
            treaties = [state.treaties[code] for code in sorted(changed)]
            self._find_pacts(treaties)
            for treaty in treaties:
                self._find_notices(treaty)
            self._tabulate()

    def _forget(self) -> None:
        """Discard all that is possible."""
        self._moves: list[PossibleMove] = []
        self._bound: dict[tuple[int, int], Levels] = {}
        self._concluding: dict[tuple[int, int], PactBounds] = {}
        self._pacts: dict[tuple[int, int], list[PossiblePact]] = {}
        self._leaving: dict[str, LeavingBounds] = {}
        self._notices: dict[str, list[PossibleNotice]] = {}

    def _find_pacts(self, moved: list[Treaty]) -> None:
        """Find out which pacts are possible, where what these treaties bind has changed."""
        pairs = {pair for treaty in moved for pair in combinations(sorted(treaty.parties), 2)}
        for pair in self._state.pairs:
            known = self._bound.get(pair.actors)
            if known is None or pair.actors in pairs:
                deepest = self._bound[pair.actors] = deepest_pact(self._state, pair)
                if known is None:
                    self._concluding[pair.actors] = PactBounds.of(self._state, pair)
                if known is None or any_world(known != deepest):
                    bounds = self._concluding[pair.actors]
                    pacts = possible_pacts(self._state, pair, deepest, bounds)
                    self._pacts[pair.actors] = list(pacts)

    def _find_notices(self, treaty: Treaty) -> None:
        """Find out which parties may leave a treaty; nobody leaves a mere statement."""
        if class_of(treaty):
            bounds = self._leaving.get(treaty.code)
            if bounds is None or not bounds.hold(self._state, treaty):
                bounds = self._leaving[treaty.code] = LeavingBounds.of(self._state, treaty)
            self._notices[treaty.code] = list(possible_notices(self._state, treaty, bounds))

    def _tabulate(self) -> None:
        """List the moves, and make tables of the bounds of those that have a chance anywhere."""
        notices = [each for code in sorted(self._notices) for each in self._notices[code]]
        pacts = [pact for pacts in self._pacts.values() for pact in pacts]
        self._moves = [*notices, *pacts]
        nothing = self._state.nothing
        most = np.array([nothing, *[move.most for move in self._moves]])
        changed = np.array([nothing, *[move.most_changed for move in self._moves]])
        drawn = np.any(changed, axis=1).nonzero()[0]
        self._drawn = [self._moves[row - 1] for row in drawn.tolist()]
        self._most, self._most_changed = most[drawn], changed[drawn]
        shape = len(self._drawn), len(self._state.codes)
        self._parties: Mask = np.zeros(shape, dtype=bool)
        for row, move in enumerate(self._drawn):
            if isinstance(move, PossibleNotice):
                self._parties[row, list(move.treaty.parties)] = True
