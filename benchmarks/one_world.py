"""A block of worlds against one world per Mesa model, both by this package's engine."""

from __future__ import annotations

from benchmarks.scenarios import pact
from benchmarks.table import Table, verdict
from benchmarks.timing import in_turns
from sim.model.simulate import live

WORLDS, ALONE, TARGET = 2000, 3, 150


def one_world(*, quick: bool) -> Table:
    """Return how many times the world-months per second of one processor a block lives."""
    scenario = pact()

    def alone() -> None:
        for world in range(ALONE):
            live(scenario, world, 1)

    taken = in_turns(
        {"one world per model": alone, "a block": lambda: live(scenario, 0, WORLDS)},
        1 if quick else 5,
    )
    table = Table(
        "One world per model",
        ("What", "Worlds", "Processor time", "Per world-month", "Ratio", f"Target {TARGET}"),
        f"`pact.toml`, {scenario.months} months; the same rules, engine and results.",
    )
    single = taken["one world per model"].median / ALONE / scenario.months
    many = taken["a block"].median / WORLDS / scenario.months
    table.add(
        "one world per Mesa model", ALONE, taken["one world per model"], _micro(single), 1, ""
    )
    ratio = single / many
    met = verdict(ratio, TARGET, least=True)
    table.add("a block", f"{WORLDS:,}", taken["a block"], _micro(many), f"{ratio:.0f}", met)
    return table


def _micro(seconds: float) -> str:
    return f"{seconds * 1e6:,.1f} µs"
