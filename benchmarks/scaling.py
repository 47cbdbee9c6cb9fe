"""How cost grows with worlds, months and actors."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from math import log
from statistics import linear_regression

from benchmarks.scenarios import load_pact, repeat_casts
from benchmarks.table import BenchmarkTable, verdict
from benchmarks.timing import Rounds, processor_seconds, take_turns
from sim.experiment.blocks import DEFAULT_BLOCK_SIZE, split_worlds
from sim.model.simulate import simulate
from sim.scenario.schema.scenario import Scenario

MONTHS, TARGET_SLOPE = 6, 1.1
"""Enough months for the slope over worlds, and few enough for 256,000 of them."""
WORLDS = 1000, 4000, 16_000, 64_000, 256_000
ROUNDS, SECONDS = 5, 60.0
"""Rounds at most, and about how long those over worlds may take."""


def scaling(*, quick: bool) -> BenchmarkTable:
    """Return what it costs over numbers of worlds, months and actors, with the slopes."""
    table = BenchmarkTable(
        "How cost grows",
        ("Over", "Sizes", "Processor time, s", "Slope, by round", "Target"),
        "Slopes of log-log regressions: 1 means that the cost is proportional. Over worlds and "
        f"actors {MONTHS} months are simulated, in blocks of {DEFAULT_BLOCK_SIZE:,} worlds; over "
        "months and actors, 1,000 worlds.",
    )
    short, worlds = load_pact(MONTHS), WORLDS[:3] if quick else WORLDS
    simulate(short, 0, 10)  # loads what is needed
    over_worlds = {count: partial(_simulate_blocks, short, count) for count in worlds}
    taken = _measure(over_worlds, SECONDS, quick=quick)
    _add_row(table, "worlds", taken)
    full = {size: taken[size] for size in worlds if size >= DEFAULT_BLOCK_SIZE}
    _add_row(table, "worlds, in full blocks", full)
    months = {count: load_pact(count) for count in ((12, 24) if quick else (12, 24, 48, 96))}
    actors = {8 * count: repeat_casts(count, MONTHS) for count in ((1, 2) if quick else (1, 2, 4))}
    for over, scenarios in {"months": months, "actors": actors}.items():
        thousand = {size: partial(simulate, each, 0, 1000) for size, each in scenarios.items()}
        _add_row(table, over, _measure(thousand, SECONDS / 2, quick=quick))
    return table


def _simulate_blocks(scenario: Scenario, count: int) -> None:
    for block in split_worlds(count):
        simulate(scenario, block.first, block.size)


def _measure(
    work: Mapping[int, Callable[[], object]], seconds: float, *, quick: bool
) -> dict[int, Rounds]:
    """Return the processor time of each size."""
    contestants = {str(size): partial(processor_seconds, each) for size, each in work.items()}
    taken = take_turns(contestants, 1 if quick else ROUNDS, seconds)
    return {size: Rounds.of(taken[str(size)]) for size in work}


def _add_row(table: BenchmarkTable, over: str, taken: Mapping[int, Rounds]) -> None:
    """Add a row with the slope of each round."""
    by_round = zip(*(each.values for each in taken.values()), strict=True)
    slopes = Rounds.of(_log_log_slope(list(taken), costs) for costs in by_round)
    table.add_row(
        over,
        ", ".join(f"{size:,}" for size in taken),
        ", ".join(f"{each.median:.3g}" for each in taken.values()),
        slopes.summary("{:.3f}"),
        f"{TARGET_SLOPE}: {verdict(slopes.median, TARGET_SLOPE)}",
    )


def _log_log_slope(sizes: Sequence[int], costs: Sequence[float]) -> float:
    return linear_regression([log(size) for size in sizes], [log(cost) for cost in costs]).slope
