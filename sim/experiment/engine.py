"""The engine as an argument: what simulates worlds, and what it measures in them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sim.experiment.execution.task import Simulator
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


def simulate_worlds(scenario: Scenario, first: int, count: int) -> History:
    """Simulate worlds with the model of this package, which is loaded on the first call."""
    return _load_simulator()(scenario, first, count)


def _load_simulator() -> Simulator:
    from sim.model.simulate import simulate  # noqa: PLC0415  Mesa is slow to load

    return simulate


def _list_model_measures(scenario: Scenario) -> tuple[Measure, ...]:
    """Return the measures of the model of this package."""
    return registry.list_measures(scenario)


MODEL_ENGINE = Engine(simulate_worlds, _list_model_measures)
"""The model of this package."""
