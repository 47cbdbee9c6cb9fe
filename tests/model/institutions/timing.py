"""When events occurred: in which worlds and months, and when first in each world."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.model.recording.history import History

NEVER = 999
"""A month after all others, for events that never occur in a world."""

Moments = set[tuple[int, int]]


def when(history: History, event: str, actor: str = "") -> Moments:
    """Return the worlds and months in which an event occurred, by any actor or by one."""
    rows = history.events["event"] == event
    rows &= (history.events["actor"] == actor) if actor else True
    columns = (history.events[name][rows].tolist() for name in ("world", "month"))
    return {*zip(*columns, strict=True)}


def first(history: History, event: str, subject: str = "") -> NDArray[np.int64]:
    """Return the month of the first such event in each world, about any subject or one."""
    rows = history.events["event"] == event
    rows &= (history.events["subject"] == subject) if subject else True
    months = np.full(len(history.worlds["world"]), NEVER)
    np.minimum.at(months, history.events["world"][rows], history.events["month"][rows])
    return months
