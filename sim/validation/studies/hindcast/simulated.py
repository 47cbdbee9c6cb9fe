"""Worlds lived for the questions: each scenario once, as far as any question needs it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from sim.model.recording.history import Columns, History
from sim.model.simulate import live
from sim.scenario.load import load
from sim.scenario.schema.scenario import Scenario

BLOCK = 250
"""Worlds lived at a time, which bounds memory and lets the count be told."""


@dataclass
class Histories:
    """Histories by scenario and number of months, lived when they are first asked for.

    Attributes:
        folder: where the scenarios are.
        worlds: how many worlds are lived, from world 0 on.
        told: is told how many worlds have been lived so far.
    """

    folder: Path
    worlds: int
    told: Callable[[int], None] = lambda _: None
    _lived: dict[tuple[str, int], History] = field(default_factory=dict)
    _loaded: dict[str, Scenario] = field(default_factory=dict)
    _needed: dict[str, int] = field(default_factory=dict)
    _count: int = 0

    def scenario(self, name: str) -> Scenario:
        """Return a scenario by its name.

        Raises:
            ScenarioError: it cannot be used.
        """
        if name not in self._loaded:
            self._loaded[name] = load(self.folder / f"{name}.toml").scenario
        return self._loaded[name]

    def lived(self, name: str, months: int) -> History:
        """Return the history of a scenario over so many months."""
        if (name, months) not in self._lived:
            scenario = self.scenario(name).model_copy(update={"months": months})
            self._lived[name, months] = self._live(scenario)
        return self._lived[name, months]

    def need(self, name: str, months: int) -> None:
        """Say that a scenario will be needed for so many months, before any is lived."""
        self._needed[name] = max(months, self._needed.get(name, 1))

    def longest(self, name: str) -> History:
        """Return the history of a scenario over as many months as were said to be needed."""
        return self.lived(name, self._needed.get(name, 1))

    def _live(self, scenario: Scenario) -> History:
        blocks = []
        for first in range(0, self.worlds, BLOCK):
            count = min(BLOCK, self.worlds - first)
            blocks.append(live(scenario, first, count))
            self._count += count
            self.told(self._count)
        return _joined(blocks)


def _joined(blocks: list[History]) -> History:
    return History(
        *(
            _stacked([getattr(block, name) for block in blocks])
            for name in ("worlds", "months", "events")
        )
    )


def _stacked(tables: list[Columns]) -> Columns:
    return {name: np.concatenate([table[name] for table in tables]) for name in tables[0]}
