"""A million worlds by the command, as a user would wait: from a part of it, or as a whole."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import count
from tempfile import TemporaryDirectory

from benchmarks.scenarios import PACT_FILE
from benchmarks.table import BenchmarkTable
from benchmarks.timing import CommandTime, Rounds, take_turns, time_command
from benchmarks.yardstick import COLUMNS, NOTE, judge, open_yardstick

WORLDS, MONTHS = 1_000_000, 36
PARTS = 24_000, 96_000
"""Some full blocks for each of two workers, and four times as many."""
TARGET_SECONDS = 120.0
ROUNDS, SECONDS = 5, 220.0
"""Rounds at most, and about how long they may take."""
_COLUMNS = "Worlds", "Wall clock, s", "Processor, s", *COLUMNS
_NOTE = (
    "`sim run pact --tables worlds --workers 2`: the table of worlds, metrics, and the months "
    "counted."
)


def million(*, quick: bool) -> BenchmarkTable:
    """Return the time of a million worlds, as two runs of fewer lead one to expect it."""
    few, many = (part // 12 for part in PARTS) if quick else PARTS
    with TemporaryDirectory() as folder, open_yardstick() as slowness:
        folders = count()
        taken = take_turns(
            {
                "few": lambda: _run(few, f"{folder}/{next(folders)}"),
                "slowness": lambda: CommandTime.alike(slowness()),
                "many": lambda: _run(many, f"{folder}/{next(folders)}"),
            },
            1 if quick else ROUNDS,
            SECONDS,
        )
    table = BenchmarkTable(
        "A million worlds",
        _COLUMNS,
        f"{_NOTE} The million is extrapolated, round by round, along the line through two runs of "
        f"fewer worlds; `whole_million` runs it. {NOTE}",
    )
    pairs = zip(taken["few"], taken["many"], strict=True)
    expected = [extrapolate((few, less), (many, more)) for less, more in pairs]
    _add_row(table, few, taken["few"])
    _add_row(table, many, taken["many"])
    _add_row(table, WORLDS, expected, [each.used for each in taken["slowness"]])
    return table


def whole_million(*, quick: bool) -> BenchmarkTable:
    """Return the time of a million worlds, all of them simulated; in quick, of a fiftieth."""
    worlds = WORLDS // 50 if quick else WORLDS
    with TemporaryDirectory() as folder, open_yardstick() as slowness:
        before, taken, after = slowness(), _run(worlds, folder), slowness()
    note = f"{_NOTE} All are simulated. {NOTE}"
    table = BenchmarkTable("A million worlds, all of them", _COLUMNS, note)
    _add_row(table, worlds, [taken], [(before + after) / 2])
    return table


def _run(worlds: int, out: str) -> CommandTime:
    words = ("-m", "sim", "run", str(PACT_FILE), "--quiet", "--tables", "worlds", "--workers", "2")
    return time_command(*words, "--worlds", str(worlds), "--out", out)


def extrapolate(few: tuple[int, CommandTime], many: tuple[int, CommandTime]) -> CommandTime:
    """Return the time of a million worlds on the line through the times of two numbers of them."""
    (first, less), (second, more) = few, many
    reach = (WORLDS - second) / (second - first)
    clock, used = (long + (long - short) * reach for short, long in zip(less, more, strict=True))
    return CommandTime(clock, used)


def _add_row(
    table: BenchmarkTable, worlds: int, taken: list[CommandTime], slow: Sequence[float] = ()
) -> None:
    clock = Rounds.of(each.clock for each in taken)
    used = Rounds.of(each.used for each in taken)
    judged = judge(clock, slow, TARGET_SECONDS) if slow else ("", "")
    table.add_row(f"{worlds:,}", clock.summary("{:.1f}"), used.summary("{:.1f}"), *judged)
