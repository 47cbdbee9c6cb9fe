"""Living a block of worlds from the first month to the last."""

from __future__ import annotations

from sim.model.model import Worlds
from sim.model.randomness.streams import Luck
from sim.model.recording.history import History
from sim.scenario.schema.scenario import Scenario


def live(scenario: Scenario, first: int, count: int, luck: Luck | None = None) -> History:
    """Return the history of worlds `first` to `first + count - 1` over all months.

    A world's history depends on the scenario, its seed and the world's number only, unless it is
    given `luck` of another kind.
    """
    worlds = Worlds(scenario, first, count, luck)
    try:
        for _ in range(scenario.months):
            worlds.step()
        return worlds.history()
    finally:
        worlds.dissolve()
