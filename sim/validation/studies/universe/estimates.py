"""Estimates the mutual-defence rule from the record and from published rates.

The rule is a level for each era and class, its anchor, and slopes of a few facts that are counted
from their mean in the class: at these means the rule's chance is the anchor's.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
from scipy.special import expit

from sim.errors import RequestError
from sim.extras import check_installed
from sim.statistics.arrays import FloatArray, Vector
from sim.statistics.intervals import Interval
from sim.validation.studies.universe.published_rates import (
    JOINING_RATES,
    Rate,
    remaining_honour_counts,
)
from sim.validation.studies.universe.record import FACTS, Record, RecordedAnswer

if TYPE_CHECKING:
    from sklearn.linear_model import LogisticRegression

TERMS = ("due", "not_due", "consultation", "since_1946", "more_parties", *FACTS)
"""Terms of the regression; only the slopes of the facts enter the rule."""
_PENALTY = 0.3
"""Inverse strength of the ridge on standardised terms; fixed before anything was scored."""
_Z = 1.96
_PUBLISHED_WEIGHT = 0.5
"""Of published rates of joining: two codings of the same wars, not two samples."""
Cell = tuple[str, str]
"""An era and a class."""


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
    counts = remaining_honour_counts(whole, leave_out)
    rates = {} if leave_out else JOINING_RATES
    by_cell = group_by_cell(used)
    anchors = {
        cell: _combine(cell, _own_rate(rows), counts[cell].rate if cell in counts else None, rates)
        for cell, rows in by_cell.items()
    }
    means = {cell: rows.facts.mean(axis=0) for cell, rows in by_cell.items()}
    coefficients = fit_coefficients(used)
    return RuleEstimates(anchors, means, np.array([coefficients[fact] for fact in FACTS]))


def count_cells(record: Record) -> dict[Cell, tuple[int, int]]:
    """Return how many joined, and of how many, by era and class."""
    return {
        cell: (int(rows.joined.sum()), len(rows.rows))
        for cell, rows in group_by_cell(record).items()
    }


def group_by_cell(record: Record) -> dict[Cell, Record]:
    """Return the answers that bear on anchors and means, by era and class."""
    cells: dict[Cell, list[RecordedAnswer]] = {}
    for row, cell in zip(record.rows, record.cells, strict=True):
        if row.bears_on_anchors:
            cells.setdefault(cell, []).append(row)
    return {cell: Record(tuple(rows)) for cell, rows in cells.items()}


def _own_rate(record: Record) -> Rate:
    return Rate.from_counts(float(record.joined.sum()), len(record.rows))


def _combine(
    cell: Cell, own: Rate, honoured: Rate | None, joining: Mapping[Cell, Rate]
) -> Interval:
    """Return the anchor; aid due by inverse variance, onlookers half and half."""
    if honoured:
        weights = np.array([1 / own.variance, 1 / honoured.variance])
        return weighted_anchor((own, honoured), weights / weights.sum())
    if cell in joining:
        weights = np.array([1 - _PUBLISHED_WEIGHT, _PUBLISHED_WEIGHT])
        return weighted_anchor((own, joining[cell]), weights)
    return weighted_anchor((own,), np.ones(1))


def weighted_anchor(rates: Sequence[Rate], weights: Vector) -> Interval:
    """Return the weighted mean in log-odds; its range spans every source and its own 95%."""
    levels = np.array([rate.log_odds for rate in rates])
    value = float(weights @ levels)
    margin = _Z * float(np.sqrt(weights**2 @ np.array([rate.variance for rate in rates])))
    low, high = min(value - margin, *levels), max(value + margin, *levels)
    return Interval(value, float(low), float(high))


def regression_terms(record: Record) -> FloatArray:
    """Return the terms of the regression, (answer, term), in the order of `TERMS`."""
    promises = np.array([_promise_terms(row) for row in record.rows], dtype=float)
    return np.hstack([promises, record.facts])


def _promise_terms(row: RecordedAnswer) -> tuple[bool, ...]:
    kinds = (row.obligation == kind for kind in TERMS[:3])
    return (*kinds, row.era == "since_1946", row.parties == "more")


def fit_coefficients(record: Record, weights: Vector | None = None) -> dict[str, float]:
    """Return the coefficients of a penalised logit of joining, by term, in log-odds a unit.

    Terms are standardised and the ridge has a fixed strength; nothing is selected.

    Args:
        record: the answers.
        weights: weight of each answer, (answer,); by default all are equal.

    Raises:
        RequestError: what the regression needs is not installed.
    """
    terms = regression_terms(record)
    centre = np.average(terms, axis=0, weights=weights)
    spread = np.sqrt(np.average((terms - centre) ** 2, axis=0, weights=weights))
    spread[spread == 0] = 1.0
    fitted = _fit_ridge((terms - centre) / spread, record.joined, weights)
    return dict(zip(TERMS, (fitted.coef_[0] / spread).tolist(), strict=True))


def fit_forecast(fitted_on: Record, record: Record) -> Vector:
    """Return the chances of a regression on some answers for others, (answer,)."""
    terms, others = regression_terms(fitted_on), regression_terms(record)
    centre, spread = terms.mean(axis=0), terms.std(axis=0)
    spread[spread == 0] = 1.0
    fitted = _fit_ridge((terms - centre) / spread, fitted_on.joined, None)
    return np.asarray(fitted.predict_proba((others - centre) / spread)[:, 1])


def _fit_ridge(terms: FloatArray, joined: Vector, weights: Vector | None) -> LogisticRegression:
    check_installed("analysis", "sklearn")
    from sklearn.linear_model import LogisticRegression  # noqa: PLC0415  takes a while to load

    return LogisticRegression(C=_PENALTY, solver="newton-cholesky").fit(terms, joined, weights)
