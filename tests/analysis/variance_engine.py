"""An engine in which two assumptions and chance move a measure in known shares."""

from __future__ import annotations

import sys
from types import SimpleNamespace

import numpy as np
import pytest

from sim.analysis.sensitivity import sensitivity
from sim.model.measures.registry import Measure, MeasureKind
from sim.model.randomness.streams import RandomStreams
from sim.model.recording.history import Columns, History
from sim.scenario.schema.scenario import Scenario
from tests.experiment import fakes

STRONG, WEAK, IDLE = (
    "rules.honour.reputation",
    "rules.challenge.opening_force",
    "rules.war.weariness",
)
"""Keys of the small scenario."""

MEASURES = (
    Measure("level", "any", "A level", MeasureKind.AMOUNT, headline=True),
    Measure("high", "share of worlds", "The level is high", MeasureKind.HAPPENED),
    Measure("flat", "any", "Nothing moves", MeasureKind.AMOUNT),
    Measure("some", "any", "Defined where the level is high", MeasureKind.AMOUNT, given="high"),
)
NOISE = 0.5
"""Standard deviation of chance; an assumption from 0 to 1 has a variance of one twelfth."""
HIGH = 3.0
SHARE = (9 + 1) / 12 / ((9 + 1) / 12 + NOISE**2)
"""Share of the spread between worlds that assumptions account for."""


def measures(scenario: Scenario) -> tuple[Measure, ...]:
    return MEASURES


def simulate(
    scenario: Scenario, first: int, count: int, streams: RandomStreams | None = None
) -> History:
    """Three times one assumption, plus another, plus chance; all from 0 to 1."""
    streams = streams or RandomStreams(scenario.seed, first, count)
    strong, weak = (streams.uniform("assumption", 0, key) for key in (STRONG, WEAK))
    level = 3 * strong + weak + NOISE * streams.normal("dice", 1, "anyone")
    worlds = {
        "world": streams.first + np.arange(count),
        "level": level,
        "high": level > HIGH,
        "flat": np.zeros(count),
        "some": level,
    }
    nothing: Columns = {"world": np.zeros(0, dtype=np.int64), "month": np.zeros(0, dtype=np.int16)}
    return History(worlds=worlds, months=nothing, events=nothing)


def put(monkeypatch: pytest.MonkeyPatch) -> None:
    """Replace the engine by it in this process, which starts no others by default."""
    fakes.put(monkeypatch, simulate, measures)
    monkeypatch.setattr(sensitivity, "list_measures", measures)
    module = SimpleNamespace(simulate=simulate)  # what controlled ensembles import
    monkeypatch.setitem(sys.modules, "sim.model.simulate", module)
