"""Simulates blocks in a process of its own, and prints the seconds per block."""

from __future__ import annotations

import sys
from time import perf_counter

from benchmarks.scenarios import load_pact
from sim.model.simulate import simulate


def main(worlds: int, repeats: int) -> None:
    """Simulate a block to warm up, and then `repeats` more."""
    simulate(load_pact(), 0, worlds)
    started = perf_counter()
    for number in range(1, repeats + 1):
        simulate(load_pact(), number * worlds, worlds)
    print((perf_counter() - started) / repeats)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
