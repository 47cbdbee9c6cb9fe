"""How far pairs differ, and how much an old year still says: two fits by maximum likelihood.

What a pair did in the later period is predicted from all pairs and from what it did in the earlier
one, of which every dispute and every year counts only a fraction `weight` (the power prior of
Ibrahim and Chen 2000, Statistical Science 15:46). Weight and prior maximise the likelihood of the
record in the order in which it came about (Dawid 1984, JRSS A 147:278): the earlier period given
the prior, then the later one given both. A weight of 1 says that nothing changed between the
periods, 0 that the earlier one no longer tells the pairs apart.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import OptimizeResult, minimize
from scipy.special import chdtri, gammaln, xlog1py, xlogy

from sim.statistics.arrays import FloatArray
from sim.statistics.intervals import Interval

_WEIGHTS = np.linspace(0, 1, 51)
"""Weights at which the profile of the likelihood is computed."""
_DROP = float(chdtri(1, 0.05)) / 2
"""The fall of the log-likelihood at the ends of a 95% interval."""
_LOG_STRENGTHS, _STARTS = (-2.0, 5.0), (0.0, 1.0, 2.0, 3.0)
"""Bounds and starting points of the logarithm of a prior's strength."""


@dataclass(frozen=True)
class FittedPrior:
    """A prior common to all pairs, and the weight of the earlier period.

    Attributes:
        weight: fraction of a recent year that an old one counts, with the interval of its profile.
        parameters: of a Dirichlet distribution, (category,); or shape and years of a gamma.
    """

    weight: Interval
    parameters: FloatArray

    def update(self, earlier: FloatArray, later: FloatArray) -> FloatArray:
        """Return the parameters after both periods, of the counts' shape."""
        updated: FloatArray = self.parameters + self.weight.value * earlier + later
        return updated


def fit_shares(earlier: FloatArray, later: FloatArray, *, even: bool = False) -> FittedPrior:
    """Fit the shares of categories over pairs (Dirichlet-multinomial).

    Args:
        earlier: counts of the earlier period, (pair, category).
        later: counts of the later period, (pair, category).
        even: the prior shares are all alike, so that only its strength is fitted.
    """
    categories = earlier.shape[1]
    free = 0 if even else categories - 1

    def parameters(numbers: FloatArray) -> FloatArray:
        logits = np.append(numbers[1:], np.zeros(categories - free))
        return np.exp(numbers[0] + logits) / np.exp(logits).sum()

    def likelihood(prior: FloatArray, weight: float) -> float:
        return _log_shares(earlier, prior) + _log_shares(later, prior + weight * earlier)

    bounds = [_LOG_STRENGTHS, *[(-6.0, 6.0)] * free]
    starts = [np.array([start, *[0.0] * free]) for start in _STARTS]
    return _fit(parameters, likelihood, bounds, starts)


def fit_rates(counts: FloatArray, years: FloatArray) -> FittedPrior:
    """Fit rates a year over pairs (gamma and Poisson); arguments are (pair, period)."""

    def parameters(numbers: FloatArray) -> FloatArray:
        return np.array([np.exp(numbers[0]), np.exp(numbers[0] - numbers[1])])

    def likelihood(prior: FloatArray, weight: float) -> float:
        earlier, later = np.stack([counts, years], axis=-1).swapaxes(0, 1)
        return _log_rates(earlier, prior) + _log_rates(later, prior + weight * earlier)

    mean = np.log(counts.sum() / years.sum())
    starts = [np.array([start, mean]) for start in _STARTS]
    return _fit(parameters, likelihood, [_LOG_STRENGTHS, (mean - 3, mean + 3)], starts)


def _log_shares(counts: FloatArray, prior: FloatArray) -> float:
    """Return the log-likelihood of counts, (pair, category), up to a constant."""
    updated = prior + counts
    all_prior, all_updated = prior.sum(axis=-1), updated.sum(axis=-1)
    terms = gammaln(all_prior) - gammaln(all_updated)
    return float(np.sum(terms + (gammaln(updated) - gammaln(prior)).sum(axis=-1)))


def _log_rates(counted: FloatArray, prior: FloatArray) -> float:
    """Return the log-likelihood of disputes in years, (pair, 2), up to a constant."""
    (events, years), (shape, base) = counted.T, prior.T
    terms = gammaln(shape + events) - gammaln(shape)
    terms -= xlog1py(shape, years / base) + xlogy(events, base + years)
    return float(np.sum(terms))


def _fit(
    parameters: Callable[[FloatArray], FloatArray],
    likelihood: Callable[[FloatArray, float], float],
    bounds: Sequence[tuple[float, float]],
    starts: Sequence[FloatArray],
) -> FittedPrior:
    """Fit the prior at each weight, from the last one's optimum, and choose the weight."""

    def fit(weight: float, start: FloatArray) -> OptimizeResult:
        return minimize(lambda n: -likelihood(parameters(n), weight), start, bounds=bounds)

    fits = [min((fit(0.0, start) for start in starts), key=lambda result: float(result.fun))]
    for weight in _WEIGHTS[1:]:
        fits.append(fit(float(weight), fits[-1].x))
    heights = np.array([-float(result.fun) for result in fits])
    best, inside = int(heights.argmax()), _WEIGHTS[heights >= heights.max() - _DROP]
    chosen = Interval(float(_WEIGHTS[best]), float(inside[0]), float(inside[-1]))
    return FittedPrior(chosen, parameters(fits[best].x))
