"""Results of four worlds, made by hand: a war in the first, and tests."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

import numpy as np

from sim.model.measures.registry import Measure, MeasureKind

WAR = Measure("war", "share of worlds", "a war", MeasureKind.HAPPENED)
KEPT = Measure("kept", "share of worlds", "kept", MeasureKind.HAPPENED, given="war")
TESTS = Measure("tests", "per world", "tests", MeasureKind.AMOUNT)
COLUMNS = {
    "war": np.array([True, False, False, False]),
    "kept": np.array([True, False, False, False]),
    "tests": np.array([1.0, 2.0, 2.0, 8.0]),
}


@dataclass
class Columns:
    """Results of four worlds."""

    measures: dict[str, Measure] = field(
        default_factory=lambda: {each.name: each for each in (WAR, KEPT, TESTS)}
    )
    scenario: Any = field(default_factory=lambda: SimpleNamespace(headlines=tuple(COLUMNS)))

    columns: dict[str, Any] = field(default_factory=lambda: COLUMNS)

    def column(self, name: str) -> Any:
        """Return a column, (world,)."""
        return self.columns[name]
