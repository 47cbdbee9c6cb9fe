"""An engine of a few lines that fulfils the contract of the real one."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from concurrent.futures import Executor
from contextlib import contextmanager
from pathlib import Path
from time import sleep
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, NoReturn

import numpy as np

from sim.experiment import blocks
from sim.experiment import engine as engine_module
from sim.experiment.blocks import MIN_BLOCK_SIZE
from sim.experiment.engine import Engine
from sim.experiment.execution import scheduler
from sim.experiment.execution.task import Simulator
from sim.experiment.execution.workers import open_executor
from sim.experiment.run import RunOptions
from sim.model.measures.registry import Measure, MeasureKind
from sim.model.recording.history import History
from sim.scenario.schema.scenario import Scenario

if TYPE_CHECKING:
    import pytest  # which processes of the fake engine need not load

ListMeasures = Callable[[Scenario], tuple[Measure, ...]]

MEASURES = (
    Measure("war", "share of worlds", "War breaks out", MeasureKind.HAPPENED),
    Measure("never", "share of worlds", "The sky falls", MeasureKind.HAPPENED),
    Measure("length", "months", "How long a war lasts", MeasureKind.AMOUNT, given="war"),
    Measure("regret", "months", "Regret after the sky fell", MeasureKind.AMOUNT, given="never"),
)


SIMULATING = "simulating-"
"""How the name of a file begins by which a process shows that it simulates without end."""


def measures(scenario: Scenario) -> tuple[Measure, ...]:
    return MEASURES


def engine(simulate: Simulator) -> Engine:
    """Return an engine with the measures of the fake."""
    return Engine(simulate, measures)


def options(simulator: Simulator | None = None, **others: Any) -> RunOptions:
    """Return options with a fake engine: by default, in this process and in small blocks."""
    defaults: dict[str, Any] = {"engine": engine(simulator or simulate), "block_size": 100}
    return RunOptions(**defaults | others)


def install(simulate: Simulator, measures: ListMeasures = measures) -> None:
    """Put a fake in the place of the model, for the rest of this process."""
    vars(engine_module)["_load_simulator"] = lambda: simulate
    vars(engine_module)["registry"] = SimpleNamespace(list_measures=measures)


def put(
    monkeypatch: pytest.MonkeyPatch, simulate: Simulator, measures: ListMeasures = measures
) -> None:
    """Put a fake in the place of the model where no engine can be passed, as in a command.

    No other processes are started unless requested, and blocks are small, so that small runs have
    several.
    """
    monkeypatch.setattr(scheduler, "count_processors", lambda: 1)
    for size in ("FIRST_BLOCK_SIZE", "MIN_BLOCK_SIZE", "MAX_BLOCK_SIZE"):
        monkeypatch.setattr(blocks, size, 100)
    monkeypatch.setattr(engine_module, "_load_simulator", lambda: simulate)
    monkeypatch.setattr(engine_module, "registry", SimpleNamespace(list_measures=measures))


def count_pools(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Record the size of every pool of processes that would be started, and start none."""
    sizes = list[int]()

    @contextmanager
    def record(workers: int) -> Iterator[Executor]:
        sizes.append(workers)
        with open_executor(1) as executor:
            yield executor

    monkeypatch.setattr(scheduler, "open_executor", record)
    monkeypatch.setattr(scheduler, "count_processors", lambda: 4)
    return sizes


def simulate(scenario: Scenario, first: int, count: int) -> History:
    """Simulate worlds with two draws each; a third have a war, which is their only event."""
    world = np.arange(first, first + count)
    draws = np.array([np.random.default_rng([scenario.seed, int(w)]).random(2) for w in world])
    war = draws[:, 0] < 1 / 3
    months = np.arange(1, scenario.months + 1, dtype=np.int16)
    return History(
        worlds={
            "world": world,
            "war": war,
            "never": np.zeros(count, dtype=bool),
            "length": scenario.months * draws[:, 1],
            "regret": np.zeros(count),
        },
        months={
            "world": np.repeat(world, months.size),
            "month": np.tile(months, count),
            "tension": np.outer(draws[:, 1], months).ravel(),
        },
        events={
            "world": world[war],
            "month": np.ones(war.sum(), dtype=np.int16),
            "event": np.array(["war" for _ in world[war]], dtype=object),
            "actor": np.array([f"actor {w % 3}" for w in world[war]], dtype=object),
        },
    )


def fail(scenario: Scenario, first: int, count: int) -> History:
    """Simulate the first hundred worlds, then divide by zero."""
    if first + count > 100:
        raise ZeroDivisionError("no strength left")
    return simulate(scenario, first, count)


def refuse(scenario: Scenario, first: int, count: int) -> NoReturn:
    """Divide by zero at once."""
    raise ZeroDivisionError("no strength at all")


def interrupt(scenario: Scenario, first: int, count: int) -> History:
    """Raise as Ctrl-C does, once there is something to lose."""
    if first > 0:
        raise KeyboardInterrupt
    return simulate(scenario, first, count)


def linger(scenario: Scenario, first: int, count: int) -> History:
    """Simulate the first block fast, and take five minutes for each of the others."""
    for _ in range(50 if first == 0 else 30_000):
        sleep(0.01)
    return simulate(scenario, first, count)


def endless(scenario: Scenario, first: int, count: int) -> History:
    """Simulate the first block fast; then show it by a file, and never finish."""
    sleep(0.1)
    while first >= MIN_BLOCK_SIZE:
        Path(f"{SIMULATING}{os.getpid()}").touch()
        sleep(0.01)
    return simulate(scenario, first, count)


def kill_process(scenario: Scenario, first: int, count: int) -> NoReturn:
    """End the process as the system does when memory runs out."""
    os._exit(9)
