"""Simulates blocks with the engine that Python finds, and prints how long one took and its peak.

It runs with the package of this commit, or with that of the commit that is the other contestant,
whose names are those of that time.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from resource import RUSAGE_SELF, getrusage
from time import process_time
from typing import Any

Simulate = Callable[[Any, int, int], object]


def main(file: str, worlds: int, months: int, tables: str, repeats: int) -> None:
    """Simulate a few worlds to warm up, then blocks; print the shortest time in seconds.

    `tables` is `all`, or `worlds` for the table of worlds alone.
    """
    loading = import_module("sim.scenario.load")
    load = getattr(loading, "load_scenario", None) or loading.load
    scenario, simulate = load(Path(file), [f"months={months}"]).scenario, _open_engine(tables)
    simulate(scenario, 0, 10)
    taken = []
    for number in range(repeats):
        started = process_time()
        simulate(scenario, number * worlds, worlds)
        taken.append(process_time() - started)
    peak = getrusage(RUSAGE_SELF).ru_maxrss / 1000
    print(json.dumps({"seconds": min(taken), "memory": peak}))


def _open_engine(tables: str) -> Simulate:
    if find_spec("sim.model.simulate") is None:
        return _open_earlier_engine(tables)
    simulate = import_module("sim.model.simulate").simulate
    if tables == "all":
        return simulate
    silent = import_module("sim.model.recording.chronicle").SilentChronicle
    return lambda scenario, first, count: simulate(scenario, first, count, chronicle=silent)


def _open_earlier_engine(tables: str) -> Simulate:
    """Return the simulation of the other contestant, which always records all tables."""
    if tables == "worlds":
        chronicle = import_module("sim.model.recording.chronicle").Chronicle
        chronicle.note = chronicle.close_month = lambda *_, **__: None
    return import_module("sim.model.live").live


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), sys.argv[4], int(sys.argv[5]))
