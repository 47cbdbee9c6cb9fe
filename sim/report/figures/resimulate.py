"""Simulates worlds again to obtain states that were not recorded."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from sim.errors import RequestError
from sim.model.model import AllianceModel
from sim.model.state import State
from sim.report.run_view import Run

MAX_RESIMULATED_WORLDS = 500
"""Worlds simulated again: enough for means that a figure can show."""


def check_same_engine(runs: Sequence[Run], subject: str) -> None:
    """Require the engine of the run, so that its worlds can be simulated again.

    Raises:
        RequestError: the engine has changed since.
    """
    for run in runs:
        if not run.same_engine:
            raise RequestError(
                f"{run.name}: was simulated by another version of the engine; {subject} simulates "
                "its worlds again and would show others\n    run the scenario again with sim run"
            )


def count_resimulated(run: Run) -> int:
    """Return how many of a run's worlds are simulated again."""
    return min(run.worlds, MAX_RESIMULATED_WORLDS)


def resimulate_states(run: Run, months: Sequence[int]) -> Iterator[tuple[int, State]]:
    """Yield the state after each of some months, in order; 0 is the opening day.

    What is yielded lives on: read it before asking for the next.
    """
    with _open_model(run) as worlds:
        for month in range(max(months) + 1):
            if month:
                worlds.step()
            if month in months:
                yield month, worlds.context.state


@contextmanager
def _open_model(run: Run) -> Iterator[AllianceModel]:
    worlds = AllianceModel(run.scenario, 0, count_resimulated(run))
    try:
        yield worlds
    finally:
        worlds.close()
