"""What a month's time goes to, phase by phase."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from time import process_time
from typing import Any
from unittest.mock import patch

from benchmarks.scenarios import pact
from benchmarks.table import Table
from sim.experiment.blocks import BLOCK
from sim.model import model as engine
from sim.model.recording.chronicle import Chronicle
from sim.model.simulate import live

PHASES = {
    "strike_shocks": "shocks",
    "provoke": "provocations",
    "convene": "the council",
    "dispute": "disputes: looking ahead, challenging, resisting, climbing",
    "answer_calls": "calls and answers",
    "join_wars": "joining",
    "wage_wars": "war months",
    "trade": "the exchange",
    "observe": "observation",
    "balance": "balancing",
    "restrain": "restraint",
    "remember": "memory",
}
REST = {"opening_state": "drawing assumptions", "tally": "summing up"}
KEPT = {"close_month": "the chronicle of months", "months": "its table", "events": "that of events"}


def phases(*, quick: bool) -> Table:
    """Return the share of each phase in the processor time of a block."""
    sizes = (1000,) if quick else (1000, BLOCK)
    spent = {
        size: min((_spent(size) for _ in range(3)), key=lambda one: one["all"]) for size in sizes
    }
    table = Table(
        "Where a month's time goes",
        ("Phase", *(f"{size:,} worlds" for size in sizes)),
        "Microseconds of processor per world-month, and their share.",
    )
    for name, words in {**PHASES, **REST, **KEPT, "all": "all"}.items():
        table.add(words, *(_cell(spent[size], name, size) for size in sizes))
    return table


def _cell(spent: dict[str, float], name: str, size: int) -> str:
    each = spent[name] / size / pact().months * 1e6
    return f"{each:.2f} ({spent[name] / spent['all']:.0%})"


def _spent(size: int) -> dict[str, float]:
    spent = dict.fromkeys((*PHASES, *REST, *KEPT), 0.0)
    with _watched(spent):
        begun = process_time()
        live(pact(), 0, size)
        spent["all"] = process_time() - begun
    return spent


@contextmanager
def _watched(spent: dict[str, float]) -> Iterator[None]:
    def watch(name: str, call: Callable[..., Any]) -> Callable[..., Any]:
        def watched(*args: Any, **kwargs: Any) -> Any:
            begun = process_time()
            try:
                return call(*args, **kwargs)
            finally:
                spent[name] += process_time() - begun

        return watched

    with ExitStack() as stack:
        for owner, names in ((engine, (*PHASES, *REST)), (Chronicle, KEPT)):
            for name in names:
                watched = watch(name, getattr(owner, name))
                stack.enter_context(patch.object(owner, name, watched))
        yield
