"""The record from which the mutual-defence rule starts: one anchor for each class of ally.

Classes differ by what an ally owes in the war at hand, or by its standing if it owes
nothing. An anchor holds the measured rate of open war of a class and the means of the circumstances
in which it was measured.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from sim.model.arrays import Mask, Vector, any_world, total
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
        table: all its numbers, (number, world): the attributes below in their order.
        at_zero: log-odds of open war where every consideration is 0, (world,).
        any_aid: by how much any aid is likelier, in log-odds, (world,).
        troops: by how much troops or more are likelier, in log-odds, (world,).
        open_war: log-odds of open war within twelve months, at the means, (world,).
        means: means of the considerations that were measured, by their names, (world,) each.
    """

    def __init__(self, table: NDArray[np.float64]) -> None:
        """Build an anchor of its table, (number, world)."""
        self.table = table
        self.at_zero, self.any_aid, self.troops, self.open_war = table[:4]

    @property
    def means(self) -> dict[str, Vector]:
        """Means of the considerations that were measured, by their names, (world,) each."""
        return dict(zip(MEASURED, self.table[4:], strict=True))

    @property
    def chances_at_zero(self) -> Vector:
        """What the chances of aid rest on, (3, world): the first numbers of the table."""
        return self.table[:3]

    @cached_property
    def odds_divisors(self) -> tuple[Vector, Vector, float]:
        """What the odds against open war are multiplied by: against any aid, troops, open war."""
        any_aid, troops = odds_divisors(self.table[1:3])
        return any_aid, troops, 1.0

    def aid_chances(self, willing: Vector) -> AidChances:
        """Return the chance of at least materiel, at least troops, and open war, (world,) each.

        Ordered logit (McKelvey and Zavoina 1975): levels are thresholds on one willingness. All
        three share one exponential.
        """
        return ordered_chances(willing, self.odds_divisors)

    def raised_to(self, weaker: Anchor) -> Anchor:
        """Return the anchor with lesser aid at least as likely as from an ally that owes less."""
        gap, raised = weaker.at_zero - self.at_zero, self.table.copy()
        raised[1] = np.maximum(self.any_aid, gap + weaker.any_aid)
        raised[2] = np.maximum(self.troops, gap + weaker.troops)
        return Anchor(raised)

    def where(self, mask: Mask, other: Anchor) -> Anchor:
        """Return this anchor in the worlds of `mask`, and `other` elsewhere."""
        if (held := np.count_nonzero(mask)) in (0, mask.size):
            return self if held else other
        return Anchor(np.where(mask, self.table, other.table))


def strongest_promise(standing: Vector, promises: Iterable[tuple[Vector, Vector]]) -> Vector:
    """Return the record of the strongest promise that binds, or else of the ally's standing.

    The promise counts whose record of open war is the highest; of two alike, the one that binds
    further. A promise that binds in part counts for that part of the way from the standing; one
    that binds in full is its record to the last bit, so that a place does not depend on others.

    Args:
        standing: the record of an ally that promised nothing, (number, place), in the order of
            `Anchor.table`; with as many of its numbers as are needed.
        promises: of each promise how far it binds, (place,), 0 to 1, and its record likewise.
    """
    strongest, level, share = standing.copy(), *_no_promise(standing[0])
    for bound, record in promises:
        stronger = (record[0] > level) | ((record[0] == level) & (bound > share))
        stronger &= bound > 0
        in_part = stronger & (bound < 1)
        np.copyto(strongest, record, where=stronger)
        if any_world(in_part):
            np.copyto(strongest, standing + bound * (record - standing), where=in_part)
        np.copyto(level, record[0], where=stronger)
        np.copyto(share, bound, where=stronger)
    return strongest


def _no_promise(standing: Vector) -> tuple[Vector, Vector]:
    """Return the level below that of any promise, and how far it binds: not at all."""
    return np.full_like(standing, -np.inf), np.zeros_like(standing)


def odds_divisors(likelier: Vector) -> Vector:
    """Return what the odds are divided by against aid that is likelier by so much, in log-odds."""
    divisors: Vector = np.exp(np.negative(likelier))
    return divisors


def ordered_chances(willing: Vector, odds_divisors: Sequence[Vector | float]) -> AidChances:
    """Return the chances of aid, given the log-odds of open war and the divisors of its odds."""
    against = odds_against(willing)
    materiel, troops, war = (1 / (1 + against * divisor) for divisor in odds_divisors)
    return materiel, troops, war


def tabled_chances(willing: Vector, odds_divisors: Vector) -> AidTable:
    """Return the same chances as a table, given the divisors as a table, (level, ...)."""
    against: AidTable = odds_against(willing) * odds_divisors
    against += 1
    return np.divide(1, against, out=against)  # the tables are large: no further one is made


def odds_against(willing: Vector) -> Vector:
    """Return the odds against open war, given its log-odds."""
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
    numbers = at_zero, any_aid, record.troops, record.open_war
    return Anchor(np.stack([*numbers, *(means[name] for name in MEASURED)]))
