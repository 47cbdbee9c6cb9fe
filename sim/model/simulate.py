"""Living a block of worlds from the first month to the last."""

from __future__ import annotations

from sim.model.model import AllianceModel
from sim.model.randomness.streams import RandomStreams
from sim.model.recording.history import History
from sim.scenario.schema.scenario import Scenario


def simulate(
    scenario: Scenario, first: int, count: int, streams: RandomStreams | None = None
) -> History:
    """Return the history of worlds `first` to `first + count - 1` over all months.

    A world's history depends on the scenario, its seed and the world's number only, unless it is
    given `streams` of another kind.
    """
    worlds = AllianceModel(scenario, first, count, streams)
    try:
        for _ in range(scenario.months):
            worlds.step()
        return worlds.history()
    finally:
        worlds.release()
