"""Simulates worlds in blocks, in a process of its own, and prints its peak of memory in MB."""

from __future__ import annotations

import sys
from pathlib import Path
from resource import RUSAGE_SELF, getrusage

from benchmarks.scenarios import load_pact
from sim.experiment.blocks import split_worlds
from sim.model.simulate import simulate


def main(worlds: int, months: int) -> None:
    """Simulate so many worlds for so many months."""
    for block in split_worlds(worlds):
        simulate(load_pact(months), block.first, block.size)
    print(_peak_memory())


def _peak_memory() -> float:
    """Return the peak of memory so far; on Linux, of this program alone."""
    status = Path("/proc/self/status")
    if not status.exists():
        return getrusage(RUSAGE_SELF).ru_maxrss / 1000
    lines = status.read_text().splitlines()
    return next(float(line.split()[1]) for line in lines if line.startswith("VmHWM")) / 1000


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
