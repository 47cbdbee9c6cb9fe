"""Simulates the worlds for the questions: each scenario once, as long as any question needs."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from sim.experiment.blocks import OnProgress
from sim.model.recording.history import Columns, History
from sim.model.simulate import simulate
from sim.scenario.load import load_scenario
from sim.scenario.schema.scenario import Scenario

_BLOCK_WORLDS = 250
"""Worlds simulated at a time, to bound memory and report progress."""


@dataclass
class HistoryCache:
    """Histories by scenario and number of months, simulated on first use.

    Attributes:
        folder: the folder of the scenarios.
        worlds: the number of worlds simulated, from world 0 on.
        on_progress: called with the number of worlds simulated so far.
    """

    folder: Path
    worlds: int
    on_progress: OnProgress = lambda _: None
    _histories: dict[tuple[str, int], History] = field(default_factory=dict)
    _scenarios: dict[str, Scenario] = field(default_factory=dict)
    _months_needed: dict[str, int] = field(default_factory=dict)
    _worlds_done: int = 0

    def load_scenario(self, name: str) -> Scenario:
        """Return a scenario by its name.

        Raises:
            ScenarioError: it is invalid.
        """
        if name not in self._scenarios:
            self._scenarios[name] = load_scenario(self.folder / f"{name}.toml").scenario
        return self._scenarios[name]

    def history(self, name: str, months: int) -> History:
        """Return the history of a scenario over a number of months."""
        if (name, months) not in self._histories:
            scenario = self.load_scenario(name).model_copy(update={"months": months})
            self._histories[name, months] = self._simulate(scenario)
        return self._histories[name, months]

    def require_months(self, name: str, months: int) -> None:
        """Announce that a scenario will be needed for a number of months, before simulating it."""
        self._months_needed[name] = max(months, self._months_needed.get(name, 1))

    def longest_history(self, name: str) -> History:
        """Return the history of a scenario over the longest period announced."""
        return self.history(name, self._months_needed.get(name, 1))

    def _simulate(self, scenario: Scenario) -> History:
        blocks = []
        for first in range(0, self.worlds, _BLOCK_WORLDS):
            count = min(_BLOCK_WORLDS, self.worlds - first)
            blocks.append(simulate(scenario, first, count))
            self._worlds_done += count
            self.on_progress(self._worlds_done)
        return _join_blocks(blocks)


def _join_blocks(blocks: list[History]) -> History:
    return History(
        worlds=_concatenate_columns([block.worlds for block in blocks]),
        months=_concatenate_columns([block.months for block in blocks]),
        events=_concatenate_columns([block.events for block in blocks]),
    )


def _concatenate_columns(tables: list[Columns]) -> Columns:
    return {name: np.concatenate([table[name] for table in tables]) for name in tables[0]}
