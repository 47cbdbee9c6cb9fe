"""The last dispute on a rivalry: in every world, or in every world of all rivalries at once."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from sim.model.arrays import Counts, Levels, Mask

NONE, THREAT, DISPLAY, FORCE, WAR = 1, 2, 3, 4, 5
"""The MID hostility levels (Jones, Bremer and Singer 1996): the rungs of a dispute."""

_NEVER = -(10**6)


class Disputes:
    """The disputes on one rivalry, (world,), or on all of them, (rivalry, world).

    Masks have the same shape as what they are about.

    Attributes:
        rung: hostility level, 1 none to 5 war.
        challenger: side that challenged last.
        opened: month in which the last dispute opened.
        disputes: number of disputes so far.
        highest_rung: highest rung so far.
        dispute_force: where force was used in a dispute begun since the scenario opened.
    """

    def __init__(self, *shape: int) -> None:
        """Begin without a dispute so far, in a table of a shape, the worlds last."""
        self.rung: Levels = np.full(shape, NONE, dtype=np.int8)
        self.challenger: Levels = np.zeros(shape, dtype=np.int8)
        self.opened: Counts = np.full(shape, _NEVER, dtype=np.int64)
        self.disputes: Counts = np.zeros(shape, dtype=np.int64)
        self.highest_rung: Levels = self.rung.copy()
        self.dispute_force: Mask = np.zeros(shape, dtype=bool)

    @classmethod
    def together(cls, rivalries: Sequence[Disputes], count: int) -> Disputes:
        """Return a table of the disputes on rivalries, which go on as its rows, in `count` worlds.

        What is written of one rivalry stands in the table, and the other way round.
        """
        table = cls(len(rivalries), count)
        for row, rivalry in enumerate(rivalries):
            for name, values in vars(table).items():
                values[row] = getattr(rivalry, name)
                setattr(rivalry, name, values[row])
        return table

    @property
    def quiet(self) -> Mask:
        """Where no dispute or war is under way."""
        return self.rung == NONE

    @property
    def at_force(self) -> Mask:
        """Where force is used short of war."""
        return self.rung == FORCE

    @property
    def at_war(self) -> Mask:
        """Where a war is under way."""
        return self.rung == WAR

    @property
    def force_used(self) -> Mask:
        """Where force was ever used."""
        return self.highest_rung >= FORCE

    def in_dispute(self, month: int) -> Mask:
        """Return where a dispute of an earlier month is under way, short of war."""
        return (self.rung > NONE) & (self.rung < WAR) & (self.opened < month)

    def recently_in_dispute(self, month: int) -> Mask:
        """Return where a dispute opened in the last twelve months."""
        return self.opened >= month - 12

    def open_dispute(self, where: Mask, side: int | Levels, rung: Levels | int, month: int) -> None:
        """Open a dispute begun by `side`, at `rung`, `where` it begins."""
        self.rung[where] = np.broadcast_to(rung, where.shape)[where]
        self.challenger[where] = np.broadcast_to(side, where.shape)[where]
        self.opened[where] = month
        self.disputes[where] += 1
        self._update_highest_rung()

    def climb(self, where: Mask) -> None:
        """Raise the dispute by one rung `where` it escalates."""
        self.rung[where] += 1
        self._update_highest_rung()

    def end_dispute(self, where: Mask) -> None:
        """End the dispute or war `where` it ends."""
        self.rung[where] = NONE

    def _update_highest_rung(self) -> None:
        np.maximum(self.highest_rung, self.rung, out=self.highest_rung)
        self.dispute_force |= (self.rung >= FORCE) & (self.disputes > 0)
