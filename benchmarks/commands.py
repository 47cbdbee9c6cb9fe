"""What a user waits for: the help, an answer, the same answer again."""

from __future__ import annotations

from tempfile import TemporaryDirectory

from benchmarks.scenarios import PACT
from benchmarks.table import Table, verdict
from benchmarks.timing import Taken, command, often, processor
from sim.model.simulate import live


def commands(*, quick: bool) -> Table:
    """Return what commands take from cold, by the clock and of processor."""
    repeats = 1 if quick else 5
    table = Table(
        "What a user waits for",
        ("Command", "By the clock", "Of processor", "Target"),
        "Only on a machine that does nothing else is the clock a measure of the program.",
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
    clock, used = (Taken(each) for each in zip(*taken, strict=True))
    met = verdict(clock.median, target)
    table.add(f"`{what}`", clock.told(_said), used.told(_said), f"{target} s: {met}")


def _living(table: Table) -> None:
    from benchmarks.scenarios import pact  # noqa: PLC0415

    used = often(lambda: processor(lambda: live(pact(), 0, 1000)), 3)
    met = verdict(used.median, 1.5)
    table.add("of which living 1,000 worlds", "", used.told(_said), f"1.5 s: {met}")


def _said(seconds: float) -> str:
    return f"{seconds:.2f} s"
