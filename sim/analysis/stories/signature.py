"""Why a treaty was signed or left: the chance of the month decomposed against the measured rate.

The record gives the rate of such pairs, or of such treaties. What shifts it in this case, in
log-odds of a year, is added consideration by consideration, in every order
(`sim.statistics.shapley`). The draw adds the rest.
"""

from __future__ import annotations

import numpy as np
from scipy.special import expit

from sim.analysis.stories.promise import PromiseExplanation
from sim.analysis.stories.replay import Choice, WorldRecord
from sim.statistics.arrays import Vector
from sim.statistics.shapley import all_subsets, shapley_values

ACTS = ("conclude", "leave")
"""The decisions by which treaties are signed and left."""
_FIXED = ("record", "own_share")
"""The terms of the reference: the measured rate, and the party's share in it."""
_REFERENCE = {
    "conclude": "the measured rate of such pacts between such pairs",
    "leave": "the measured rate at which such treaties are left, all else equal to zero",
}


def list_acts(record: WorldRecord) -> list[Choice]:
    """Return the decisions of a world by which a treaty was signed or left, in order."""
    return [choice for choice in record.choices if choice.key.what in ACTS and choice.level > 0]


def split_act(record: WorldRecord, choice: Choice) -> PromiseExplanation:
    """Return the chance in its month of an act on a treaty, decomposed against the record."""
    fixed = sum(choice.terms.get(name, 0.0) for name in _FIXED if name != "own_share")
    moving = [name for name in choice.terms if name not in _FIXED]
    terms = np.array([choice.terms[name] for name in moving])
    yearly = fixed + np.where(all_subsets(len(moving)), terms, 0.0).sum(axis=1)
    chances = _monthly(yearly, choice.chances[0])
    shares = dict(zip(moving, shapley_values(chances).tolist(), strict=True))
    reference, chance = float(chances[0]), float(chances[-1])
    return PromiseExplanation(
        record, choice, _REFERENCE[choice.key.what], reference, chance, shares
    )


def _monthly(yearly: Vector, actual: float) -> Vector:
    """Return chances a month for log-odds of a year, of which the last had the `actual` chance.

    The two determine the part of a year for which the chance holds: a month, or a party's share.
    """
    stays = np.log1p(-np.minimum(expit(yearly), 1 - 1e-12))
    chances: Vector = -np.expm1(np.log1p(-actual) * stays / stays[-1])
    return chances
