"""The engine as an argument: what simulates worlds, and what it measures in them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from sim.experiment.execution.task import Simulator
from sim.experiment.layout import TABLES
from sim.model.measures import registry
from sim.model.measures.registry import Measure
from sim.scenario.schema.scenario import Scenario

if TYPE_CHECKING:
    from sim.model.recording.history import History


@dataclass(frozen=True)
class Engine:
    """Simulates worlds and names what it measures; functions of modules, so that it can be pickled.

    Attributes:
        simulate: simulates a block of worlds.
        list_measures: returns the measures of a scenario, in the order of their columns.
    """

    simulate: Simulator
    list_measures: Callable[[Scenario], tuple[Measure, ...]]


def simulate_worlds(
    scenario: Scenario, first: int, count: int, tables: Sequence[str] = TABLES
) -> History:
    """Simulate worlds with the model of this package, which is loaded on the first call.

    `tables` are those that are recorded, that of the worlds always.
    """
    from sim.model.recording import chronicle  # noqa: PLC0415  Mesa, as below
    from sim.model.simulate import simulate  # noqa: PLC0415  Mesa is slow to load

    kinds = {
        "events": chronicle.Chronicle,
        "months": chronicle.MonthsChronicle,
        "month_counts": chronicle.CountingChronicle,
        "worlds": chronicle.SilentChronicle,
    }
    recorded = next(kind for table, kind in kinds.items() if table in tables)
    return simulate(scenario, first, count, chronicle=recorded)


def record_only(simulate: Simulator, tables: Sequence[str]) -> Simulator:
    """Return a simulator that records no more than some tables, if it is this package's."""
    if simulate is simulate_worlds and set(tables) != set(TABLES):
        return partial(simulate_worlds, tables=tuple(tables))
    return simulate


def _list_model_measures(scenario: Scenario) -> tuple[Measure, ...]:
    """Return the measures of the model of this package."""
    return registry.list_measures(scenario)


MODEL_ENGINE = Engine(simulate_worlds, _list_model_measures)
"""The model of this package."""
