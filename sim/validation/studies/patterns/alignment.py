"""P20: into how many stable alignments, and into which camps, the actors of a world part."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from sim.model.measures.propensity import propensities
from sim.model.state import State
from sim.model.theory.landscape import landscape, sides
from sim.validation.studies.patterns.estimation import median
from sim.validation.studies.patterns.simulated import Mask, Numbers

MOST = 40
"""Numbers of stable alignments told apart; the last stands for all higher ones."""
MINIMA = slice(0, MOST)
TOGETHER, BASIN, LOOKS = MOST, MOST + 1, MOST + 2
"""Columns of what `look` returns."""


def look(state: State, camps: Sequence[Sequence[str]]) -> Numbers:
    """Return how a world's actors part into two camps now, (world, LOOKS + 1).

    Columns: one for each number of stable alignments; whether all of `camps` hold together in the
    deepest alignment; the share of alignments from which that is reached; and one look.
    """
    found = landscape(propensities(state), state.capability)
    side = sides(len(state.codes))[found.deepest].T
    number = np.minimum(found.stable.sum(axis=0), MOST - 1)
    ones = np.ones(state.count)
    holds = np.all([_one_side(side, state.codes, camp) for camp in camps], axis=0)
    figures = (holds, found.share_of_deepest, ones)
    counts = np.eye(MOST)[number]
    return np.concatenate([counts, np.stack(figures, axis=1)], axis=1, dtype=np.float64)


def _one_side(side: Mask, codes: list[str], camp: Sequence[str]) -> Mask:
    members = side[[codes.index(code) for code in camp]]
    return np.asarray((members == members[0]).all(axis=0))


def usual_number(sums: Numbers) -> float:
    """Return the median number of stable alignments."""
    return median(sums[MINIMA])


def held_together(sums: Numbers) -> float:
    """Return in what share of looks the camps held together."""
    return float(sums[TOGETHER] / sums[LOOKS])


def basin(sums: Numbers) -> float:
    """Return the mean share of alignments from which the deepest is reached."""
    return float(sums[BASIN] / sums[LOOKS])
