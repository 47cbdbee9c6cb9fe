"""Simulation of a block of worlds, from the opening day to the last month."""

from __future__ import annotations

from collections.abc import Callable

from sim.model.decision_log import DecisionLog
from sim.model.decisions.played import Played
from sim.model.measures.tally import tally_worlds
from sim.model.model import AllianceModel
from sim.model.randomness.streams import RandomStreams
from sim.model.recording.chronicle import Chronicle
from sim.model.recording.history import History
from sim.scenario.schema.scenario import Scenario

Observe = Callable[[int, AllianceModel], object]
"""Called with the months simulated so far and the model, which the next month changes."""


def simulate(
    scenario: Scenario,
    first: int,
    count: int,
    *,
    months: int | None = None,
    streams: RandomStreams | None = None,
    log: DecisionLog | None = None,
    observe: Observe | None = None,
    chronicle: type[Chronicle] = Chronicle,
    played: Played | None = None,
) -> History:
    """Return the history of worlds `first` to `first + count - 1`.

    A world's history depends on the scenario, its seed and the world's number only, unless other
    `streams` or decisions are passed or `observe` changes the model.

    Args:
        scenario: the scenario.
        first: number of the first world.
        count: number of worlds.
        months: months to simulate; all months of the scenario by default.
        streams: random streams; those of the scenario's seed by default.
        log: where every decision is logged with its reasons, which takes memory.
        observe: called on the opening day, as month 0, and after each month. What it needs of the
            model it must copy: the model is released before this function returns.
        chronicle: which tables are recorded beside that of the worlds.
        played: decisions taken by hand, in place of those of the scenario's past; where a seat is
            asked for one, the simulation ends with that phase of the month.
    """
    model = AllianceModel(scenario, first, count, streams, played)
    try:
        model.context.state.log = log
        model.context.chronicle = chronicle(model.context.state)
        for month in range(1 + (scenario.months if months is None else months)):
            if month:
                model.step()
            if observe:
                observe(month, model)
            if model.waits:
                break
        worlds, recorded = tally_worlds(model.context), model.context.chronicle
    finally:
        model.release()
    return recorded.finish(worlds)
