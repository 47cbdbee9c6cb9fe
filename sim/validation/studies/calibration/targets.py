"""What is held against the model: base rates known before the opening day."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from sim.model.theory.quantal_response import log_odds
from sim.validation.studies.calibration.parameter_sample import ParameterSample, TriangularRange
from sim.validation.studies.patterns.simulated import FloatArray, SimulatedEnsemble

_Z_95 = 1.96
"""Standard errors to either end of a 95 % interval."""
EQUAL_LOSS_MARGIN = 1.96**2 / 4
"""Losses no further apart than this are alike at 95 %, a range being about two standard errors to
either side: then four times the loss is chi-squared."""


@dataclass(frozen=True)
class Target:
    """One base rate.

    Attributes:
        code: of the pattern.
        description: what is measured.
        low, centre, high: what was observed, and the range that is to be met.
        ensemble: in which ensemble it is measured.
        count: events and opportunities in each world, (world, 2).
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

        Distances are of log-odds, since rates of a hundredth and of a half are both looked at.
        """
        off = _scalar_log_odds(value) - _scalar_log_odds(self.centre)
        edge = self.high if off > 0 else self.low
        return float((off / (_scalar_log_odds(edge) - _scalar_log_odds(self.centre))) ** 2)

    def excludes(self, value: float, half_width: float) -> bool:
        """Whether an interval, so far to both sides of a value, lies outside the range."""
        return value + half_width < self.low or value - half_width > self.high


@dataclass(frozen=True)
class CandidateScore:
    """How a candidate fares: the value of every target with its standard error, in their order."""

    candidate: Mapping[str, TriangularRange]
    targets: tuple[Target, ...]
    estimates: tuple[float, ...]
    standard_errors: tuple[float, ...]

    @property
    def loss(self) -> float:
        """The sum of losses."""
        return sum(
            each.loss(value) for each, value in zip(self.targets, self.estimates, strict=True)
        )

    @property
    def missed_targets(self) -> tuple[str, ...]:
        """Codes of the targets that speak against it: their 95 % interval misses the range."""
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
    """Return how a candidate fares; `counts_by_target` holds the counts of each target, by its code."""
    figures = []
    for target in targets:
        weights = [each.importance_weights(candidate) for each in samples[target.ensemble]]
        weighed = zip(weights, counts_by_target[target.code], strict=True)
        figures.append(
            _estimate_ratio(np.concatenate([w[:, None] * counts for w, counts in weighed]))
        )
    values, errors = zip(*figures, strict=True)
    return CandidateScore(candidate, tuple(targets), values, errors)


def choose_candidate(prior: CandidateScore, others: Sequence[CandidateScore]) -> CandidateScore:
    """Return what is moved least of what the targets allow.

    The prior stays unless fewer targets speak against others. Of those against which the fewest do,
    all whose loss lies within `EQUAL_LOSS_MARGIN` of the lowest count as equally good, and the one nearest to
    the prior is taken: a calibration moves a number as far as it has to, and no further.
    """
    fewest = min((len(each.missed_targets) for each in others), default=len(prior.missed_targets))
    if len(prior.missed_targets) <= fewest:
        return prior
    best = [each for each in others if len(each.missed_targets) == fewest]
    lowest = min(each.loss for each in best)
    alike = [each for each in best if each.loss <= lowest + EQUAL_LOSS_MARGIN]
    return min(alike, key=lambda each: _distance_from_prior(prior.candidate, each.candidate))


def _distance_from_prior(
    prior: Mapping[str, TriangularRange], candidate: Mapping[str, TriangularRange]
) -> float:
    """Return how far a candidate lies from the prior, in widths of the prior's ranges."""
    return sum(
        abs(new - old) / (prior[key][2] - prior[key][0])
        for key, range_ in candidate.items()
        for new, old in zip(range_, prior[key], strict=True)
    )


def _estimate_ratio(counts: FloatArray) -> tuple[float, float]:
    """Return events per opportunity over worlds, (world, 2), and its standard error."""
    events, chances = counts.sum(axis=0)
    share = events / chances
    off = counts[:, 0] - share * counts[:, 1]
    return float(share), float(np.sqrt((off**2).sum()) / chances)


def _scalar_log_odds(value: float) -> float:
    return float(log_odds(np.array([value]))[0])
