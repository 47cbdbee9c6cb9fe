"""What a user waits for: the help, a run, the same run again."""

from __future__ import annotations

from tempfile import TemporaryDirectory

from benchmarks.scenarios import PACT_FILE
from benchmarks.table import BenchmarkTable, verdict
from benchmarks.timing import Timing, processor_seconds, repeat_timing, time_command
from sim.model.simulate import simulate


def commands(*, quick: bool) -> BenchmarkTable:
    """Return the time of commands from a cold start, wall clock and processor."""
    repeats = 1 if quick else 5
    table = BenchmarkTable(
        "What a user waits for",
        ("Command", "Wall clock", "Processor", "Target"),
        "Wall-clock time measures the program only on an otherwise idle machine.",
    )
    _add_command_row(
        table, "sim --help", [time_command("-m", "sim", "--help") for _ in range(repeats)], 0.3
    )
    with TemporaryDirectory() as folder:
        cold, again = [], []
        for number in range(repeats):
            words = ("-m", "sim", "run", str(PACT_FILE), "--quiet", "--out", f"{folder}/{number}")
            cold.append(time_command(*words))
            again.append(time_command(*words))
        _add_command_row(table, "sim run scenarios/pact.toml, from cold", cold, 1.8)
        _add_simulation_row(table)
        _add_command_row(table, "the same again, results exist", again, 0.5)
    return table


def _add_command_row(
    table: BenchmarkTable, label: str, times: list[tuple[float, float]], target: float
) -> None:
    clock, used = (Timing(seconds) for seconds in zip(*times, strict=True))
    met = verdict(clock.median, target)
    table.add_row(
        f"`{label}`",
        clock.summary(_format_seconds),
        used.summary(_format_seconds),
        f"{target} s: {met}",
    )


def _add_simulation_row(table: BenchmarkTable) -> None:
    from benchmarks.scenarios import load_pact  # noqa: PLC0415

    used = repeat_timing(lambda: processor_seconds(lambda: simulate(load_pact(), 0, 1000)), 3)
    met = verdict(used.median, 1.5)
    table.add_row(
        "of which simulating 1,000 worlds", "", used.summary(_format_seconds), f"1.5 s: {met}"
    )


def _format_seconds(seconds: float) -> str:
    return f"{seconds:.2f} s"
