"""An engine in which two assumptions and chance move a measure in known shares."""

from __future__ import annotations

import sys
from types import SimpleNamespace

import numpy as np
import pytest

from sim.analysis.sensitivity import sensitivity
from sim.model.measures.registry import Measure, MeasureKind
from sim.model.randomness.streams import RandomStreams
from sim.model.recording.chronicle import Chronicle
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
    Measure("called", "share of worlds", "Aid is called for", MeasureKind.HAPPENED),
    Measure("kept", "share of worlds", "Aid comes, where called", MeasureKind.HAPPENED, "called"),
    Measure("scared", "share of worlds", "Never asked", MeasureKind.HAPPENED, "never"),
    Measure("never", "share of worlds", "Never happens", MeasureKind.HAPPENED),
)
NOISE = 0.5
"""Standard deviation of chance; an assumption from 0 to 1 has a variance of one twelfth."""
CALLED, CALLED_MORE = 0.2, 0.6
"""Share of worlds with a call where the strong assumption is 0, and how much more where it is 1."""
HIGH = 3.0
SHARE = (9 + 1) / 12 / ((9 + 1) / 12 + NOISE**2)
"""Share of the spread between worlds that assumptions account for."""


def measures(scenario: Scenario) -> tuple[Measure, ...]:
    return MEASURES


def simulate(
    scenario: Scenario,
    first: int,
    count: int,
    streams: RandomStreams | None = None,
    chronicle: type[Chronicle] = Chronicle,
) -> History:
    """Three times one assumption, plus another, plus chance; all from 0 to 1.

    Aid is called for the more often the larger the strong assumption; where it is, it comes as
    often as the weak assumption says, and the strong one has no say.
    """
    streams = streams or RandomStreams(scenario.seed, first, count)
    strong, weak = (streams.uniform("assumption", 0, key) for key in (STRONG, WEAK))
    level = 3 * strong + weak + NOISE * streams.normal("dice", 1, "anyone")
    called = streams.uniform("call", 1, "member") < CALLED + CALLED_MORE * strong
    worlds = {
        "world": streams.first + np.arange(count),
        "level": level,
        "high": level > HIGH,
        "flat": np.zeros(count),
        "some": level,
        "called": called,
        "kept": called & (streams.uniform("answer", 1, "ally") < weak),
        "never": np.zeros(count, dtype=bool),
        "scared": np.zeros(count, dtype=bool),
    }
    nothing: Columns = {"world": np.zeros(0, dtype=np.int64), "month": np.zeros(0, dtype=np.int16)}
    return History(worlds=worlds, months=nothing, events=nothing)


def put(monkeypatch: pytest.MonkeyPatch) -> None:
    """Replace the engine by it in this process, which starts no others by default."""
    fakes.put(monkeypatch, simulate, measures)
    monkeypatch.setattr(sensitivity, "list_measures", measures)
    module = SimpleNamespace(simulate=simulate)  # what controlled ensembles import
    monkeypatch.setitem(sys.modules, "sim.model.simulate", module)
    monkeypatch.delitem(sys.modules, "sim.model.replay", raising=False)  # it holds the engine's own
