"""A process that simulates blocks with the package that Python finds: one for each line it reads.

A line is a number of worlds; the answer is the processor time in seconds and the peak of memory so
far in MB. The package may be that of an earlier commit, whose names are those of its time; so this
file uses nothing else of the benchmarks.

    contestant.py SCENARIO TABLES [SETTING ...]

SCENARIO is a scenario file, to which settings are applied, or a whole scenario as JSON. TABLES are
`all` or `worlds`, which are recorded; `stored all` or `stored worlds`, which are also packed, as
workers do.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from functools import partial
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from resource import RUSAGE_SELF, getrusage
from time import process_time
from typing import Any

Simulate = Callable[[Any, int, int], object]


def main(file: str, tables: str, *settings: str) -> None:
    """Simulate a few worlds to warm up, then a block for each line of the input."""
    scenario, simulate = _load(Path(file), list(settings)), _open_engine(*reversed(tables.split()))
    simulate(scenario, 0, 10)
    print("ready", flush=True)
    first = 0
    for line in sys.stdin:
        started, worlds = process_time(), int(line)
        simulate(scenario, first, worlds)
        first += worlds
        spent = {"used": process_time() - started, "memory": _peak_memory()}
        print(json.dumps(spent), flush=True)


def _load(file: Path, settings: list[str]) -> Any:
    if file.suffix == ".json":
        schema = import_module("sim.scenario.schema.scenario")
        return schema.Scenario.model_validate_json(file.read_text(encoding="utf-8"))
    loading = import_module("sim.scenario.load")
    load = getattr(loading, "load_scenario", None) or loading.load
    return load(file, settings).scenario


def _open_engine(tables: str, stored: str = "") -> Simulate:
    if find_spec("sim.model.simulate") is None:
        return _open_earlier_engine(tables)
    if stored:
        return _open_worker(tables)
    simulate = import_module("sim.model.simulate").simulate
    if tables == "all":
        return simulate
    silent = import_module("sim.model.recording.chronicle").SilentChronicle
    return partial(simulate, chronicle=silent)


def _open_worker(tables: str) -> Simulate:
    """Return what a worker does with a block: it simulates and packs the tables that are stored."""
    engine, task = import_module("sim.experiment.engine"), "sim.experiment.execution.task"
    names = import_module("sim.experiment.layout").StoredTables(tables).names
    simulate = engine.record_only(engine.simulate_worlds, names)
    return import_module(task).PackingSimulator(simulate, names)


def _open_earlier_engine(tables: str) -> Simulate:
    """Return the simulation of the other contestant, which always records all tables."""
    if tables == "worlds":
        chronicle = import_module("sim.model.recording.chronicle").Chronicle
        chronicle.note = chronicle.close_month = lambda *_, **__: None
    return import_module("sim.model.live").live


def _peak_memory() -> float:
    """Return the peak of memory so far in MB; on Linux, of this program alone."""
    status = Path("/proc/self/status")
    if not status.exists():
        return getrusage(RUSAGE_SELF).ru_maxrss / 1000
    lines = status.read_text().splitlines()
    return next(float(line.split()[1]) for line in lines if line.startswith("VmHWM")) / 1000


if __name__ == "__main__":
    main(*sys.argv[1:])
