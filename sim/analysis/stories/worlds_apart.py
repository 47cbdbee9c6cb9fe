"""Where two histories of the same world diverge: both scenarios simulated, and compared."""

from __future__ import annotations

from sim.analysis.comparison.inputs import compare_inputs
from sim.analysis.data.resolve import ScenarioSource, require_world
from sim.analysis.stories.divergence import compare_histories
from sim.analysis.stories.divergence_report import DivergenceReport
from sim.analysis.stories.replay import resimulate
from sim.errors import RequestError


def require_same_draws(first: ScenarioSource, second: ScenarioSource, world: int) -> None:
    """Require that both scenarios have the world, with the same random draws in the same months.

    Raises:
        RequestError: seed, start or number of months differ, or one has no such world.
    """
    for setting in ("seed", "start", "months"):
        ours, theirs = (getattr(side.scenario, setting) for side in (first, second))
        if ours != theirs:
            raise RequestError(
                f"{first.path} and {second.path}: {setting} is {ours} in the first and {theirs} in "
                f"the second\n    histories are compared decision by decision; both need the same "
                f"{setting}"
            )
    for side in (first, second):
        require_world(side.scenario, world)


def compare_world(
    first: ScenarioSource, second: ScenarioSource, world: int, *, every: bool = False
) -> DivergenceReport:
    """Simulate one world of both scenarios and return where its histories diverge.

    With `every`, all months in which they differ are shown.
    """
    histories = resimulate(first.scenario, world), resimulate(second.scenario, world)
    inputs = compare_inputs((first.scenario, second.scenario))
    divergence = compare_histories(*histories)
    return DivergenceReport(_name_sides(first, second), histories, inputs, divergence, every)


def _name_sides(first: ScenarioSource, second: ScenarioSource) -> tuple[str, str]:
    if first.name != second.name:
        return first.name, second.name
    return (
        (first.path.name, second.path.name) if first.path.name != second.path.name else ("A", "B")
    )
