"""Compares one worker with two, and shows what keeps a run from taking half the time."""

from __future__ import annotations

from itertools import count
from tempfile import TemporaryDirectory

from benchmarks.processes import open_pair, simulate_together
from benchmarks.scenarios import PACT_FILE
from benchmarks.table import BenchmarkTable, verdict
from benchmarks.timing import Rounds, take_turns, time_command
from sim.experiment.blocks import DEFAULT_BLOCK_SIZE

JOB_SECONDS, TARGET_SPEEDUP = 20.0, 1.8
"""Processor time of the blocks; the speedup that two workers should reach."""
ROUNDS, SECONDS = 5, 90.0
"""Rounds at most, and about how long those of the command may take."""


def workers(*, quick: bool) -> BenchmarkTable:
    """Return the speedup of two workers on a job of about 20 seconds, and that of its parts."""
    rounds, job_seconds = (1, JOB_SECONDS / 8) if quick else (ROUNDS, JOB_SECONDS)
    alone, beside = _time_blocks(rounds)
    blocks = job_seconds / min(alone.values)
    worlds = round(blocks * DEFAULT_BLOCK_SIZE)
    one, two = _time_commands(worlds, rounds)
    table = BenchmarkTable(
        "One worker and two",
        ("What", "One", "Two", "Ratio, by round", "Target"),
        f"`sim run --worlds {worlds}`, wall-clock seconds, which are valid only on an idle "
        "machine; of the blocks by themselves, seconds of each processor.",
    )
    speedup, simulated = one.per(two), (alone.scaled(blocks), beside.scaled(blocks / 2))
    met = verdict(speedup.median, TARGET_SPEEDUP, at_least=True)
    _add_row(table, "the whole command", one, two, "" if quick else f"{TARGET_SPEEDUP}: {met}")
    _add_row(table, "of which blocks, simulated and packed", *simulated)
    rest = (one.median - simulated[0].median, two.median - simulated[1].median)
    table.add_row("the rest", *map("{:.1f}".format, rest), "", "")
    return table


def _add_row(table: BenchmarkTable, what: str, one: Rounds, two: Rounds, target: str = "") -> None:
    cells = one.summary("{:.1f}"), two.summary("{:.1f}"), one.per(two).summary("{:.2f}")
    table.add_row(what, *cells, target)


def _time_commands(worlds: int, rounds: int) -> tuple[Rounds, Rounds]:
    """Return the time of the command with one worker and with two."""
    folders = count()
    with TemporaryDirectory() as folder:

        def run(workers: int) -> float:
            words = ("-m", "sim", "run", str(PACT_FILE), "--quiet", "--worlds", str(worlds))
            target = ("--workers", str(workers), "--out", f"{folder}/{next(folders)}")
            return time_command(*words, *target).clock

        taken = take_turns({"one": lambda: run(1), "two": lambda: run(2)}, rounds, SECONDS)
    return Rounds.of(taken["one"]), Rounds.of(taken["two"])


def _time_blocks(rounds: int) -> tuple[Rounds, Rounds]:
    """Return the processor time of a block alone, and beside another in a second process."""
    with open_pair("stored all") as pair:
        taken = take_turns(
            {
                "alone": lambda: pair[0].simulate(DEFAULT_BLOCK_SIZE).used,
                "beside": lambda: max(
                    spent.used for spent in simulate_together(pair, DEFAULT_BLOCK_SIZE)
                ),
            },
            rounds,
            SECONDS / 3,
        )
    return Rounds.of(taken["alone"]), Rounds.of(taken["beside"])
