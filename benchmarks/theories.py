"""What a theory costs: worlds under each rule, restated as a theory, beside the rule itself."""

from __future__ import annotations

from pathlib import Path
from time import process_time

from benchmarks.table import BenchmarkTable, verdict
from sim.model.simulate import simulate
from sim.scenario.load import load_scenario
from sim.scenario.schema.scenario import Scenario
from sim.scenario.theories.permission import allowing_code

_FILE = Path(__file__).parents[1] / "tests/model/plugged/restated.py"
_ROWS = (
    ("none named", (), 1.0),
    ("honour, shipped", ("theories.honour=pure_interest",), 2.0),
    ("honour, in a file", (f"theories.honour={_FILE}:Honour",), 2.0),
    ("challenge, with a bound", (f"theories.challenge={_FILE}:Bounded",), 3.0),
    ("challenge, without", (f"theories.challenge={_FILE}:Challenge",), 4.0),
    ("joining", (f"theories.joining={_FILE}:Join",), 1.2),
    ("settlement", (f"theories.settlement={_FILE}:Settle",), 1.2),
)
"""Label, settings, and at most how many times as long it should take."""


def theories(*, quick: bool) -> BenchmarkTable:
    """Return the processor time of a block under each theory, as a ratio to that of the rules."""
    worlds, months, rounds = (300, 6, 2) if quick else (1000, 24, 3)
    table = BenchmarkTable(
        f"What a theory costs: {worlds:,} worlds of the pact, {months} months",
        ("theory", "times as long", "at most"),
        "Processor time, the least of some rounds; the rules take 1.",
    )
    with allowing_code():
        scenarios = [load_scenario(Path("pact"), settings).scenario for _, settings, _ in _ROWS]
        _fastest(scenarios[0], worlds, months, 1)  # loads what is needed
        times = [_fastest(scenario, worlds, months, rounds) for scenario in scenarios]
    for (label, _, most), seconds in zip(_ROWS, times, strict=True):
        ratio = seconds / times[0]
        table.add_row(label, f"{ratio:.2f}", f"{most:g}: {verdict(ratio, most)}")
    return table


def _fastest(scenario: Scenario, worlds: int, months: int, rounds: int) -> float:
    """Return the least processor time of some rounds, in seconds."""
    times = []
    for _ in range(rounds):
        started = process_time()
        simulate(scenario, 0, worlds, months=months)
        times.append(process_time() - started)
    return min(times)
