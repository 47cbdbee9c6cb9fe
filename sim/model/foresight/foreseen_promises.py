"""What foreseen allies promised, asked of the theory of honouring that a scenario names."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property

import numpy as np

from sim.model.arrays import Mask, Vector
from sim.model.foresight.prospective_allies import ProspectiveAlly
from sim.model.places import Index, Places
from sim.model.plugged.asking import honour_willingness
from sim.model.plugged.honour import ask_of_foreseen
from sim.model.plugged.promises import Promise, join_promises, promise_now
from sim.model.state import State


class ForeseenPromises:
    """What every ally promised, as long as the same treaties bind."""

    def __init__(self, state: State, allies: Sequence[ProspectiveAlly]) -> None:
        self._state, self._allies = state, allies

    def willingness(self, allies: Index, other_wars: Callable[[], Mask], at: Places) -> Vector:
        """Return the log-odds of open war by the scenario's theory of honouring, as it is.

        Args:
            allies: rows of the allies, (ally,) or (ally, case).
            other_wars: finds where the allies are at open war elsewhere, (ally, place).
            at: the places.

        Returns:
            Log-odds if the partner begins, and if it is attacked, (2, ally, place).
        """
        both = np.add.outer((0, 1), 2 * allies)
        promise, who = self._promises.each(lambda table: at.read(table, both)), self._actors
        asked = ask_of_foreseen(self._state, who[:, allies], at, promise, other_wars)
        return honour_willingness(self._state, asked)

    @cached_property
    def _actors(self) -> Index:
        """Rows of the ally, its partner and their opponent, (3, row)."""
        return np.array([(0, 0, 0), *(ally[:3] for ally in self._allies)]).T

    @cached_property
    def _promises(self) -> Promise:
        """The promises as tables, of every ally if its partner begins, and if it is attacked."""
        state = self._state
        nobody = Promise(*([state.nothing] * 6))
        calls = [
            ally.foresee_call(state, began=began)
            for ally in self._allies
            for began in (True, False)
        ]
        promises = [nobody, nobody, *(promise_now(state, call) for call in calls)]
        return join_promises(promises, np.stack)
