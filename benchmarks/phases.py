"""What a month's time goes to, phase by phase."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from time import process_time
from typing import Any
from unittest.mock import patch

from benchmarks.scenarios import load_pact
from benchmarks.table import BenchmarkTable
from sim.experiment.blocks import DEFAULT_BLOCK_SIZE
from sim.model import model as engine
from sim.model.recording.chronicle import Chronicle
from sim.model.simulate import simulate

PHASES = {
    "apply_shocks": "shocks",
    "run_provocations": "provocations",
    "run_councils": "the council",
    "run_disputes": "disputes: looking ahead, challenging, resisting, climbing",
    "answer_calls": "calls and answers",
    "join_wars": "joining",
    "wage_wars": "war months",
    "run_exchanges": "the exchange",
    "disclose_exchanges": "observation",
    "run_balancing": "balancing",
    "restrain_clients": "restraint",
    "update_memory": "memory",
}
OTHER_STEPS = {"opening_state": "drawing assumptions", "tally_worlds": "summing up"}
CHRONICLE_STEPS = {
    "record_month": "the chronicle of months",
    "months": "its table",
    "events": "that of events",
}


def phases(*, quick: bool) -> BenchmarkTable:
    """Return the share of each phase in the processor time of a block."""
    sizes = (1000,) if quick else (1000, DEFAULT_BLOCK_SIZE)
    spent = {
        size: min((_time_phases(size) for _ in range(3)), key=lambda one: one["all"])
        for size in sizes
    }
    table = BenchmarkTable(
        "Where a month's time goes",
        ("Phase", *(f"{size:,} worlds" for size in sizes)),
        "Microseconds of processor per world-month, and their share.",
    )
    for name, words in {**PHASES, **OTHER_STEPS, **CHRONICLE_STEPS, "all": "all"}.items():
        table.add_row(words, *(_format_cell(spent[size], name, size) for size in sizes))
    return table


def _format_cell(seconds: dict[str, float], name: str, size: int) -> str:
    each = seconds[name] / size / load_pact().months * 1e6
    return f"{each:.2f} ({seconds[name] / seconds['all']:.0%})"


def _time_phases(size: int) -> dict[str, float]:
    spent = dict.fromkeys((*PHASES, *OTHER_STEPS, *CHRONICLE_STEPS), 0.0)
    with _timers_installed(spent):
        begun = process_time()
        simulate(load_pact(), 0, size)
        spent["all"] = process_time() - begun
    return spent


@contextmanager
def _timers_installed(seconds: dict[str, float]) -> Iterator[None]:
    def watch(name: str, call: Callable[..., Any]) -> Callable[..., Any]:
        def watched(*args: Any, **kwargs: Any) -> Any:
            begun = process_time()
            try:
                return call(*args, **kwargs)
            finally:
                seconds[name] += process_time() - begun

        return watched

    with ExitStack() as stack:
        for owner, names in ((engine, (*PHASES, *OTHER_STEPS)), (Chronicle, CHRONICLE_STEPS)):
            for name in names:
                watched = watch(name, getattr(owner, name))
                stack.enter_context(patch.object(owner, name, watched))
        yield
