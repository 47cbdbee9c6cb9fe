"""An engine of a few lines that keeps the contract of the real one."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import Executor
from contextlib import contextmanager
from pathlib import Path
from time import sleep
from types import SimpleNamespace
from typing import NoReturn

import numpy as np
import pytest

from sim.experiment import headlines, run_until, sweep
from sim.experiment.blocks import MIN_BLOCK_SIZE
from sim.experiment.execution.task import Simulator
from sim.experiment.execution.workers import open_executor
from sim.experiment.storage import writer
from sim.model.measures.registry import Measure, MeasureKind
from sim.model.recording.history import History
from sim.scenario.schema.scenario import Scenario

MEASURES = (
    Measure("war", "share of worlds", "War breaks out", MeasureKind.HAPPENED),
    Measure("never", "share of worlds", "The sky falls", MeasureKind.HAPPENED),
    Measure("length", "months", "How long a war lasts", MeasureKind.AMOUNT, given="war"),
    Measure("regret", "months", "Regret after the sky fell", MeasureKind.AMOUNT, given="never"),
)


LIVING = "living-"
"""How a file begins by which a process says that it is living without end."""


def measures(scenario: Scenario) -> tuple[Measure, ...]:
    return MEASURES


def replace_measures(set_attribute: Callable[[object, str, object], None]) -> None:
    """Have the experiment layer take the measures of the fake for those of the engine."""
    for module in (headlines, run_until, sweep, writer):
        set_attribute(module, "list_measures", measures)


def put(monkeypatch: pytest.MonkeyPatch, live: Simulator) -> None:
    """Put a fake in the place of the engine in this process, which starts no others unasked.

    Blocks are small, so that small runs have several.
    """
    monkeypatch.setattr("sim.experiment.execution.scheduler.count_processors", lambda: 1)
    for size in ("FIRST_BLOCK_SIZE", "MIN_BLOCK_SIZE", "MAX_BLOCK_SIZE"):
        monkeypatch.setattr(f"sim.experiment.blocks.{size}", 100)
    replace_measures(monkeypatch.setattr)
    monkeypatch.setitem(sys.modules, "sim.model.simulate", SimpleNamespace(simulate=live))


def crews(monkeypatch: pytest.MonkeyPatch, place: str) -> list[int]:
    """Note how many processes are started at `place`, each time any are, and start none of them."""
    started = list[int]()

    @contextmanager
    def note(workers: int) -> Iterator[Executor]:
        started.append(workers)
        with open_executor(1) as here:
            yield here

    monkeypatch.setattr(f"{place}.open_executor", note)
    monkeypatch.setattr(f"{place}.count_processors", lambda: 4)
    return started


def live(scenario: Scenario, first: int, count: int) -> History:
    """Every world throws its own dice; a third of them see a war, which is their only event."""
    world = np.arange(first, first + count)
    dice = np.array([np.random.default_rng([scenario.seed, int(w)]).random(2) for w in world])
    war = dice[:, 0] < 1 / 3
    months = np.arange(1, scenario.months + 1, dtype=np.int16)
    return History(
        worlds={
            "world": world,
            "war": war,
            "never": np.zeros(count, dtype=bool),
            "length": scenario.months * dice[:, 1],
            "regret": np.zeros(count),
        },
        months={
            "world": np.repeat(world, months.size),
            "month": np.tile(months, count),
            "tension": np.outer(dice[:, 1], months).ravel(),
        },
        events={
            "world": world[war],
            "month": np.ones(war.sum(), dtype=np.int16),
            "event": np.array(["war" for _ in world[war]], dtype=object),
            "actor": np.array([f"actor {w % 3}" for w in world[war]], dtype=object),
        },
    )


def fail(scenario: Scenario, first: int, count: int) -> History:
    """Live the first hundred worlds, then divide by zero."""
    if first + count > 100:
        raise ZeroDivisionError("no strength left")
    return live(scenario, first, count)


def refuse(scenario: Scenario, first: int, count: int) -> NoReturn:
    """Divide by zero at once."""
    raise ZeroDivisionError("no strength at all")


def interrupt(scenario: Scenario, first: int, count: int) -> History:
    """Be stopped by Ctrl-C once there is something to lose."""
    if first > 0:
        raise KeyboardInterrupt
    return live(scenario, first, count)


def linger(scenario: Scenario, first: int, count: int) -> History:
    """Be quick about the first block, and take five minutes for each of the others."""
    for _ in range(50 if first == 0 else 30_000):
        sleep(0.01)
    return live(scenario, first, count)


def endless(scenario: Scenario, first: int, count: int) -> History:
    """Be quick about the first block; then say so with a file, and live for ever."""
    sleep(0.1)
    while first >= MIN_BLOCK_SIZE:
        Path(f"{LIVING}{os.getpid()}").touch()
        sleep(0.01)
    return live(scenario, first, count)


def die(scenario: Scenario, first: int, count: int) -> NoReturn:
    """End the process as a kill for want of memory would."""
    os._exit(9)
