"""Reads a number from the history of every world, as a mapping says."""

from __future__ import annotations

from functools import reduce

import numpy as np

from sim.model.arrays import Counts, Mask, Vector
from sim.model.recording.history import History
from sim.validation.studies.hindcast.mapping import At, Mapping, Pattern, Reading
from sim.validation.studies.hindcast.windows import Window


def read(reading: Reading, history: History, window: Window) -> Vector:
    """Return the number in every world, (world,); nan where the question does not arise there.

    The history has to run to the end of the window; for `after`, as much longer as it can.
    """
    if reading.events:
        return _how_many(reading, history, window)
    if reading.first:
        return _until_first(reading, history, window)
    if reading.months:
        return _of_months(reading, history, window)
    return np.asarray(history.worlds[reading.worlds], dtype=float)


def says_yes(mapping: Mapping, amounts: Vector) -> Mask:
    """Return where the amount answers the question by yes, (world,)."""
    match next(iter(mapping.limits.items()), ("at_least", 1.0)):
        case ("at_least", limit):
            return amounts >= limit
        case ("more_than", limit):
            return amounts > limit
        case ("at_most", limit):
            return amounts <= limit
        case (_, limit):
            return amounts < limit


def fitting(patterns: tuple[Pattern, ...], history: History) -> Mask:
    """Return which events fit one of the patterns, (event,)."""
    events = history.events
    nothing = np.zeros(len(events["event"]), dtype=bool)
    return reduce(np.logical_or, (_fits(pattern, history) for pattern in patterns), nothing)


def _fits(pattern: Pattern, history: History) -> Mask:
    events = history.events
    fits: Mask = events["level"] >= pattern.level if pattern.level else events["level"] > -128
    for name in ("event", "actor", "towards", "subject"):
        if wanted := getattr(pattern, name):
            fits = fits & (events[name] == wanted)
    return fits


def _how_many(reading: Reading, history: History, window: Window) -> Vector:
    events = history.events
    within = (events["month"] >= window.first) & (events["month"] <= window.last)
    which = fitting(reading.events, history) & within
    weights = events["level"][which].astype(float) if reading.times else None
    at, count = _places(history, which)
    return np.bincount(at, weights, minlength=count).astype(float)


def _until_first(reading: Reading, history: History, window: Window) -> Vector:
    """Return months until the first event, as whole steps of the model.

    The month in which the count begins is 0 for an event after another, and 1 for one from the
    beginning of the window on: by its end a month has passed.
    """
    horizon = int(history.months["month"].max())
    first = _first(reading.first, history, since=1 if reading.after else window.first)
    if not reading.after:
        waited = np.where(np.isnan(first), np.inf, first - window.first + 1)
        return np.minimum(waited, window.months)
    begins = _first(reading.after, history)
    asked = begins + window.months <= horizon
    waited = np.where(np.isnan(first), np.inf, np.maximum(first - begins, 0))
    return np.where(asked, np.minimum(waited, window.months), np.nan)


def _first(patterns: tuple[Pattern, ...], history: History, since: int = 1) -> Vector:
    """Return the month of the first event that fits, (world,); nan where there is none."""
    which = fitting(patterns, history) & (history.events["month"] >= since)
    at, count = _places(history, which)
    first = np.full(count, np.inf)
    np.minimum.at(first, at, history.events["month"][which].astype(float))
    return np.where(np.isinf(first), np.nan, first)


def _of_months(reading: Reading, history: History, window: Window) -> Vector:
    count = len(history.worlds["world"])
    table = np.asarray(history.months[reading.months], dtype=float).reshape(count, -1)
    months = table[:, window.first - 1 : window.last]
    match reading.at:
        case At.END:
            return months[:, -1]
        case At.HIGHEST:
            return months.max(axis=1)
        case At.TOTAL:
            return months.sum(axis=1)


def _places(history: History, which: Mask) -> tuple[Counts, int]:
    """Return the place of the world of each of these events, and how many worlds there are."""
    worlds = history.worlds["world"]
    return history.events["world"][which] - worlds[0], len(worlds)
