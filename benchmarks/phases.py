"""The processor time of a month, phase by phase."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from time import process_time
from typing import Any
from unittest.mock import patch

from benchmarks.scenarios import load_pact
from benchmarks.table import BenchmarkTable
from benchmarks.timing import take_turns
from sim.experiment.blocks import DEFAULT_BLOCK_SIZE
from sim.model import model as engine
from sim.model import simulate as simulation
from sim.model.recording.chronicle import Chronicle

PHASES = {
    "change_governments": "governments",
    "move_treaties": "treaties concluded and left",
    "apply_shocks": "shocks",
    "run_provocations": "provocations",
    "run_councils": "the council",
    "run_disputes": "disputes: expectations, challenge, resistance, escalation",
    "answer_calls": "calls and answers",
    "join_wars": "joining",
    "wage_wars": "war months",
    "run_exchanges": "the exchange",
    "disclose_exchanges": "observation",
    "run_balancing": "balancing",
    "restrain_clients": "restraint",
    "update_memory": "memory",
}
OTHER_STEPS: dict[tuple[Any, str], str] = {
    (engine, "opening_state"): "sampling parameters",
    (simulation, "tally_worlds"): "measures",
    (Chronicle, "record_month"): "the chronicle of months",
    (Chronicle, "history"): "the tables of months and events",
}
ROUNDS, SECONDS = 5, 30.0
"""Rounds at most, and about how long they may take."""


def phases(*, quick: bool) -> BenchmarkTable:
    """Return the share of each phase in the processor time of a block."""
    sizes = (1000,) if quick else (1000, DEFAULT_BLOCK_SIZE)
    taken = take_turns(
        {str(size): partial(_time_phases, size) for size in sizes}, 1 if quick else ROUNDS, SECONDS
    )
    spent = {size: min(taken[str(size)], key=lambda seconds: seconds["all"]) for size in sizes}
    table = BenchmarkTable(
        "Where a month's time goes",
        ("Phase", *(f"{size:,} worlds" for size in sizes)),
        "Microseconds of processor per world-month and their share, in the fastest of some rounds.",
    )
    others = {name: label for (_, name), label in OTHER_STEPS.items()}
    for name, label in {**PHASES, **others, "all": "all"}.items():
        table.add_row(label, *(_format_cell(spent[size], name, size) for size in sizes))
    return table


def _format_cell(seconds: dict[str, float], name: str, size: int) -> str:
    microseconds = seconds[name] / size / load_pact().months * 1e6
    return f"{microseconds:.2f} ({seconds[name] / seconds['all']:.0%})"


def _time_phases(size: int) -> dict[str, float]:
    spent = dict.fromkeys((*PHASES, *(name for _, name in OTHER_STEPS)), 0.0)
    with _timers_installed(spent):
        started = process_time()
        simulation.simulate(load_pact(), 0, size)
        spent["all"] = process_time() - started
    return spent


@contextmanager
def _timers_installed(seconds: dict[str, float]) -> Iterator[None]:
    def timed(name: str, call: Callable[..., Any]) -> Callable[..., Any]:
        def timed_call(*args: Any, **kwargs: Any) -> Any:
            started = process_time()
            try:
                return call(*args, **kwargs)
            finally:
                seconds[name] += process_time() - started

        return timed_call

    with ExitStack() as stack:
        timed_phases = tuple(timed(phase.__name__, phase) for phase in engine._PHASES)
        stack.enter_context(patch.object(engine, "_PHASES", timed_phases))
        for owner, name in OTHER_STEPS:
            stack.enter_context(patch.object(owner, name, timed(name, getattr(owner, name))))
        yield
