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


def event_factor(
    event: DatedEvent, occurrences: Occurrences, period: Period, miss: float
) -> Vector:
    """Return the factor of each world for one event, from `miss` to 1, (world,)."""
    distance = month_distance(event, occurrences, period)
    factor: Vector = (miss + (1 - miss) * _kernel(distance, event.tolerance)) ** event.weight
    return factor


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


def _kernel(distance: Vector, tolerance: float) -> Vector:
    """Return a Gaussian kernel of a distance in months; without tolerance, 1 at 0 only."""
    if tolerance == 0:
        return (distance == 0).astype(np.float64)
    return np.exp(-0.5 * (distance / tolerance) ** 2)
