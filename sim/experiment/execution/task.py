"""What a worker is handed and what it hands back: plain data, so that it may sit anywhere.

A task names its point by id and brings the scenario as text; nothing else has to be known.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePath
from time import perf_counter
from traceback import extract_tb, format_exception_only, format_list
from typing import TYPE_CHECKING, Generic, TypeVar

from sim.experiment.blocks import Block, Failure
from sim.scenario.schema.scenario import Scenario

if TYPE_CHECKING:
    from sim.model.recording.history import History

Output = TypeVar("Output")
BlockFunction = Callable[[Scenario, int, int], Output]
"""Is given a scenario, a first world and how many; may be done by any process."""
Simulator = BlockFunction["History"]


@dataclass(frozen=True)
class Task:
    """A block of one point: its id, its scenario as JSON, and which worlds."""

    point_id: str
    scenario_json: str
    block: Block


@dataclass(frozen=True)
class BlockResult(Generic[Output]):
    """What was made of a task, and how many seconds it took."""

    output: Output
    seconds: float


def simulate_worlds(scenario: Scenario, first: int, count: int) -> History:
    """Live worlds with the engine, which is loaded on the first call."""
    from sim.model.simulate import simulate  # noqa: PLC0415  Mesa takes a while to load

    return simulate(scenario, first, count)


@dataclass(frozen=True)
class PackingSimulator:
    """Lives worlds and packs them as they will be kept.

    Whoever lives them packs them, so that little travels and nobody waits for one who packs.
    """

    simulate: Simulator

    def __call__(self, scenario: Scenario, first: int, count: int) -> bytes:
        """Return the block as a file."""
        from sim.experiment.storage.block_files import pack_history  # noqa: PLC0415  Parquet takes a while to load

        return pack_history(self.simulate(scenario, first, count))


def load_engine() -> None:
    """Load the engine, so that the first block takes no longer for it."""
    import sim.model.simulate  # noqa: F401, PLC0415


def run_task(task: Task, function: BlockFunction[Output]) -> BlockResult[Output] | Failure:
    """Do the work of a block; what goes wrong is an outcome too: tracebacks do not travel."""
    begun = perf_counter()
    try:
        scenario = Scenario.model_validate_json(task.scenario_json)
        made = function(scenario, task.block.first, task.block.size)
    except Exception as error:
        return make_failure(task.point_id, task.block, error)
    return BlockResult(made, perf_counter() - begun)


def make_failure(point_id: str, block: Block, error: Exception) -> Failure:
    """Return an error as the failure of a block."""
    frames = extract_tb(error.__traceback__)
    for frame in frames:
        frame.filename = "/".join(PurePath(frame.filename).parts[-2:])
    way = "".join([*format_list(frames), *format_exception_only(error)])
    at = f" ({os.path.basename(frames[-1].filename)}, line {frames[-1].lineno})" if frames else ""
    said = f"{type(error).__name__}: {error}".rstrip(": ")
    return Failure(point_id, block.first, block.last, f"{said}{at}", way)
