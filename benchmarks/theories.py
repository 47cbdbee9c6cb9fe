"""What a theory costs: worlds under each rule, restated as a theory, beside the rule itself."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from benchmarks.table import BenchmarkTable, verdict
from benchmarks.timing import Rounds, processor_seconds, take_turns
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

ROUNDS, SECONDS = 5, 60.0
"""Rounds at most, and about how long they may take."""


def theories(*, quick: bool) -> BenchmarkTable:
    """Return the processor time of a block under each theory, as a ratio to that of the rules."""
    worlds, months = (300, 6) if quick else (1000, 24)
    table = BenchmarkTable(
        "What a theory costs",
        ("Theory", "Times as long, by round", "At most"),
        f"{worlds:,} worlds of the pact, {months} months; processor time.",
    )
    with allowing_code():
        scenarios = {
            label: load_scenario(Path("pact"), [*settings, f"months={months}"]).scenario
            for label, settings, _ in _ROWS
        }
        for scenario in scenarios.values():
            simulate(scenario, 0, 10)  # loads what is needed
        taken = take_turns(
            {name: partial(_measure, each, worlds) for name, each in scenarios.items()},
            1 if quick else ROUNDS,
            SECONDS,
        )
    rules = Rounds.of(taken[_ROWS[0][0]])
    for label, _, most in _ROWS:
        ratio = Rounds.of(taken[label]).per(rules)
        met = f"{most:g}: {verdict(ratio.median, most)}"
        table.add_row(label, ratio.summary("{:.2f}"), met)
    return table


def _measure(scenario: Scenario, worlds: int) -> float:
    return processor_seconds(lambda: simulate(scenario, 0, worlds))
