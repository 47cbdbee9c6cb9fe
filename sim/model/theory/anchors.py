"""The record of every class of ally: of those that promised nothing, and of every promise."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import product

import numpy as np

from sim.model.arrays import Vector
from sim.model.theory.anchor import Anchor, strongest_promise

NOTHING = "nothing"
"""The class of promise of an ally that promised nothing: what counts is its standing."""
_STANDINGS = "major_power", "neighbour", "bystander"
_WEAKER = {
    "aid_due_two": ("aid_not_due", "consultation"),
    "aid_due_more": ("aid_not_due", "consultation"),
    "aid_not_due": ("consultation",),
    "consultation": (),
}
"""The classes of promise that owe less than each."""


class Anchors:
    """The record of promises that bind in full, by the ally's standing and the class of promise.

    Attributes:
        recorded: the record of every class as it was measured.
        rows: row of the table, by standing and class of promise.
        table: what the chances of aid rest on, (number, row, world), as `Anchor.chances_at_zero`.
    """

    def __init__(self, recorded: Mapping[str, Anchor]) -> None:
        """Find the record of every promise, given that of every class as it was measured."""
        self.recorded = recorded
        kinds = [*product(_STANDINGS, (NOTHING, *_WEAKER))]
        anchors = [self._raised(*kind) for kind in kinds]
        self._anchors: dict[tuple[str, ...], Anchor] = dict(zip(kinds, anchors, strict=True))
        self.rows = {kind: row for row, kind in enumerate(kinds)}
        self.table: Vector = np.stack([each.chances_at_zero for each in anchors], axis=1)

    def find(self, standing: str, *promises: str) -> Anchor:
        """Return the record of the strongest of some promises, or else of the standing."""
        key = standing, *(promises or (NOTHING,))
        if key not in self._anchors:
            full = np.ones(self.table.shape[-1])
            bound = ((full, self.find(standing, promise).table) for promise in promises)
            self._anchors[key] = Anchor(strongest_promise(self.find(standing).table, bound))
        return self._anchors[key]

    def _raised(self, standing: str, promise: str) -> Anchor:
        """Return the record of a promise, made by an actor of some standing."""
        if promise == NOTHING:
            return self.recorded[standing]
        anchor = self.recorded[promise]
        for weaker in (*_WEAKER[promise], standing):
            anchor = anchor.raised_to(self.recorded[weaker])
        return anchor
