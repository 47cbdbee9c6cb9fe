"""Which pairs may conclude a treaty and which parties may leave one, and how they decide.

What may be concluded or left changes only when what binds whom changes, so that it is worked out
then, with the most that each chance can be. A month looks at the draws first: only where one is
below that bound is anything else worked out. With a decision log, and while decisions are taken by
hand, everything is, with equal results.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np

from sim.model.arrays import Mask, Terms, Vector, any_world
from sim.model.decision_log import DrawKey
from sim.model.decisions.leanings import decide_together
from sim.model.decisions.pacts import KINDS, class_of
from sim.model.decisions.sampling import occurs
from sim.model.decisions.treaty_chances import (
    PossibleNotice,
    PossiblePact,
    leaving_bounds,
    list_bounds,
    possible_pacts,
    weigh_notice,
    weigh_pact,
)
from sim.model.entities.pairs import Pair
from sim.model.entities.treaty import Treaty
from sim.model.places import EVERYWHERE, CasePlaces, Places
from sim.model.state import SampledRules, State
from sim.model.theory.leaving import SUPPORTERS_MONTHS
from sim.model.theory.supporters import is_recent

_Evaluate = Callable[[Places], tuple[Vector, Mask, Terms]]
"""Returns the chance, where the decision arises, and the considerations, at some places."""


class TreatyMoves:
    """What may be concluded and left in a block of worlds, and the decisions on it."""

    def __init__(self, state: State) -> None:
        self._state = state
        self._rules: SampledRules | None = None
        self._renewed = self._recent_in = -1
        self._recent: Mask | None = None
        self._leaving: dict[tuple[str, tuple[int, ...]], tuple[Vector, Vector]] = {}
        self._bounds: list[tuple[Pair, int, Vector]] = []
        self._pacts: dict[tuple[int, int], list[PossiblePact]] = {}
        self._notices: dict[str, list[PossibleNotice]] = {}

    @property
    def pacts(self) -> list[PossiblePact]:
        """The pacts that may be concluded in some world, of two actors the deepest first."""
        self._renew()
        return [pact for pacts in self._pacts.values() for pact in pacts]

    @property
    def notices(self) -> list[PossibleNotice]:
        """The parties that may leave a treaty in some world."""
        self._renew()
        return [notice for code in sorted(self._notices) for notice in self._notices[code]]

    def decide_pact(self, possible: PossiblePact) -> Mask:
        """Return where two actors conclude a pact this month, (world,): one draw for the two."""
        state, kind = self._state, KINDS[possible.promise]
        first, second = (state.codes[row] for row in possible.pair.actors)
        key = DrawKey("conclude", first, second, kind)
        if not state.one_by_one:
            return self._draw(key, possible.most, lambda at: weigh_pact(state, possible, at))
        chance, where, terms = weigh_pact(state, possible, EVERYWHERE)
        parties = [DrawKey("sign", first, second, kind), DrawKey("sign", second, first, kind)]
        return where & decide_together(state, key, chance, parties, where, lambda: terms)

    def decide_notice(self, possible: PossibleNotice) -> Mask:
        """Return where a party gives notice of a treaty this month, (world,)."""
        state = self._state
        key = DrawKey("leave", state.codes[possible.party], "", possible.treaty.code)
        if not state.one_by_one:
            recent = self._recently_changed()
            usual, changed = possible.most, possible.most_changed
            most = usual if recent is None else np.where(recent, changed, usual)
            return self._draw(key, most, lambda at: weigh_notice(state, possible, at))
        chance, where, terms = weigh_notice(state, possible, EVERYWHERE)
        return where & occurs(state, key, chance, where, lambda: terms)

    def _recently_changed(self) -> Mask | None:
        """Return where any supporters have changed of late, (world,); None if nowhere."""
        if self._recent_in != self._state.month:
            changed, self._recent_in = self._state.governments.changed, self._state.month
            recent = is_recent(changed.max(axis=0), self._recent_in, SUPPORTERS_MONTHS)
            self._recent = recent if any_world(recent) else None
        return self._recent

    def _draw(self, key: DrawKey, most: Vector, evaluate: _Evaluate) -> Mask:
        """Return where it happens, (world,), worked out only where the draw is below the bound."""
        draws = self._state.streams.uniform(key.what, self._state.month, *key[1:])
        happens = np.zeros_like(self._state.no_world)
        worlds = (draws < most).nonzero()[0]
        if len(worlds):
            chance, where, _ = evaluate(CasePlaces(worlds))
            happens[worlds] = where & (draws[worlds] < chance)
        return happens

    # -- what is possible -----------------------------------------------------------------------

    def _renew(self) -> None:
        """Find out anew what is possible where what binds whom has changed, or the rules have."""
        state = self._state
        if self._rules is not state.rules:
            self._rules, self._renewed = state.rules, -1
            self._bounds = list(list_bounds(state))
            self._leaving.clear()
        changed = {code for code, at in state.binding_changed.items() if at > self._renewed}
        self._renewed = state.renewals
        moved = {frozenset(state.treaties[code].parties) for code in changed}
        for actors, pacts in _group(self._bounds).items():
            if any(set(actors) <= parties for parties in moved) or actors not in self._pacts:
                self._pacts[actors] = list(possible_pacts(state, pacts))
        for code in changed:
            self._notices[code] = list(self._possible_notices(state.treaties[code]))

    def _possible_notices(self, treaty: Treaty) -> Iterator[PossibleNotice]:
        """Yield the parties that may leave a treaty in some world; none of a mere statement."""
        state, key = self._state, (treaty.code, treaty.parties)
        if not class_of(treaty) or not any_world(state.binding[treaty.code] > 0):
            return
        if key not in self._leaving:
            self._leaving[key] = leaving_bounds(state, treaty)
        usual, changed = self._leaving[key]
        for party in treaty.parties:
            bound = state.binding_between(treaty, party) > 0
            yield PossibleNotice(treaty, party, bound, usual * bound, changed * bound)


def _group(
    bounds: list[tuple[Pair, int, Vector]],
) -> dict[tuple[int, int], list[tuple[Pair, int, Vector]]]:
    groups: dict[tuple[int, int], list[tuple[Pair, int, Vector]]] = {}
    for bound in bounds:
        groups.setdefault(bound[0].actors, []).append(bound)
    return groups
