"""A million worlds by the command, and a made-up world of many actors, as a user would wait."""

from __future__ import annotations

from tempfile import TemporaryDirectory

from benchmarks.scenarios import PACT_FILE, large_world
from benchmarks.table import BenchmarkTable, verdict
from benchmarks.timing import processor_seconds, time_command
from sim.experiment.blocks import split_worlds
from sim.model.recording.chronicle import SilentChronicle
from sim.model.simulate import simulate

WORLDS, MONTHS = 1_000_000, 36
TARGET_SECONDS, GOAL_SECONDS = 120.0, 60.0
LARGE_WORLDS, LARGE_SECONDS = 100_000, 90.0


def million(*, quick: bool) -> BenchmarkTable:
    """Return the time of a million worlds of the pact, and of many worlds of a large one."""
    worlds = WORLDS // 50 if quick else WORLDS
    table = BenchmarkTable(
        "A million worlds",
        ("What", "Worlds", "Wall clock", "Processor", "Target"),
        "`sim run --tables worlds --workers 2`: the table of worlds, metrics, and the months "
        "counted. The large world is simulated in one process, the table of worlds alone, and its "
        "time is stated for two; wall-clock time is valid only on an idle machine.",
    )
    with TemporaryDirectory() as folder:
        words = ("-m", "sim", "run", str(PACT_FILE), "--quiet", "--tables", "worlds")
        clock, used = time_command(
            *words, "--workers", "2", "--worlds", str(worlds), "--out", folder
        )
    met = f"{TARGET_SECONDS:.0f} s: {verdict(clock, TARGET_SECONDS)}; goal {GOAL_SECONDS:.0f} s"
    table.add_row("the pact", f"{worlds:,}", f"{clock:.1f} s", f"{used:.1f} s", _full(met, quick))
    scenario, count = large_world(MONTHS), 2000 if quick else 12_000
    simulate(scenario, 0, 10, chronicle=SilentChronicle)
    used = processor_seconds(
        lambda: [
            simulate(scenario, block.first, block.size, chronicle=SilentChronicle)
            for block in split_worlds(count)
        ]
    )
    seconds = used / count * LARGE_WORLDS / 2
    actors, rivalries = len(scenario.actors), len(scenario.rivalries)
    label = f"{actors} actors, {rivalries} rivalries, {len(scenario.treaties)} treaties"
    met = f"{LARGE_SECONDS:.0f} s for {LARGE_WORLDS:,}: {verdict(seconds, LARGE_SECONDS)}"
    table.add_row(
        label, f"{count:,}", f"{seconds:.1f} s for {LARGE_WORLDS:,}", f"{used:.1f} s",
        _full(met, quick),
    )  # fmt: skip
    return table


def _full(target: str, quick: bool) -> str:
    """Return a target, which is set for the full size only."""
    return "" if quick else target
