"""The engine as an argument: what simulates worlds, and what it measures in them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from sim.experiment.execution.task import Simulator
from sim.model.measures import registry
from sim.model.measures.registry import Measure
from sim.scenario.schema.scenario import Scenario

if TYPE_CHECKING:
    from sim.model.recording.chronicle import Chronicle
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


def simulate_worlds(scenario: Scenario, first: int, count: int) -> History:
    """Simulate worlds with the model of this package, which is loaded on the first call."""
    return _load_simulator()(scenario, first, count)


def simulate_tables(scenario: Scenario, first: int, count: int, tables: Sequence[str]) -> History:
    """Simulate worlds likewise, and record no more than some tables; that of the worlds always."""
    from sim.model import simulate as model  # noqa: PLC0415  Mesa is slow to load

    simulate = _load_simulator()
    if simulate is not model.simulate:  # another engine, which records everything
        return simulate(scenario, first, count)
    return model.simulate(scenario, first, count, chronicle=_choose_chronicle(tables))


def _choose_chronicle(tables: Sequence[str]) -> type[Chronicle]:
    from sim.model.recording import chronicle  # noqa: PLC0415  Mesa, as above

    if "events" in tables:
        return chronicle.Chronicle
    if "months" in tables:
        return chronicle.MonthsChronicle
    return chronicle.CountingChronicle if "month_counts" in tables else chronicle.SilentChronicle


def record_only(simulate: Simulator, tables: Sequence[str]) -> Simulator:
    """Return a simulator that records no more than some tables, if it is this package's."""
    if simulate is simulate_worlds and not {"months", "events"} <= set(tables):
        return partial(simulate_tables, tables=tuple(tables))
    return simulate


def _load_simulator() -> Simulator:
    from sim.model.simulate import simulate  # noqa: PLC0415  Mesa is slow to load

    return simulate


def _list_model_measures(scenario: Scenario) -> tuple[Measure, ...]:
    """Return the measures of the model of this package."""
    return registry.list_measures(scenario)


MODEL_ENGINE = Engine(simulate_worlds, _list_model_measures)
"""The model of this package."""
