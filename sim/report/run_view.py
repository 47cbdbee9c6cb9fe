"""A results folder as the report reads it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from sim.analysis.data.run_reader import RunReader, read_run, translate_read_errors
from sim.errors import RequestError
from sim.experiment.engine import engine_fingerprint
from sim.experiment.storage.parquet import read_column
from sim.experiment.storage.results import Results
from sim.model.measures.registry import Measure, MeasureKind
from sim.scenario.schema.scenario import Scenario

_MAX_RUNS = 4
"""Runs in one figure; with more, lines are hard to distinguish."""


@dataclass(frozen=True)
class Run:
    """One run with the name it goes by among those shown with it."""

    reader: RunReader
    name: str
    index: int = 0
    """Which of the runs shown it is, from 0: it gives the colour."""

    @property
    def results(self) -> Results:
        """The folder and its manifest."""
        return self.reader.results

    @property
    def scenario(self) -> Scenario:
        """What was asked."""
        return self.reader.scenario

    @property
    def worlds(self) -> int:
        """How many worlds were lived."""
        return self.scenario.worlds

    @property
    def months(self) -> int:
        """How many months each."""
        return self.scenario.months

    @property
    def opening_date(self) -> str:
        """The day the scenario opens, in words."""
        return f"{self.scenario.start.day} {self.scenario.start:%B %Y}"

    @cached_property
    def headline_measures(self) -> tuple[Measure, ...]:
        """The measures that the scenario wants shown, in its order."""
        told = self.reader.measures
        return tuple(told[name] for name in self.scenario.headlines if name in told)

    @property
    def headline_outcomes(self) -> tuple[Measure, ...]:
        """The headline measures of whether something happened."""
        return tuple(
            measure for measure in self.headline_measures if measure.kind is MeasureKind.HAPPENED
        )

    @property
    def same_engine(self) -> bool:
        """Whether the engine is still the one that lived it, so that worlds can be lived again."""
        return self.reader.engine == engine_fingerprint()

    def read_month_column(self, column: str) -> NDArray[np.float64]:
        """Return a column of the months, (world, month); what is empty is not a number."""
        with translate_read_errors(self.results.folder):
            values = read_column(self.results.table_path("months"), column)
            return values.astype(np.float64).reshape(self.worlds, self.months)


def check_run_count(folders: Sequence[Path]) -> None:
    """Require that the runs fit into one figure.

    Raises:
        RequestError: there are too many.
    """
    if len(folders) > _MAX_RUNS:
        raise RequestError(f"{len(folders)} folders are too many for one figure: up to {_MAX_RUNS}")


def open_runs(folders: Sequence[Path]) -> list[Run]:
    """Open results folders; runs with the same title are distinguished by their folders' names.

    Raises:
        ResultsError: one is not a complete results folder.
        RequestError: there are too many, or one is named twice.
    """
    check_run_count(folders)
    if twice := [str(f) for f, n in Counter(f.resolve() for f in folders).items() if n > 1]:
        raise RequestError(f"{twice[0]}: is named twice")
    readers = [read_run(folder) for folder in folders]
    titles = [reader.scenario.title for reader in readers]
    return [
        Run(reader, title if titles.count(title) == 1 else f"{title} ({reader.folder.name})", index)
        for index, (reader, title) in enumerate(zip(readers, titles, strict=True))
    ]
