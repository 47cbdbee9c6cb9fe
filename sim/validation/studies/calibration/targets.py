"""Targets of the calibration: base rates known before the opening day."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from sim.model.theory.quantal_response import log_odds
from sim.statistics.arrays import FloatArray
from sim.validation.studies.calibration.parameter_sample import ParameterSample, TriangularRange
from sim.validation.studies.patterns.simulated import SimulatedEnsemble

_Z_95 = 1.96
"""Standard errors to either end of a 95% interval."""
EQUAL_LOSS_MARGIN = 1.96**2 / 4
"""Losses that differ by less are equal at 95%: a range is about two standard errors to either side,
so four times the loss is chi-squared."""


@dataclass(frozen=True)
class Target:
    """One base rate.

    Attributes:
        code: the code of the pattern.
        description: what is measured.
        low: lower end of the range.
        centre: the observed rate.
        high: upper end of the range.
        ensemble: the ensemble in which it is measured.
        count: returns events and opportunities in each world, (world, 2).
    """

    code: str
    description: str
    low: float
    centre: float
    high: float
    ensemble: str
    count: Callable[[SimulatedEnsemble], FloatArray]

    def loss(self, value: float) -> float:
        """Return the squared distance from the centre, 1 at the edge of the range.

        Distances are of log-odds, because rates range from a hundredth to a half.
        """
        distance = _scalar_log_odds(value) - _scalar_log_odds(self.centre)
        edge = self.high if distance > 0 else self.low
        return float((distance / (_scalar_log_odds(edge) - _scalar_log_odds(self.centre))) ** 2)

    def excludes(self, value: float, half_width: float) -> bool:
        """Return whether an interval around a value lies outside the range."""
        return value + half_width < self.low or value - half_width > self.high


@dataclass(frozen=True)
class CandidateScore:
    """The score of a candidate: estimates of all targets with standard errors, in their order."""

    candidate: Mapping[str, TriangularRange]
    targets: tuple[Target, ...]
    estimates: tuple[float, ...]
    standard_errors: tuple[float, ...]

    @property
    def loss(self) -> float:
        """The sum of losses."""
        return sum(
            target.loss(value) for target, value in zip(self.targets, self.estimates, strict=True)
        )

    @property
    def missed_targets(self) -> tuple[str, ...]:
        """Codes of the targets it misses: their 95% interval lies outside the range."""
        figures = zip(self.targets, self.estimates, self.standard_errors, strict=True)
        return tuple(
            target.code for target, value, error in figures if target.excludes(value, _Z_95 * error)
        )


def score_candidate(
    candidate: Mapping[str, TriangularRange],
    targets: Sequence[Target],
    samples: Mapping[str, Sequence[ParameterSample]],
    counts_by_target: Mapping[str, Sequence[FloatArray]],
) -> CandidateScore:
    """Return the score of a candidate; `counts_by_target` has the counts by code of the target."""
    figures = []
    for target in targets:
        weights = [sample.importance_weights(candidate) for sample in samples[target.ensemble]]
        weighed = zip(weights, counts_by_target[target.code], strict=True)
        figures.append(
            _estimate_ratio(np.concatenate([w[:, None] * counts for w, counts in weighed]))
        )
    values, errors = zip(*figures, strict=True)
    return CandidateScore(candidate, tuple(targets), values, errors)


def choose_candidate(prior: CandidateScore, others: Sequence[CandidateScore]) -> CandidateScore:
    """Return the candidate nearest to the prior among the best.

    The prior stays unless another candidate misses fewer targets. Of those that miss fewest, all
    whose loss is within `EQUAL_LOSS_MARGIN` of the lowest are equally good, and the one nearest to
    the prior is chosen: a calibration changes a number no more than necessary.
    """
    fewest = min((len(other.missed_targets) for other in others), default=len(prior.missed_targets))
    if len(prior.missed_targets) <= fewest:
        return prior
    best = [other for other in others if len(other.missed_targets) == fewest]
    lowest = min(score.loss for score in best)
    equal = [score for score in best if score.loss <= lowest + EQUAL_LOSS_MARGIN]
    return min(equal, key=lambda score: _distance_from_prior(prior.candidate, score.candidate))


def _distance_from_prior(
    prior: Mapping[str, TriangularRange], candidate: Mapping[str, TriangularRange]
) -> float:
    """Return the distance of a candidate from the prior, in widths of the prior's ranges."""
    return sum(
        abs(new - old) / (prior[key][2] - prior[key][0])
        for key, range_ in candidate.items()
        for new, old in zip(range_, prior[key], strict=True)
    )


def _estimate_ratio(counts: FloatArray) -> tuple[float, float]:
    """Return events per opportunity over worlds, (world, 2), and its standard error."""
    events, chances = counts.sum(axis=0)
    share = events / chances
    residuals = counts[:, 0] - share * counts[:, 1]
    return float(share), float(np.sqrt((residuals**2).sum()) / chances)


def _scalar_log_odds(value: float) -> float:
    return float(log_odds(np.array([value]))[0])
