"""Compares crises opened side by side with the same ones opened one after the other."""

from __future__ import annotations

from benchmarks.scenarios import PACT_FILE, load_pact
from benchmarks.table import BenchmarkTable, verdict
from benchmarks.timing import Rounds, processor_seconds, take_turns, time_command
from sim.analysis.stress.crisis_worlds import simulate_crises
from sim.analysis.stress.openings import list_openings
from sim.analysis.stress.simulate import DEFAULT_MONTHS, DEFAULT_WORLDS, simulate_stress

TARGET_SECONDS = 10.0
"""Wall-clock seconds for two scenarios of eight actors."""
ROUNDS, SECONDS = 3, 40.0
"""Rounds at most, and about how long they may take."""


def crises(*, quick: bool) -> BenchmarkTable:
    """Return the cost of a stress test, and the time of the command on all processors."""
    worlds = DEFAULT_WORLDS // 5 if quick else DEFAULT_WORLDS
    scenario = load_pact(DEFAULT_MONTHS)
    openings = list_openings(scenario)
    table = BenchmarkTable(
        "Crises side by side",
        ("What", "Seconds", "Target"),
        f"`sim stress`, {len(openings)} openings of {worlds} worlds, {DEFAULT_MONTHS} months.",
    )
    simulate_crises(scenario, tuple(openings[:1]), 0, 8, 1)  # loads what is needed
    taken = take_turns(
        {
            "together": lambda: processor_seconds(
                lambda: simulate_stress(scenario, openings, worlds, workers=1)
            ),
            "apart": lambda: processor_seconds(
                lambda: [
                    simulate_crises(scenario, (opening,), 0, worlds, DEFAULT_MONTHS)
                    for opening in openings
                ]
            ),
        },
        1 if quick else ROUNDS,
        SECONDS,
    )
    together, apart = Rounds.of(taken["together"]), Rounds.of(taken["apart"])
    table.add_row("side by side, processor time", together.summary("{:.2f}"), "")
    table.add_row("one after the other, processor time", apart.summary("{:.2f}"), "")
    ratio = f"{apart.per(together).summary('{:.2f}')} times"
    table.add_row("the second against the first, by round", ratio, "")
    other = PACT_FILE.with_name("no_pact.toml")
    command = ("-m", "sim", "stress", str(PACT_FILE), str(other), "--worlds", str(worlds))
    seconds = time_command(*command).clock
    met = "" if quick else f"{TARGET_SECONDS:g}: {verdict(seconds, TARGET_SECONDS)}"
    table.add_row("the whole command for two scenarios, wall clock", f"{seconds:.2f}", met)
    return table
