"""Worlds whose history is a formula, so that what a picture must show can be said beforehand.

World k of the months has front k/100 + month/10 and weariness k * month / 1000. The war on the
strait ends after month k + 2 in the worlds below ten, so that a fan has fewer worlds later on.
"""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from sim.experiment import engine
from sim.model.measures.registry import MeasureKind, list_measures
from sim.model.recording.history import Columns, History
from sim.scenario.schema.scenario import Scenario

Whole = NDArray[np.int64]
FACTORS = {"with": 3, "without": 4}


def put(monkeypatch: pytest.MonkeyPatch) -> None:
    """Put these worlds in the place of the engine's, in this process."""
    monkeypatch.setattr(engine, "_load_simulator", lambda: simulate)


def simulate(scenario: Scenario, first: int, count: int) -> History:
    """Return worlds by formula; what happens without the pact differs from what happens with."""
    world = np.arange(first, first + count)
    return History(_worlds(scenario, world), _months(scenario, world), _events(world))


def happens(scenario: Scenario, name: str, world: Whole) -> NDArray[np.bool_]:
    """Return the worlds with an event: one in three with the pact, one in four without."""
    every = FACTORS["with" if scenario.treaties["pact"].concluded else "without"]
    return np.asarray((world + len(name)) % every == 0)


def _worlds(scenario: Scenario, world: Whole) -> Columns:
    table: Columns = {"world": world}
    for measure in list_measures(scenario):
        happened = measure.kind is MeasureKind.HAPPENED
        table[measure.name] = happens(scenario, measure.name, world) if happened else world / 4
    return table


def _months(scenario: Scenario, world: Whole) -> Columns:
    k, month = (axis.ravel() for axis in np.meshgrid(world, _calendar(scenario), indexing="ij"))
    front = k / 100 + month / 10
    front[(k < 10) & (month > k + 2)] = np.nan
    tilt = 1 if scenario.treaties["pact"].concluded else 2
    return {
        "world": k,
        "month": month.astype(np.int16),
        "front_strait": front,
        "weariness_strait": tilt * k * month / 1000,
    }


def _calendar(scenario: Scenario) -> Whole:
    return np.arange(1, scenario.months + 1)


def _events(world: Whole) -> Columns:
    months = np.tile([1, 2, 5], world.size).astype(np.int16)
    table: Columns = {"world": np.repeat(world, 3), "month": months}
    words = {
        "event": ["challenge", "war", "honoured"],
        "actor": ["syldavia", "syldavia", "borduria"],
        "towards": ["aland", "aland", "aland"],
        "subject": ["strait", "strait", "pact"],
    }
    for name, text in words.items():
        table[name] = np.array(text * world.size, dtype=object)
    table["level"] = np.tile([3, 5, 2], world.size).astype(np.int8)
    return table
