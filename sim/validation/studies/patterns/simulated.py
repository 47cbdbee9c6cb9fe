"""Worlds lived to be measured: their events as a table that can be counted in quickly."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.model.arrays import Vector
from sim.model.randomness.streams import Luck
from sim.model.recording.history import Columns
from sim.model.state import State
from sim.scenario.schema.scenario import Scenario

YEAR = 12
"""Months of a year; years are counted from the opening day."""

Numbers = NDArray[np.float64]
Mask = NDArray[np.bool_]
Months = NDArray[np.int64]
Look = Callable[[State], Numbers]
"""What is looked at in worlds while they are lived, (world, figure)."""


@dataclass(frozen=True)
class Lived:
    """Worlds of one scenario, from the first month to the last.

    Attributes:
        scenario: what was lived.
        count: how many worlds, numbered from 0.
        events: a row per event, in order of world, month and occurrence: `world`, `month`, `event`,
            `actor`, `towards`, `subject`, `level`.
        months: a column per record, shape (world, month).
        worlds: a column per measure, shape (world,).
        looks: what was looked at on the opening day and at each year's end, summed up,
            (world, figure).
    """

    scenario: Scenario
    count: int
    events: pd.DataFrame
    months: Mapping[str, NDArray[np.generic]] = field(default_factory=dict)
    worlds: Mapping[str, NDArray[np.generic]] = field(default_factory=dict)
    looks: Numbers = field(default_factory=lambda: np.zeros((0, 0)))

    @property
    def years(self) -> int:
        """How many whole years were lived."""
        return self.scenario.months // YEAR

    def of(self, *events: str) -> pd.DataFrame:
        """Return the events of some kinds, in order."""
        return self.events[self.events["event"].isin(events)]

    def counted(self, rows: pd.DataFrame) -> Vector:
        """Return how many of `rows` there are in each world, (world,)."""
        return np.bincount(rows["world"], minlength=self.count).astype(np.float64)


def live_worlds(
    scenario: Scenario, count: int, luck: Luck | None = None, look: Look | None = None
) -> Lived:
    """Live worlds 0 to `count` - 1 of a scenario; `look` at them every year, if asked to."""
    from sim.model.model import Worlds  # noqa: PLC0415  Mesa takes a while to load

    worlds, looks = Worlds(scenario, 0, count, luck), np.zeros((count, 0))
    try:
        if look:
            looks = look(worlds.stage.state)
        for month in range(1, scenario.months + 1):
            worlds.step()
            if look and month % YEAR == 0:
                looks = looks + look(worlds.stage.state)
        history = worlds.history()
    finally:
        worlds.close()
    shape = (count, scenario.months)
    months = {name: column.reshape(shape) for name, column in history.months.items()}
    return Lived(scenario, count, table(history.events), months, history.worlds, looks)


def table(events: Columns) -> pd.DataFrame:
    """Return events as a frame whose words are categories."""
    words = ("event", "actor", "towards", "subject")
    return pd.DataFrame(events).astype(dict.fromkeys(words, "category"))
