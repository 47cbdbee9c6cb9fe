"""Simulates ensembles for measurement, with their events as a data frame."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.model.arrays import Vector, total
from sim.model.randomness.streams import RandomStreams
from sim.model.recording.history import Columns
from sim.model.state import State
from sim.scenario.schema.scenario import Scenario
from sim.statistics.arrays import FloatArray

if TYPE_CHECKING:
    from sim.model.model import AllianceModel

MONTHS_PER_YEAR = 12
"""Months of a year; years are counted from the opening day."""

MonthArray = NDArray[np.int64]
YearlyObservation = Callable[[State], FloatArray]
"""Measures figures during the simulation, (world, figure)."""


@dataclass(frozen=True)
class SimulatedEnsemble:
    """Worlds of one scenario, from the first month to the last.

    Attributes:
        scenario: the scenario simulated.
        world_count: the number of worlds, numbered from 0.
        events: a row per event, in order of world, month and occurrence: `world`, `month`, `event`,
            `actor`, `towards`, `subject`, `level`.
        months: a column per record, shape (world, month).
        worlds: a column per measure, shape (world,).
        observations: the sum of figures observed on the opening day and at each year's end,
            (world, figure).
    """

    scenario: Scenario
    world_count: int
    events: pd.DataFrame
    months: Mapping[str, NDArray[np.generic]] = field(default_factory=dict)
    worlds: Mapping[str, NDArray[np.generic]] = field(default_factory=dict)
    observations: FloatArray = field(default_factory=lambda: np.zeros((0, 0)))

    @property
    def years(self) -> int:
        """The number of whole years simulated."""
        return self.scenario.months // MONTHS_PER_YEAR

    def select_events(self, *events: str) -> pd.DataFrame:
        """Return the events of some kinds, in order."""
        return self.events[self.events["event"].isin(events)]

    def count_by_world(self, rows: pd.DataFrame) -> Vector:
        """Return the number of `rows` in each world, (world,)."""
        return np.bincount(rows["world"], minlength=self.world_count).astype(np.float64)


def simulate_ensemble(
    scenario: Scenario,
    count: int,
    streams: RandomStreams | None = None,
    observe: YearlyObservation | None = None,
) -> SimulatedEnsemble:
    """Simulate worlds 0 to `count` - 1 of a scenario; call `observe` every year, if given."""
    from sim.model.simulate import simulate  # noqa: PLC0415  Mesa takes a while to load

    yearly: list[FloatArray] = []

    def observe_yearly(month: int, model: AllianceModel) -> None:
        if observe and month % MONTHS_PER_YEAR == 0:
            yearly.append(observe(model.context.state))

    history = simulate(scenario, 0, count, streams=streams, observe=observe_yearly)
    observations = total(yearly) if yearly else np.zeros((count, 0))
    shape = (count, scenario.months)
    months = {name: column.reshape(shape) for name, column in history.months.items()}
    return SimulatedEnsemble(
        scenario, count, events_to_frame(history.events), months, history.worlds, observations
    )


def events_to_frame(events: Columns) -> pd.DataFrame:
    """Return events as a data frame whose names are categories."""
    columns = ("event", "actor", "towards", "subject")
    return pd.DataFrame(events).astype(dict.fromkeys(columns, "category"))
