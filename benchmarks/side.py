"""Lives blocks and says how many seconds one took: a process of its own, beside others or alone."""

from __future__ import annotations

import sys
from time import perf_counter

from benchmarks.scenarios import load_pact
from sim.model.simulate import simulate


def main(worlds: int, repeats: int) -> None:
    """Live a block to warm up, and then so many more."""
    simulate(load_pact(), 0, worlds)
    begun = perf_counter()
    for number in range(1, repeats + 1):
        simulate(load_pact(), number * worlds, worlds)
    print((perf_counter() - begun) / repeats)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
