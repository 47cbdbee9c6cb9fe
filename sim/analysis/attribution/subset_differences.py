"""The differences between two sides in one measure, for every subset of the mechanisms."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.statistics.ratio import PartlyDefined, linearise


@dataclass(frozen=True)
class SubsetDifferences:
    """The first side less the second in one measure, for every subset of the mechanisms.

    Attributes:
        values: the differences, (subset, world), linearised where the measure is a ratio; NaN for a
            subset in which a side does not define it.
        cases: the worlds in which each side defines it, (side, subset).
    """

    values: NDArray[Any]
    cases: NDArray[np.int64]

    @classmethod
    def of(
        cls, first: Sequence[PartlyDefined], second: Sequence[PartlyDefined]
    ) -> SubsetDifferences:
        """Return the differences of a measure on two sides, a column for each subset."""
        pairs = zip(first, second, strict=True)
        values = np.stack([linearise(one) - linearise(other) for one, other in pairs])
        cases = np.array([[column.cases for column in side] for side in (first, second)])
        return cls(values, cases)
