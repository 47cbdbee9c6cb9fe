"""The least and the most that the chance of a choice can be in a world.

What rests on facts that hardly ever change is worked out once for a block, and again where acts on
treaties change who would be called; what changes from month to month and costs little is taken as
it is. With these bounds most draws are seen not to matter
(`sim.model.decisions.crisis_decisions`). All tables are of sides of rivalries, (side row, world).
"""

from __future__ import annotations

import numpy as np

from sim.model.arrays import Mask, Vector, where_true
from sim.model.decisions.modifiers import find_tensions, most_calming
from sim.model.foresight.choice_ranges import ChoiceRanges
from sim.model.foresight.expectations import Expectations
from sim.model.places import EVERYWHERE, CasePlaces, Index
from sim.model.plugged.crisis import most_by_theory
from sim.model.theory.bounds import Range
from sim.model.theory.quantal_response import logistic

_FEW = 0.005
"""Share of all sides and worlds up to which bounds are not worked out again."""
_ANYTHING = np.array([[0.0], [0.0], [1.0], [1.0], [0.0], [1.0]])
"""What bounds choices of which nothing is known, in the order of `ChoiceRanges.tabulate`."""


class ChoiceBounds:
    """Bounds on the chances of the choices of a block."""

    def __init__(self, expectations: Expectations) -> None:
        """Work out what hardly ever changes."""
        self._expectations, self._state = expectations, expectations.state
        self._forgotten, self._moves = expectations.forgotten, expectations.moves
        self._seen = self._moves
        sides: Index = np.arange(len(expectations.actors))
        self._actors, self._opponents = expectations.actors, expectations.actors[sides ^ 1]
        self._calming = self._most_calming()
        everywhere = ChoiceRanges(expectations, self._calming, sides, EVERYWHERE)
        self._table = everywhere.tabulate()
        self._by_theory: dict[str, Vector] = {}

    def still_hold(self) -> bool:
        """Whether they hold, now that they are mended where others would be called than before.

        It is done for many together; as long as they are few, anything is possible there.
        """
        known = self._expectations
        if known.moves is not self._seen and known.forgotten == self._forgotten:
            self._seen = known.moves
            sides, worlds = where_true(known.moves != self._moves)
            if len(sides) <= _FEW * known.moves.size:
                self._table[:, sides, worlds] = _ANYTHING
            else:
                moved = ChoiceRanges(known, self._calming, sides, CasePlaces(worlds))
                self._table[:, sides, worlds], self._moves = moved.tabulate(), known.moves
        return known.forgotten == self._forgotten

    def challenge(self) -> Range:
        """Return the range of the chance of a challenge this month."""
        if "challenge" in self._state.theories:
            return self._range_by_theory("challenge")
        usual, soon_after = self._table[:2]
        recently = self._state.disputes.recently_in_dispute(self._state.month)
        against = _by_rivalry(recently, soon_after, usual)
        for felt, where in find_tensions(self._state, self._actors, self._opponents):
            against[where] *= np.exp(-felt)
        against += 1
        return _never_sure(np.divide(1, against, out=against))

    def climb(self) -> Range:
        """Return the range of the chance of escalating this month, to war where force is used."""
        below, to_war = self._table[2:4]
        return _never_sure(_by_rivalry(self._state.disputes.at_force, to_war, below))

    def resist(self) -> Range:
        """Return the range of the chance of resisting a step of the other side."""
        if "challenge" in self._state.theories:
            return self._range_by_theory("resist")
        return Range(*self._table[4:])

    def _range_by_theory(self, choice: str) -> Range:
        """Return the range of a chance by the scenario's theory; any, unless the theory says."""
        if choice not in self._by_theory:
            most = most_by_theory(self._expectations, choice)
            anything = np.ones_like(self._expectations.stakes)
            self._by_theory[choice] = anything if most is None else logistic(most)
        return _never_sure(self._by_theory[choice])

    def _most_calming(self) -> Vector:
        """Return the most that exercises add to escalation, in log-odds."""
        pairs = zip(self._actors.tolist(), self._opponents.tolist(), strict=True)
        return np.stack([most_calming(self._state, *pair) for pair in pairs])


def _by_rivalry(where: Mask, some: Vector, others: Vector) -> Vector:
    """Return one of two tables (side row, world), by a fact of the rivalry, (rivalry, world)."""
    by_side = (table.reshape(len(where), 2, -1) for table in (some, others))
    return np.where(where[:, None], *by_side).reshape(some.shape)


def _never_sure(most: Vector) -> Range:
    """Return the range of the chance of a choice that is never sure to be taken."""
    return Range(np.broadcast_to(0.0, most.shape), most)
