"""The runs shown together in a report, with their labels and colours."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from sim.analysis.comparison.side_names import name_sides
from sim.errors import RequestError
from sim.experiment.storage.engine_fingerprint import engine_fingerprint
from sim.experiment.storage.faults import translate_read_errors
from sim.experiment.storage.results import Results, open_run_results
from sim.model.measures.registry import Measure, MeasureKind
from sim.scenario.schema.scenario import Scenario

_MAX_RUNS = 4
"""Runs in one figure; with more, lines cannot be distinguished."""


@dataclass(frozen=True)
class Run:
    """The results of one run, labelled among the runs shown with it."""

    results: Results
    name: str
    index: int = 0
    """Position among the runs shown, from 0; it determines the colour."""

    @property
    def scenario(self) -> Scenario:
        """The scenario that was simulated."""
        return self.results.scenario

    @property
    def worlds(self) -> int:
        """Number of worlds."""
        return self.scenario.worlds

    @property
    def months(self) -> int:
        """Number of months simulated in each world."""
        return self.scenario.months

    @property
    def opening_date(self) -> str:
        """The day on which the scenario opens, written out."""
        return f"{self.scenario.start.day} {self.scenario.start:%B %Y}"

    @cached_property
    def headline_measures(self) -> tuple[Measure, ...]:
        """The headline measures of the scenario, in its order."""
        measures = self.results.measures
        return tuple(measures[name] for name in self.scenario.headlines if name in measures)

    @property
    def headline_outcomes(self) -> tuple[Measure, ...]:
        """The headline measures of whether something happened."""
        return tuple(
            measure for measure in self.headline_measures if measure.kind is MeasureKind.HAPPENED
        )

    @property
    def changed(self) -> str:
        """What the command line changed in the scenario, and what it was; empty if nothing."""
        return "; ".join(map(str, self.results.changes))

    @property
    def same_engine(self) -> bool:
        """Whether the engine is unchanged, so that worlds can be simulated again."""
        return self.results.engine == engine_fingerprint()

    def read_month_column(self, column: str) -> NDArray[np.float64]:
        """Return a column of the months, (world, month); an empty cell becomes NaN."""
        values = self.results.column(column, "months")
        with translate_read_errors(self.results.folder):
            return values.astype(np.float64).reshape(self.worlds, self.months)


def check_run_count(folders: Sequence[Path]) -> None:
    """Require that so many runs can be distinguished in one figure.

    Raises:
        RequestError: they cannot.
    """
    if len(folders) > _MAX_RUNS:
        raise RequestError(
            f"{len(folders)} folders are too many for one figure; allowed: up to {_MAX_RUNS}"
        )


def open_runs(folders: Sequence[Path]) -> list[Run]:
    """Open results folders, labelled by their names or titles, or by what sets them apart.

    Raises:
        ResultsError: one is not a complete results folder.
        RequestError: there are too many, or one is named twice.
    """
    check_run_count(folders)
    if twice := [str(f) for f, n in Counter(f.resolve() for f in folders).items() if n > 1]:
        raise RequestError(f"{twice[0]}: is named twice")
    opened = [open_run_results(folder).require_readable() for folder in folders]
    names = name_sides(opened)
    return [
        Run(results, name, index)
        for index, (results, name) in enumerate(zip(opened, names, strict=True))
    ]
