"""P20: the number of stable alignments, and the camps of the deepest one."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from sim.model.measures.propensity import propensities
from sim.model.state import State
from sim.model.theory.landscape import build_landscape, camp_assignments
from sim.statistics.arrays import FloatArray, Mask
from sim.validation.studies.patterns.estimation import median_of_counts

_ALIGNMENT_COLUMNS = 40
"""Numbers of stable alignments that are distinguished; the last stands for all higher ones."""
ALIGNMENT_SLICE = slice(0, _ALIGNMENT_COLUMNS)
_TOGETHER, _BASIN, OBSERVATIONS = _ALIGNMENT_COLUMNS, _ALIGNMENT_COLUMNS + 1, _ALIGNMENT_COLUMNS + 2
"""Columns of what `observe_alignment` returns."""


def observe_alignment(state: State, camps: Sequence[Sequence[str]]) -> FloatArray:
    """Return the current alignment of the actors in every world, (world, column).

    Columns: one for each number of stable alignments; whether all of `camps` are united in the
    deepest alignment; the share of alignments from which that is reached; and 1, the observation.
    """
    landscape = build_landscape(propensities(state), state.capability)
    side = camp_assignments(len(state.codes))[landscape.deepest].T
    number = np.minimum(landscape.stable.sum(axis=0), _ALIGNMENT_COLUMNS - 1)
    ones = np.ones(state.count)
    holds = np.all([_on_one_side(side, state.codes, camp) for camp in camps], axis=0)
    figures = (holds, landscape.deepest_basin_share, ones)
    counts = np.eye(_ALIGNMENT_COLUMNS)[number]
    return np.concatenate([counts, np.stack(figures, axis=1)], axis=1, dtype=np.float64)


def _on_one_side(side: Mask, codes: list[str], camp: Sequence[str]) -> Mask:
    members = side[[codes.index(code) for code in camp]]
    return np.asarray((members == members[0]).all(axis=0))


def median_alignments(sums: FloatArray) -> float:
    """Return the median number of stable alignments."""
    return median_of_counts(sums[ALIGNMENT_SLICE])


def share_held_together(sums: FloatArray) -> float:
    """Return the share of observations in which the camps are united."""
    return float(sums[_TOGETHER] / sums[OBSERVATIONS])


def mean_basin_share(sums: FloatArray) -> float:
    """Return the mean share of alignments from which the deepest is reached."""
    return float(sums[_BASIN] / sums[OBSERVATIONS])
