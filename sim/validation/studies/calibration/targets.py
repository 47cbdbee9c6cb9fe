"""What is held against the model: base rates known before the opening day."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from sim.model.theory.quantal_response import log_odds
from sim.validation.studies.calibration.parameter_sample import Range, Spread
from sim.validation.studies.patterns.simulated import Lived, Numbers

_Z = 1.96
"""Standard errors to either end of a 95 % interval."""
ALIKE = 1.96**2 / 4
"""Losses no further apart than this are alike at 95 %, a range being about two standard errors to
either side: then four times the loss is chi-squared."""


@dataclass(frozen=True)
class Target:
    """One base rate.

    Attributes:
        code: of the pattern.
        says: what is measured.
        low, centre, high: what was observed, and the range that is to be met.
        worlds: in which ensemble it is measured.
        counts: events and opportunities in each world, (world, 2).
    """

    code: str
    says: str
    low: float
    centre: float
    high: float
    worlds: str
    counts: Callable[[Lived], Numbers]

    def loss(self, value: float) -> float:
        """Return the squared distance from the centre, 1 at the edge of the range.

        Distances are of log-odds, since rates of a hundredth and of a half are both looked at.
        """
        off = _logit(value) - _logit(self.centre)
        edge = self.high if off > 0 else self.low
        return float((off / (_logit(edge) - _logit(self.centre))) ** 2)

    def misses(self, value: float, half: float) -> bool:
        """Whether an interval, so far to both sides of a value, lies outside the range."""
        return value + half < self.low or value - half > self.high


@dataclass(frozen=True)
class Score:
    """How a candidate fares: the value of every target with its standard error, in their order."""

    candidate: Mapping[str, Range]
    targets: tuple[Target, ...]
    values: tuple[float, ...]
    errors: tuple[float, ...]

    @property
    def loss(self) -> float:
        """The sum of losses."""
        return sum(each.loss(value) for each, value in zip(self.targets, self.values, strict=True))

    @property
    def against(self) -> tuple[str, ...]:
        """Codes of the targets that speak against it: their 95 % interval misses the range."""
        figures = zip(self.targets, self.values, self.errors, strict=True)
        return tuple(
            target.code for target, value, error in figures if target.misses(value, _Z * error)
        )


def score(
    candidate: Mapping[str, Range],
    targets: Sequence[Target],
    ensembles: Mapping[str, Sequence[Spread]],
    counted: Mapping[str, Sequence[Numbers]],
) -> Score:
    """Return how a candidate fares; `counted` holds the counts of each target, by its code."""
    figures = []
    for target in targets:
        weights = [each.weights(candidate) for each in ensembles[target.worlds]]
        weighed = zip(weights, counted[target.code], strict=True)
        figures.append(_ratio(np.concatenate([w[:, None] * counts for w, counts in weighed])))
    values, errors = zip(*figures, strict=True)
    return Score(candidate, tuple(targets), values, errors)


def chosen(prior: Score, others: Sequence[Score]) -> Score:
    """Return what is moved least of what the targets allow.

    The prior stays unless fewer targets speak against others. Of those against which the fewest do,
    all whose loss lies within `ALIKE` of the lowest count as equally good, and the one nearest to
    the prior is taken: a calibration moves a number as far as it has to, and no further.
    """
    fewest = min((len(each.against) for each in others), default=len(prior.against))
    if len(prior.against) <= fewest:
        return prior
    best = [each for each in others if len(each.against) == fewest]
    lowest = min(each.loss for each in best)
    alike = [each for each in best if each.loss <= lowest + ALIKE]
    return min(alike, key=lambda each: _moved(prior.candidate, each.candidate))


def _moved(prior: Mapping[str, Range], candidate: Mapping[str, Range]) -> float:
    """Return how far a candidate lies from the prior, in widths of the prior's ranges."""
    return sum(
        abs(new - old) / (prior[key][2] - prior[key][0])
        for key, range_ in candidate.items()
        for new, old in zip(range_, prior[key], strict=True)
    )


def _ratio(counts: Numbers) -> tuple[float, float]:
    """Return events per opportunity over worlds, (world, 2), and its standard error."""
    events, chances = counts.sum(axis=0)
    share = events / chances
    off = counts[:, 0] - share * counts[:, 1]
    return float(share), float(np.sqrt((off**2).sum()) / chances)


def _logit(value: float) -> float:
    return float(log_odds(np.array([value]))[0])
