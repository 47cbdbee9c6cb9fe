"""Simulates worlds again to obtain states that were not recorded."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from sim.errors import RequestError
from sim.report.run_view import Run

if TYPE_CHECKING:
    from sim.model.model import AllianceModel
    from sim.model.state import State

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


def observe_opening(run: Run, observe: Callable[[State], None]) -> None:
    """Call `observe` with the state on the opening day; it copies what it needs."""
    from sim.model.simulate import simulate  # noqa: PLC0415  Mesa takes a while to load

    def observe_some(_: int, model: AllianceModel) -> None:
        observe(model.context.state)

    simulate(run.scenario, 0, count_resimulated(run), months=0, observe=observe_some)
