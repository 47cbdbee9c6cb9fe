"""The chance and the main reason of each turning point, from the outcomes logged in its block."""

from __future__ import annotations

from collections import defaultdict

import numpy as np
from numpy.typing import NDArray

from sim.analysis.stories.phrases import load_phrases
from sim.analysis.stories.point_columns import Point, list_points
from sim.analysis.stories.replay import Event
from sim.analysis.stories.story import led_to
from sim.model.recording.history import Columns
from sim.model.recording.outcome_log import Outcome, OutcomeLog

_EVENT_OF_KIND = {"nuclear_test": "provocation", "force_used": "climb", "concluded": "signed"}
"""The event in the chronicle, where its name is not that of the kind."""


def outcome_log(count: int) -> OutcomeLog:
    """Return an empty log for a block of `count` worlds."""
    points = load_phrases()["point_decisions"]
    baselines = load_phrases()["starting"]["terms"]
    return OutcomeLog(
        count, points["recorded"], points["also_declined"], points["near_misses"], baselines
    )


def chances_and_reasons(rows: Columns, log: OutcomeLog, first: int) -> Columns:
    """Return the `chance`, NaN where nothing was decided, and the number of the `reason`, (row,).

    Args:
        rows: turning points, as by `point_rows`.
        log: the outcomes of their block.
        first: number of the first world of the block.
    """
    size = rows["world"].size
    chance, reason = np.full(size, np.nan), np.zeros(size, dtype=np.int64)
    outcomes = _by_month(log)
    for event, places in _alike(rows).items():
        worlds = rows["world"][places] - first
        for outcome in reversed(outcomes[event.month]):
            for level in np.unique(outcome.level).tolist():
                if led_to(outcome.key, level, event):
                    found, at = _look_up(outcome, level, worlds)
                    chance[places[found]] = outcome.chance[at]
                    reason[places[found]] = outcome.reason[at]
    return {"chance": chance, "reason": reason}


def event_behind(point: Point) -> Event:
    """Return the event of the chronicle that is a turning point."""
    event = _EVENT_OF_KIND.get(point.kind, point.kind)
    return Event(point.month, event, point.who, point.towards, point.about, point.level)


def _by_month(log: OutcomeLog) -> defaultdict[int, list[Outcome]]:
    months: defaultdict[int, list[Outcome]] = defaultdict(list)
    for outcome in log.outcomes:
        months[outcome.month].append(outcome)
    return months


def _alike(rows: Columns) -> dict[Event, NDArray[np.int64]]:
    """Return the rows of each event, regardless of the world."""
    alike: defaultdict[Event, list[int]] = defaultdict(list)
    for place, point in enumerate(list_points(rows)):
        alike[event_behind(point)].append(place)
    return {event: np.array(places) for event, places in alike.items()}


def _look_up(
    outcome: Outcome, level: int, worlds: NDArray[np.int64]
) -> tuple[NDArray[np.bool_], NDArray[np.int64]]:
    """Return which of `worlds` had this level of an outcome, and the places of those there."""
    at = np.minimum(np.searchsorted(outcome.worlds, worlds), outcome.worlds.size - 1)
    found = (outcome.worlds[at] == worlds) & (outcome.level[at] == level)
    return found, at[found]
