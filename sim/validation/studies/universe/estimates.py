"""Estimates the mutual-defence rule from the record and from published rates.

The rule is a level for each era and class, its anchor, and slopes of a few facts that are counted
from their mean in the class: at these means the rule's chance is the anchor's.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from scipy.special import expit

from sim.errors import RequestError
from sim.statistics.arrays import Vector
from sim.statistics.intervals import Interval
from sim.validation.studies.universe.published_rates import (
    JOINING_RATES,
    Rate,
    remaining_honour_counts,
)
from sim.validation.studies.universe.record import (
    CELLS,
    DUE_CLASSES,
    FACTS,
    Cell,
    Record,
    RecordedAnswer,
)
from sim.validation.studies.universe.regression import fit_regression

_Z = 1.96
_PUBLISHED_WEIGHT = 0.5
"""Of published rates of joining: two codings of the same wars, not two samples."""


@dataclass(frozen=True)
class RuleEstimates:
    """The rule as estimated.

    Attributes:
        anchors: log-odds of open war at the means, with range, by era and class.
        means: mean of each of `FACTS` in the class, (fact,), by era and class.
        slopes: change in log-odds for a unit of each of `FACTS`, (fact,).
    """

    anchors: Mapping[Cell, Interval]
    means: Mapping[Cell, Vector]
    slopes: Vector = field(repr=False)

    def log_odds(self, record: Record, era: str = "") -> Vector:
        """Return the log-odds of open war of each answer, (answer,).

        Args:
            record: the answers.
            era: the era whose classes are used; by default that of each answer.

        Raises:
            RequestError: nothing was recorded of a class.
        """
        cells = [(era or own, commitment) for own, commitment in record.cells]
        if unknown := sorted({*cells} - {*self.anchors}):
            raise RequestError(f"{'.'.join(unknown[0])}: has no anchor; no source has a case of it")
        anchors = np.array([self.anchors[cell].value for cell in cells])
        means = np.array([self.means[cell] for cell in cells])
        return np.asarray(anchors + (record.facts - means) @ self.slopes)

    def chances(self, record: Record, era: str = "") -> Vector:
        """Return the chance of open war of each answer, (answer,)."""
        return np.asarray(expit(self.log_odds(record, era)))


def estimate_rule(
    record: Record | Sequence[RecordedAnswer], leave_out: Collection[int] = ()
) -> RuleEstimates:
    """Estimate anchors, means and slopes.

    Args:
        record: all answers.
        leave_out: wars, by number, of which no source may say anything. Published rates of joining
            cannot be split by war; they are then not used at all.

    Raises:
        RequestError: what the regression needs is not installed, or no answer remains.
    """
    whole = record if isinstance(record, Record) else Record(tuple(record))
    used = whole.without(leave_out) if leave_out else whole
    if not used.joined.any():
        raise RequestError("nobody joined a war in what remains of the record")
    anchors = estimate_anchors(whole, leave_out)
    coefficients = fit_regression(used).coefficients
    slopes = np.array([coefficients[fact] for fact in FACTS])
    return RuleEstimates(anchors, _estimate_means(used), slopes)


def _estimate_means(record: Record) -> dict[Cell, Vector]:
    """Return the mean of each of `FACTS`, (fact,), by era and class.

    Those to whom aid was due have one mean in an era, whatever the number of parties: fifteen
    answers under treaties of two are too few for means of their own, and the published rate beside
    them was measured in circumstances that nobody counted.
    """
    by_cell = group_by_cell(record)
    due = {
        era: np.concatenate([by_cell[cell].facts for cell in by_cell if _is_due(cell, era)])
        for era in {era for era, commitment in by_cell if commitment in DUE_CLASSES}
    }
    return {
        (era, commitment): (due[era] if commitment in DUE_CLASSES else rows.facts).mean(axis=0)
        for (era, commitment), rows in by_cell.items()
    }


def _is_due(cell: Cell, era: str) -> bool:
    return cell[0] == era and cell[1] in DUE_CLASSES


def estimate_anchors(
    record: Record, leave_out: Collection[int] = (), *, published: bool = True
) -> dict[Cell, Interval]:
    """Return the anchors with their ranges, by era and class.

    Args:
        record: all answers.
        leave_out: wars of which no source may say anything, as for `estimate_rule`.
        published: use published rates beside the record.
    """
    honour = remaining_honour_counts(record, leave_out) if published else {}
    joining = JOINING_RATES if published and not leave_out else {}
    return {
        cell: _combine(
            Rate.from_counts(float(rows.joined.sum()), len(rows.rows)),
            honour[cell].rate if cell in honour else None,
            joining.get(cell),
        )
        for cell, rows in group_by_cell(record.without(leave_out)).items()
    }


def count_cells(record: Record) -> dict[Cell, tuple[int, int]]:
    """Return how many joined, and of how many, by era and class."""
    return {
        cell: (int(rows.joined.sum()), len(rows.rows))
        for cell, rows in group_by_cell(record).items()
    }


def group_by_cell(record: Record) -> dict[Cell, Record]:
    """Return the answers that bear on anchors and means, by era and class."""
    masks = ((cell, place == record.cell_index) for place, cell in enumerate(CELLS))
    counted = ((cell, mask & record.counts_for_class) for cell, mask in masks)
    return {cell: record.take(mask) for cell, mask in counted if mask.any()}


def _combine(own: Rate, honoured: Rate | None, joining: Rate | None) -> Interval:
    """Return the anchor; aid due by inverse variance, onlookers half and half."""
    if honoured:
        weights = np.array([1 / own.variance, 1 / honoured.variance])
        return weighted_anchor((own, honoured), weights / weights.sum())
    if joining:
        weights = np.array([1 - _PUBLISHED_WEIGHT, _PUBLISHED_WEIGHT])
        return weighted_anchor((own, joining), weights)
    return weighted_anchor((own,), np.ones(1))


def weighted_anchor(rates: Sequence[Rate], weights: Vector) -> Interval:
    """Return the weighted mean in log-odds; its range spans every source and its own 95%."""
    levels = np.array([rate.log_odds for rate in rates])
    value = float(weights @ levels)
    margin = _Z * float(np.sqrt(weights**2 @ np.array([rate.variance for rate in rates])))
    low, high = min(value - margin, *levels), max(value + margin, *levels)
    return Interval(value, float(low), float(high))
