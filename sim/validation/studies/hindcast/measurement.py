"""Measures a number in the history of every world, as a mapping specifies."""

from __future__ import annotations

from functools import reduce

import numpy as np

from sim.model.arrays import Counts, Mask, Vector
from sim.model.recording.history import History
from sim.validation.studies.hindcast.mapping import (
    Aggregate,
    EventPattern,
    MeasurementSpec,
    QuestionMapping,
)
from sim.validation.studies.hindcast.windows import Window


def measure_history(spec: MeasurementSpec, history: History, window: Window) -> Vector:
    """Return the number in every world, (world,); nan where the question does not arise there.

    The history must run to the end of the window; for `after`, as much longer as possible.
    """
    if spec.events:
        return _count_events(spec, history, window)
    if spec.first:
        return _months_until_first(spec, history, window)
    if spec.months:
        return _aggregate_months(spec, history, window)
    return np.asarray(history.worlds[spec.worlds], dtype=float)


def is_yes(mapping: QuestionMapping, amounts: Vector) -> Mask:
    """Return where the amount means yes, (world,)."""
    match next(iter(mapping.given_limits.items()), ("at_least", 1.0)):
        case ("at_least", limit):
            return amounts >= limit
        case ("more_than", limit):
            return amounts > limit
        case ("at_most", limit):
            return amounts <= limit
        case (_, limit):
            return amounts < limit


def _match_events(patterns: tuple[EventPattern, ...], history: History) -> Mask:
    """Return which events match one of the patterns, (event,)."""
    events = history.events
    nothing = np.zeros(len(events["event"]), dtype=bool)
    return reduce(
        np.logical_or, (_matches_pattern(pattern, history) for pattern in patterns), nothing
    )


def _matches_pattern(pattern: EventPattern, history: History) -> Mask:
    events = history.events
    matches: Mask = events["level"] >= pattern.level if pattern.level else events["level"] > -128
    for name in ("event", "actor", "towards", "subject"):
        if wanted := getattr(pattern, name):
            matches = matches & (events[name] == wanted)
    return matches


def _count_events(spec: MeasurementSpec, history: History, window: Window) -> Vector:
    events = history.events
    within = (events["month"] >= window.first) & (events["month"] <= window.last)
    which = _match_events(spec.events, history) & within
    weights = events["level"][which].astype(float) if spec.times else None
    indices, count = _world_indices(history, which)
    return np.bincount(indices, weights, minlength=count).astype(float)


def _months_until_first(spec: MeasurementSpec, history: History, window: Window) -> Vector:
    """Return the months until the first event, as whole steps of the model.

    The month in which the count begins is 0 for an event after another event, and 1 for an event
    counted from the beginning of the window: by its end a month has passed.
    """
    horizon = int(history.months["month"].max())
    first = _first_month(spec.first, history, since=1 if spec.after else window.first)
    if not spec.after:
        waited = np.where(np.isnan(first), np.inf, first - window.first + 1)
        return np.minimum(waited, window.month_count)
    begins = _first_month(spec.after, history)
    observed = begins + window.month_count <= horizon
    waited = np.where(np.isnan(first), np.inf, np.maximum(first - begins, 0))
    return np.where(observed, np.minimum(waited, window.month_count), np.nan)


def _first_month(patterns: tuple[EventPattern, ...], history: History, since: int = 1) -> Vector:
    """Return the month of the first matching event, (world,); nan where there is none."""
    which = _match_events(patterns, history) & (history.events["month"] >= since)
    indices, count = _world_indices(history, which)
    first = np.full(count, np.inf)
    np.minimum.at(first, indices, history.events["month"][which].astype(float))
    return np.where(np.isinf(first), np.nan, first)


def _aggregate_months(spec: MeasurementSpec, history: History, window: Window) -> Vector:
    count = len(history.worlds["world"])
    table = np.asarray(history.months[spec.months], dtype=float).reshape(count, -1)
    months = table[:, window.first - 1 : window.last]
    match spec.at:
        case Aggregate.END:
            return months[:, -1]
        case Aggregate.HIGHEST:
            return months.max(axis=1)
        case Aggregate.TOTAL:
            return months.sum(axis=1)


def _world_indices(history: History, mask: Mask) -> tuple[Counts, int]:
    """Return the index of the world of each of these events, and the number of worlds."""
    worlds = history.worlds["world"]
    return history.events["world"][mask] - worlds[0], len(worlds)
