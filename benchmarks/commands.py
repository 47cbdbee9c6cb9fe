"""What a user waits for: the help, an answer, the same answer again."""

from __future__ import annotations

from statistics import median
from tempfile import TemporaryDirectory

from benchmarks.scenarios import PACT
from benchmarks.table import Table, verdict
from benchmarks.timing import command, processor
from sim.model.live import live


def commands(*, quick: bool) -> Table:
    """Return what commands take from cold, by the clock and of processor."""
    repeats = 1 if quick else 5
    table = Table(
        "What a user waits for",
        ("Command", "By the clock", "Of processor", "Target"),
        "Medians. Only on a machine that does nothing else is the clock a measure of the program.",
    )
    _row(table, "sim --help", [command("-m", "sim", "--help") for _ in range(repeats)], 0.3)
    with TemporaryDirectory() as folder:
        cold, again = [], []
        for number in range(repeats):
            words = ("-m", "sim", "run", str(PACT), "--quiet", "--out", f"{folder}/{number}")
            cold.append(command(*words))
            again.append(command(*words))
        _row(table, "sim run scenarios/pact.toml, from cold", cold, 4.0)
        _living(table)
        _row(table, "the same again, already answered", again, 0.5)
    return table


def _row(table: Table, what: str, taken: list[tuple[float, float]], target: float) -> None:
    clock, used = (median(each) for each in zip(*taken, strict=True))
    table.add(
        f"`{what}`", f"{clock:.2f} s", f"{used:.2f} s", f"{target} s: {verdict(clock, target)}"
    )


def _living(table: Table) -> None:
    from benchmarks.scenarios import pact  # noqa: PLC0415

    used = median(processor(lambda: live(pact(), 0, 1000)) for _ in range(3))
    table.add("of which living 1,000 worlds", "", f"{used:.2f} s", f"1.5 s: {verdict(used, 1.5)}")
