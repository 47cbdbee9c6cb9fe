"""What a user waits for: the help, a run, the same run again."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import count
from tempfile import TemporaryDirectory

from benchmarks.scenarios import PACT_FILE, load_pact
from benchmarks.table import BenchmarkTable
from benchmarks.timing import CommandTime, Rounds, processor_seconds, take_turns, time_command
from benchmarks.yardstick import COLUMNS, NOTE, judge, open_yardstick
from sim.model.simulate import simulate

ROUNDS, SECONDS = 5, 60.0
"""Rounds at most, and about how long they may take."""


def commands(*, quick: bool) -> BenchmarkTable:
    """Return the time of commands from a cold start, wall clock and processor."""
    table = BenchmarkTable(
        "What a user waits for",
        ("Command", "Wall clock, s", "Processor, s", *COLUMNS),
        f"Wall-clock time measures the program only on an otherwise idle machine. {NOTE}",
    )
    simulate(load_pact(), 0, 10)  # loads what is needed
    with TemporaryDirectory() as folder, open_yardstick() as slowness:
        run, folders = ("-m", "sim", "run", str(PACT_FILE), "--quiet", "--out"), count()
        taken = take_turns(
            {
                "help": lambda: time_command("-m", "sim", "--help"),
                "cold": lambda: time_command(*run, f"{folder}/{next(folders)}"),
                "again": lambda: time_command(*run, f"{folder}/0"),
                "simulation": _time_simulation,
                "slowness": lambda: CommandTime.alike(slowness()),
            },
            1 if quick else ROUNDS,
            SECONDS,
        )
    slow = [each.used for each in taken["slowness"]]
    _add_row(table, "`sim --help`", taken["help"], slow, 0.3)
    _add_row(table, "`sim run scenarios/pact.toml`, from cold", taken["cold"], slow, 1.8)
    _add_row(table, "of which 1,000 worlds in one go", taken["simulation"], slow, 1.5)
    _add_row(table, "the same again, results exist", taken["again"], slow, 0.5)
    return table


def _time_simulation() -> CommandTime:
    """Return the processor time of a block, which stands for its wall-clock time too."""
    return CommandTime.alike(processor_seconds(lambda: simulate(load_pact(), 0, 1000)))


def _add_row(
    table: BenchmarkTable,
    label: str,
    taken: Sequence[CommandTime],
    slow: Sequence[float],
    target: float,
) -> None:
    clock = Rounds.of(each.clock for each in taken)
    used = Rounds.of(each.used for each in taken)
    cells = clock.summary("{:.2f}"), used.summary("{:.2f}")
    table.add_row(label, *cells, *judge(clock, slow, target))
