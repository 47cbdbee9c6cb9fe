"""The record from which the mutual-defence rule starts: one anchor for each class of ally.

Classes differ by what an ally owes in the war at hand, or by its standing if it owes
nothing. An anchor holds the measured rate of open war of a class and the means of the circumstances
in which it was measured.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from sim.model.arrays import Mask, Vector, total
from sim.model.randomness.parameters import SampledGroup

_MAX_EXPONENT = 600.0
"""Log-odds below the negative of this give the same probability in floating point."""

MEASURED = "own_quarrel", "joint_dispute", "worth", "nuclear", "busy"
"""The considerations whose means in the record are known."""

AidChances = tuple[Vector, Vector, Vector]
"""Chances of at least materiel, at least troops, and open war; each (world,)."""
AidTable = Vector
"""The same three as a table, (level, ...)."""


class Anchor:
    """How often allies of one class answered in the record, and in which circumstances.

    Its numbers are rows of one table, since they are blended and chosen together.

    Attributes:
        open_war: log-odds of open war within twelve months, at the means, (world,).
        troops: by how much troops or more are likelier, in log-odds, (world,).
        any_aid: by how much any aid is likelier, in log-odds, (world,).
        at_zero: log-odds of open war where every consideration is 0, (world,).
        means: means of the considerations that were measured, by their names, (world,) each.
    """

    def __init__(self, table: NDArray[np.float64]) -> None:
        """Build an anchor of its table, (number, world): the attributes in the order above."""
        self._table = table
        self.open_war, self.troops, self.any_aid, self.at_zero = table[:4]

    @property
    def means(self) -> dict[str, Vector]:
        """Means of the considerations that were measured, by their names, (world,) each."""
        return dict(zip(MEASURED, self._table[4:], strict=True))

    @cached_property
    def odds_divisors(self) -> tuple[Vector, Vector, float]:
        """What the odds against open war are multiplied by: against any aid, troops, open war."""
        return np.exp(-self.any_aid), np.exp(-self.troops), 1.0

    @cached_property
    def thresholds(self) -> Vector:
        """Log-odds of open war at zero, and divisors against any aid and troops, (3, world)."""
        return np.array([self.at_zero, *self.odds_divisors[:2]])

    def aid_chances(self, willing: Vector) -> AidChances:
        """Return the chance of at least materiel, at least troops, and open war, (world,) each.

        Ordered logit (McKelvey and Zavoina 1975): levels are thresholds on one willingness. All
        three share one exponential.
        """
        return ordered_chances(willing, self.odds_divisors)

    def raised_to(self, weaker: Anchor) -> Anchor:
        """Return the anchor with lesser aid at least as likely as from an ally that owes less."""
        gap, raised = weaker.at_zero - self.at_zero, self._table.copy()
        raised[1] = np.maximum(self.troops, gap + weaker.troops)
        raised[2] = np.maximum(self.any_aid, gap + weaker.any_aid)
        return Anchor(raised)

    def blended(self, share: Vector, without: Anchor) -> Anchor:
        """Return the anchor of an ally bound in part: `share` of the way from `without`.

        Where it is bound in full that is this anchor to the last bit, so that a world's anchor does
        not depend on the other worlds of its block.
        """
        own, other = self._table, without._table
        return Anchor(np.where(share == 1, own, other + share * (own - other)))

    def where(self, mask: Mask, other: Anchor) -> Anchor:
        """Return this anchor in the worlds of `mask`, and `other` elsewhere."""
        if (held := np.count_nonzero(mask)) in (0, mask.size):
            return self if held else other
        return Anchor(np.where(mask, self._table, other._table))


def ordered_chances(willing: Vector, odds_divisors: Sequence[Vector | float]) -> AidChances:
    """Return the chances of aid, given the log-odds of open war and the divisors of its odds."""
    against = _odds_against(willing)
    materiel, troops, war = (1 / (1 + against * divisor) for divisor in odds_divisors)
    return materiel, troops, war


def tabled_chances(willing: Vector, odds_divisors: Vector) -> AidTable:
    """Return the same chances as a table, given the divisors as a table, (level, ...)."""
    chances: AidTable = 1 / (1 + _odds_against(willing) * odds_divisors)
    return chances


def _odds_against(willing: Vector) -> Vector:
    odds: Vector = np.exp(np.minimum(np.negative(willing), _MAX_EXPONENT))
    return odds


def measured_weights(rules: SampledGroup) -> dict[str, Vector]:
    """Return the weight of each consideration whose mean in the record is known, (world,) each."""
    return {
        "own_quarrel": rules.own_quarrel,
        "joint_dispute": rules.joint_dispute,
        "worth": rules.worth,
        "nuclear": -rules.nuclear,
        "busy": -rules.busy,
    }


def build_anchor(record: SampledGroup, rules: SampledGroup) -> Anchor:
    """Return the anchor of one class, from its record and the weights of the rule."""
    means = {
        "own_quarrel": record.own_quarrels,
        "joint_dispute": record.joint_disputes,
        "worth": record.worth,
        "nuclear": record.nuclear_opponent,
        "busy": record.other_war,
    }
    at_means = total(weight * means[name] for name, weight in measured_weights(rules).items())
    any_aid, at_zero = record.troops + record.materiel, record.open_war - at_means
    numbers = record.open_war, record.troops, any_aid, at_zero
    return Anchor(np.stack([*numbers, *(means[name] for name in MEASURED)]))
