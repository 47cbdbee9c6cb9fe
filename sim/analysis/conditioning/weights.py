"""How much each world counts, given events that happened on certain days.

A world counts by the product of one factor for each event, an importance weight. The factor is 1
where the world has the event in its month, and falls with the months between them by a Gaussian
kernel, down to `miss` in a world without the event. An event that had not happened by a day counts
fully where it had not, and the less the earlier it happened. Softness stands for what the months of
the model cannot say: a real event is matched by its kind and rough date only. The same weights are
an approximate Bayesian computation with a kernel (Beaumont, Zhang and Balding 2002, Genetics
162:2025), for one set of worlds drawn from the prior.
"""

from __future__ import annotations

import numpy as np

from sim.analysis.conditioning.dated_events import DatedEvent
from sim.analysis.conditioning.events import Occurrences
from sim.analysis.conditioning.spans import Period, month_reached_by
from sim.model.calendar import month_of
from sim.statistics.arrays import Vector

DEFAULT_MISS = 0.05
"""The factor of a world that lacks an event altogether."""


def closeness(distance: Vector, tolerance: float, miss: float) -> Vector:
    """Return what each world counts by, for one event of weight 1, from `miss` to 1, (world,).

    Args:
        distance: months between the event and its match, (world,); infinite without one.
        tolerance: standard deviation of the kernel in months; 0 demands the same month.
        miss: what a world without a match counts by.
    """
    if tolerance == 0:
        kernel = (distance == 0).astype(np.float64)
    else:
        kernel = np.exp(-0.5 * (distance / tolerance) ** 2)
    return miss + (1 - miss) * kernel


def month_distance(event: DatedEvent, occurrences: Occurrences, period: Period) -> Vector:
    """Return the months between what happened and what each world has, (world,).

    Of an event that happened, the months to the nearest time at which it begins in the world;
    infinite where it never does. Of one that had not, 0 where it had not, else the months by which
    it came too early.
    """
    begins = occurrences.begins()
    distance = np.full(begins.worlds, np.inf)
    if event.happened:
        month = month_of(event.day, period.start)
        np.minimum.at(distance, begins.index, np.abs(begins.month - month).astype(np.float64))
        return distance
    month = month_reached_by(event.day, period.start)
    np.minimum.at(distance, begins.index, begins.month.astype(np.float64))
    early: Vector = np.maximum(month + 1 - distance, 0)
    return early
