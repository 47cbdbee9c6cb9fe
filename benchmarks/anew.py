"""What a reader of a served page waits for: worlds simulated anew at a new position."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from time import perf_counter

from benchmarks.scenarios import PACT_FILE
from benchmarks.table import BenchmarkTable
from benchmarks.timing import Rounds, take_turns
from benchmarks.yardstick import COLUMNS, NOTE, judge, open_yardstick
from sim.explore.serve.position import FIRST_WORLDS, MORE_WORLDS
from sim.explore.serve.worlds import AnewWorlds
from sim.scenario.load import load_scenario
from sim.scenario.schema.scenario import Scenario

TARGET_SECONDS, WORKERS = 0.5, 2
_MEASURES = ("war_any", "disputes")
ROUNDS, SECONDS = 9, 60.0
"""Rounds at most, and about how long they may take."""


def anew(*, quick: bool) -> BenchmarkTable:
    """Return how long a served page waits for the worlds of a new position."""
    table = BenchmarkTable(
        "Worlds simulated anew for a page",
        ("Worlds", "Wall clock, s", *COLUMNS),
        f"`sim explore pact --serve`, {WORKERS} processes that wait: from the request, which fixes "
        "one number at a value of its own, to the answer; sending it and drawing it take some "
        f"hundredths. Wall-clock time is valid only on an idle machine. {NOTE}",
    )
    with _open_worlds() as worlds, open_yardstick() as slowness:
        positions = _list_positions()
        taken = take_turns(
            {
                "first": lambda: _wait(worlds, next(positions), FIRST_WORLDS),
                "all": lambda: _wait(worlds, next(positions), MORE_WORLDS),
                "slowness": slowness,
            },
            1 if quick else ROUNDS,
            SECONDS,
        )
    slow, first, whole = taken["slowness"], Rounds.of(taken["first"]), Rounds.of(taken["all"])
    judged = judge(first, slow, TARGET_SECONDS)
    table.add_row(f"{FIRST_WORLDS:,}", first.summary("{:.2f}"), *judged)
    table.add_row(f"{MORE_WORLDS:,}", whole.summary("{:.2f}"), judge(whole, slow, 0)[0], "")
    return table


@contextmanager
def _open_worlds() -> Iterator[AnewWorlds]:
    worlds = AnewWorlds(WORKERS)
    try:
        asyncio.run(worlds.warm(load_scenario(PACT_FILE).scenario, _MEASURES))
        yield worlds
    finally:
        worlds.close()


def _list_positions() -> Iterator[Scenario]:
    """Yield the pact with a number fixed at ever other values, so that none is remembered."""
    for step in count():
        setting = f"rules.honour.reputation={1 + step / 1000}"
        yield load_scenario(PACT_FILE, [setting]).scenario


def _wait(worlds: AnewWorlds, scenario: Scenario, wanted: int) -> float:
    """Return the seconds until so many worlds are there."""
    started = perf_counter()
    asyncio.run(worlds.simulate(scenario, wanted, _MEASURES, lambda: True))
    return perf_counter() - started
