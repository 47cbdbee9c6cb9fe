"""Tasks and their results: plain data that can be sent to a worker on any machine.

A task carries its scenario as text, so that a worker needs nothing but this package.
"""

from __future__ import annotations

import gc
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePath
from time import perf_counter
from traceback import extract_tb, format_exception_only, format_list
from typing import TYPE_CHECKING, Generic, TypeVar

from sim.errors import TheoryError
from sim.experiment.blocks import Block, Failure
from sim.experiment.layout import TABLES
from sim.scenario.schema.scenario import Scenario

if TYPE_CHECKING:
    from sim.model.recording.history import History

Output = TypeVar("Output")
BlockFunction = Callable[[Scenario, int, int], Output]
"""Takes a scenario, the first world and the number of worlds; any process can run it."""
Simulator = Callable[[Scenario, int, int], "History"]


@dataclass(frozen=True)
class Task(Generic[Output]):
    """A block of worlds of one point, and the function to apply to it.

    Attributes:
        point_id: the id of the point.
        scenario_json: the scenario of the point, as JSON.
        block: the worlds.
        function: what to apply to the scenario and the worlds.
    """

    point_id: str
    scenario_json: str
    block: Block
    function: BlockFunction[Output]


@dataclass(frozen=True)
class BlockResult(Generic[Output]):
    """The output of a task, and the seconds it took."""

    output: Output
    seconds: float


@dataclass(frozen=True)
class PackingSimulator:
    """Simulates worlds and packs them as the checkpoint stores them.

    The worker packs its own block: less data is sent, and the scheduler is never the bottleneck.
    """

    simulate: Simulator
    tables: tuple[str, ...] = TABLES

    def __call__(self, scenario: Scenario, first: int, count: int) -> bytes:
        """Return the block as the content of a file."""
        from sim.experiment.storage.block_files import pack_history  # noqa: PLC0415  Arrow is slow to load
        from sim.model.recording.month_counts import count_months  # noqa: PLC0415

        history = self.simulate(scenario, first, count)
        if "month_counts" in self.tables:
            history = count_months(history, first)
        return pack_history(history, self.tables)


def load_engine() -> None:
    """Load the model, so that the time of the first block does not include it."""
    import sim.model.simulate  # noqa: F401, PLC0415


def run_task(task: Task[Output]) -> BlockResult[Output] | Failure:
    """Run a task; an error is returned as a failure, since tracebacks cannot be sent.

    Raises:
        TheoryError: a theory of the scenario fails; nothing of the run is of use.
    """
    started = perf_counter()
    try:
        scenario = Scenario.model_validate_json(task.scenario_json)
        output = task.function(scenario, task.block.first, task.block.size)
    except TheoryError:
        raise  # what it returns would be no better in other worlds
    except Exception as error:
        return make_failure(task.point_id, task.block, error)
    gc.collect(1)  # a model that knows itself would stay in memory, with Python 3.13 for long
    return BlockResult(output, perf_counter() - started)


def make_failure(point_id: str, block: Block, error: Exception) -> Failure:
    """Return an error as the failure of a block."""
    frames = extract_tb(error.__traceback__)
    for frame in frames:
        frame.filename = "/".join(PurePath(frame.filename).parts[-2:])
    traceback = "".join([*format_list(frames), *format_exception_only(error)])
    last = frames[-1] if frames else None
    place = f" ({os.path.basename(last.filename)}, line {last.lineno})" if last else ""
    message = f"{type(error).__name__}: {error}".rstrip(": ")
    return Failure(point_id, block.first, block.last, f"{message}{place}", traceback)
