"""95% intervals of shares and means over simulated worlds."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from math import fsum, nan, sqrt
from statistics import NormalDist
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from sim.statistics.special import special

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

WorldValues: TypeAlias = "Sequence[float] | NDArray[np.float64]"
"""A number for every world, (world,)."""

CONFIDENCE = 0.95
ERROR_RATE = 1 - CONFIDENCE
"""The share of intervals that may miss the true value."""
_UPPER_QUANTILE = (1 + CONFIDENCE) / 2
_Z = NormalDist().inv_cdf(_UPPER_QUANTILE)


class Interval(NamedTuple):
    """An estimate and the interval around it."""

    value: float
    low: float
    high: float


class IntervalMethods(NamedTuple):
    """The intervals used in a table: of a share, and of a mean."""

    share: Callable[[int, int], Interval]
    mean: Callable[[WorldValues], Interval]


def wilson_interval(count: float, worlds: float) -> Interval:
    """Return the share of worlds with an event, with Wilson's score interval.

    Wilson (1927, JASA 22:209), in closed form. It stays within 0 and 1, and is informative when an
    event never happened, where the normal approximation has no width.
    """
    share = count / worlds
    spread = _Z**2 / worlds
    centre = (share + spread / 2) / (1 + spread)
    half = sqrt(share * (1 - share) * spread + spread**2 / 4) / (1 + spread)
    return Interval(share, min(max(centre - half, 0.0), share), max(min(centre + half, 1.0), share))


def clopper_pearson_interval(count: int, worlds: int, error_rate: float = ERROR_RATE) -> Interval:
    """Return the share of worlds with an event, with Clopper and Pearson's interval.

    Clopper and Pearson (1934, Biometrika 26:404). Wider than Wilson's; its error rate never exceeds
    the nominal one, even for rare events and few worlds.
    """
    betaincinv = special("betaincinv")
    missed, tail = worlds - count, error_rate / 2
    low = float(betaincinv(count, missed + 1, tail)) if count else 0.0
    high = float(betaincinv(count + 1, missed, 1 - tail)) if missed else 1.0
    return Interval(count / worlds, low, high)


def jeffreys_rate_interval(count: int, exposure: float) -> Interval:
    """Return a rate of rare events with the interval of Jeffreys's prior.

    The posterior of a Poisson rate is then a gamma distribution of shape count + 1/2, so that the
    upper end says something even where nothing was counted (Brown, Cai and DasGupta 2003,
    Statistica Sinica 13:19). Where nothing was counted, the lower end is 0.

    Args:
        count: events.
        exposure: units of observation, such as pairs of states times years.
    """
    inverse = special("gammaincinv")
    low, high = (
        float(inverse(count + 0.5, tail)) for tail in (1 - _UPPER_QUANTILE, _UPPER_QUANTILE)
    )
    return Interval(count / exposure, low / exposure if count else 0.0, high / exposure)


def student_interval(values: WorldValues, error_rate: float = ERROR_RATE) -> Interval:
    """Return the mean of an amount over worlds, with Student's t interval.

    Worlds are independent and usually many, so their mean is close to normal for any distribution;
    t accounts for the uncertain variance of few worlds. A bootstrap would need random draws and a
    thousand passes for the same result. Sums are exact (`fsum`), so the order of the worlds does
    not matter. A single world has no interval, and amounts that are not all finite have no mean.
    """
    import numpy as np  # noqa: PLC0415  not needed to read intervals

    numbers = np.asarray(values, dtype=float)
    worlds = len(numbers)
    if not np.isfinite(numbers).all():
        return Interval(nan, nan, nan)
    mean = fsum(numbers.tolist()) / worlds
    if worlds == 1:
        return Interval(mean, nan, nan)
    variance = fsum(((numbers - mean) ** 2).tolist()) / (worlds - 1)
    half = _t_quantile(worlds - 1, error_rate) * sqrt(variance / worlds)
    return Interval(mean, mean - half, mean + half)


def intervals_at_look(look: int) -> IntervalMethods:
    """Return the intervals valid at the k-th look of a sequential design; the first look is 1.

    Repeated looks that stop once the interval is narrow favour intervals that are narrow by chance.
    So the error rate of 5% is allocated in advance to all possible looks (alpha spending): look k
    has 5% / (k (k + 1)), which sum to 5%. By Bonferroni's inequality the intervals of all looks
    hold together in 95% of cases, and so does the last one, for any reason to stop, if the numbers
    of worlds at the looks were fixed in advance. This is exact for shares; for means it is as
    accurate as Student's t.
    """
    error = ERROR_RATE / (look * (look + 1))
    return IntervalMethods(
        partial(clopper_pearson_interval, error_rate=error),
        partial(student_interval, error_rate=error),
    )


def _t_quantile(degrees_of_freedom: int, error_rate: float) -> float:
    """Return the upper quantile of Student's t."""
    return float(special("stdtrit")(degrees_of_freedom, 1 - error_rate / 2))


FIXED_SAMPLE_INTERVALS = IntervalMethods(wilson_interval, student_interval)
"""The intervals of a run with a fixed number of worlds."""
