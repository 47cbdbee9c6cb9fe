"""A block of worlds, observed month by month: its institutions before and after each month."""

from __future__ import annotations

from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import numpy as np

from sim.model.model import AllianceModel
from sim.model.state import State
from sim.scenario.schema.scenario import Scenario

TABLES = ("exchanges", "councils", "provokers", "blocs", "patronages", "armings")

MEANS = {"arsenals": "arsenal", "industries": "industry", "programmes": "programme"}


class InstitutionsCopy:
    """The institutions at one moment, as in `copy.arms.stock`."""

    def __init__(self, state: State) -> None:
        for table in TABLES:
            for code, thing in getattr(state.institutions, table).items():
                setattr(self, code if table != "provokers" else f"{code}_provoker", _held(thing))
        for table, one in MEANS.items():
            for row, thing in getattr(state.institutions, table).items():
                setattr(self, f"{state.codes[row]}_{one}", _held(thing))
        self.on = {code: rivalry.war.on.copy() for code, rivalry in state.rivalries.items()}
        self.affinity = state.memory.affinity.copy()

    def __getattr__(self, name: str) -> Any:
        raise AttributeError(f"no institution is called {name}")


def opened(scenario: Scenario, worlds: int, first: int = 0) -> AllianceModel:
    """Return a block of worlds on the day the scenario opens."""
    block = AllianceModel(scenario, first, worlds)
    block.close()
    return block


def after(scenario: Scenario, worlds: int, months: int) -> State:
    """Return the state after some months."""
    block = opened(scenario, worlds)
    for _ in range(months):
        block.step()
    return block.context.state


def watched(
    scenario: Scenario, worlds: int
) -> Iterator[tuple[InstitutionsCopy, InstitutionsCopy, State]]:
    """Yield for every month the snapshots before it and after it, and the state itself."""
    block = opened(scenario, worlds)
    before = InstitutionsCopy(block.context.state)
    for _ in range(scenario.months):
        block.step()
        now = InstitutionsCopy(block.context.state)
        yield before, now, block.context.state
        before = now


def _held(thing: object) -> SimpleNamespace:
    return SimpleNamespace(**{name: _copied(value) for name, value in vars(thing).items()})


def _copied(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _copied(item) for key, item in value.items()}
    return value.copy() if isinstance(value, np.ndarray) else value
