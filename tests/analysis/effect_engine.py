"""An engine in which the treaty has an exactly known effect, and nothing else has one."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sim.model.measures.registry import Measure
from sim.model.recording.history import History
from sim.scenario.schema.scenario import Scenario
from tests.experiment import fakes

PROVOKED, DETERRED = 20, 50
"""The treaty brings war to every twentieth world and keeps it from every fiftieth, the first on."""
LONGER = 0.5
"""Months that the treaty adds to a war."""


def measures(scenario: Scenario) -> tuple[Measure, ...]:
    """Return the fake's measures; two of them are headlines."""
    shown = ("war", "length")
    return tuple(replace(measure, headline=measure.name in shown) for measure in fakes.MEASURES)


def simulate(scenario: Scenario, first: int, count: int) -> History:
    """Simulate as the fake does, then add the effect of the treaty."""
    history = fakes.simulate(scenario, first, count)
    if scenario.treaties["pact"].concluded:
        world, worlds = history.worlds["world"], history.worlds
        worlds["war"] = (worlds["war"] | (world % PROVOKED == 0)) & (world % DETERRED != 1)
        worlds["length"] = worlds["length"] + LONGER
    return history


def put(monkeypatch: pytest.MonkeyPatch) -> None:
    """Replace the engine by it, in this process."""
    fakes.put(monkeypatch, simulate, measures)
