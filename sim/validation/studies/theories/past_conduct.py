"""What allies were believed to be worth, from what they had done in earlier wars.

The belief of the model (`sim.model.entities.memory`): a prior that counts as some observations, and
each earlier answer where aid was due, which fades with its age and counts less where it concerned
another partner.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

import numpy as np

from sim.statistics.arrays import FloatArray, Vector
from sim.validation.studies.universe.record import Record

PRIOR_MEAN, PRIOR_WEIGHT = 0.41, 4.0
BYSTANDER = 0.3
HALF_LIFE = 10.0
"""Years. All four as in `rules.memory`."""
ALL_WARS = -1
"""Leaves out no war."""


class PastConduct:
    """What earlier wars said of allies in some answers.

    Args:
        record: the record of all wars, whose answers under a due promise are observed.
        allies, partners: states of the answers, by their abbreviations in the record.
        years: years of the answers, (answer,).
    """

    def __init__(
        self, record: Record, allies: Sequence[str], partners: Sequence[str], years: Vector
    ) -> None:
        self._seen = record.select(lambda row: row.obligation == "due")
        self._allies, self._partners, self._years = allies, partners, years

    def reputation(self, left_out: int | Sequence[int] = ALL_WARS) -> Vector:
        """Return the belief that each ally honours its promises, less the prior, (answer,).

        Args:
            left_out: wars, by number, that nobody may have observed.
        """
        weights = self._weights * ~np.isin(self._seen.war, left_out)
        observed = weights.sum(axis=1)
        honoured = weights @ self._seen.joined
        belief = (PRIOR_MEAN * PRIOR_WEIGHT + honoured) / (PRIOR_WEIGHT + observed)
        return np.asarray(belief - PRIOR_MEAN)

    @cached_property
    def _weights(self) -> FloatArray:
        """Weight of each observation for each answer, (answer, observation)."""
        seen_years = np.array([row.year for row in self._seen.rows], dtype=float)
        age = np.asarray(self._years, dtype=float)[:, None] - seen_years
        own = _same(self._allies, [row.ally for row in self._seen.rows])
        partner = _same(self._partners, [row.partner for row in self._seen.rows])
        weight = np.where(partner, 1.0, BYSTANDER) * 0.5 ** (np.maximum(age, 0) / HALF_LIFE)
        return np.where(own & (age > 0), weight, 0.0)


def _same(names: Sequence[str], others: Sequence[str]) -> FloatArray:
    return np.asarray(np.array(names)[:, None] == np.array(others)[None, :])
