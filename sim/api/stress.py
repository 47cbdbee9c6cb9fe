"""Python API: stress tests."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pandas as pd

from sim.analysis.data.notebook import render_notebook
from sim.analysis.stress.difference_findings import summarise_comparison
from sim.analysis.stress.findings import summarise_matrix
from sim.analysis.stress.matrix import StressMatrix, compare_stress
from sim.analysis.stress.request import choose_openings, open_scenarios
from sim.analysis.stress.simulate import DEFAULT_MONTHS, DEFAULT_WORLDS, simulate_matrices
from sim.analysis.stress.tables import difference_frame, matrix_frame, write_stress
from sim.api.inputs import ResultsInput, Settings, StrPath, as_list, as_side, list_settings


class StressFrames:
    """A stress test as frames.

    Attributes:
        names: the names of the scenarios.
        matrices: their matrices, in the same order.
    """

    def __init__(self, names: list[str], matrices: list[StressMatrix]) -> None:
        self.names, self.matrices = names, matrices

    @property
    def findings(self) -> list[str]:
        """What differs, and what stands out in the first scenario, as sentences."""
        first = self.matrices[0]
        comparisons = [compare_stress(first, other) for other in self.matrices[1:]]
        differences = [text for each in comparisons for text in summarise_comparison(each)]
        return [*differences, *summarise_matrix(first)]

    @property
    def cells(self) -> pd.DataFrame:
        """One row for each scenario and cell: a share from 0 to 1, or a mean; 95% intervals."""
        return matrix_frame(self.names, self.matrices)

    @property
    def differences(self) -> pd.DataFrame:
        """One row for each cell: the first scenario minus each other, in paired worlds."""
        return difference_frame(self.names, self.matrices)

    def frame(self) -> pd.DataFrame:
        """The cells."""
        return self.cells

    def _repr_html_(self) -> str:
        return render_notebook("Who comes to whom", *self.findings, self.cells)

    def write(self, out: StrPath) -> Path:
        """Write tables and manifest into a new folder, and return it.

        Raises:
            RequestError: the folder already exists.
            ResultsError: it cannot be written.
        """
        write_stress(Path(out), self.names, self.matrices)
        return Path(out)


def stress(
    *files: ResultsInput,
    crisis: Iterable[str] | str = (),
    only: bool = False,
    worlds: int = DEFAULT_WORLDS,
    months: int = DEFAULT_MONTHS,
    seed: int | None = None,
    settings: Settings = (),
    workers: int = 1,
) -> StressFrames:
    """Open crises in month 1 and count who comes to whom, as `sim stress` does.

    Raises:
        RequestError: a crisis is not possible in a scenario, or a number is invalid.
        ScenarioError: a scenario file cannot be used.
        ResultsError: a results folder cannot be read.
        SimulationError: some worlds could not be simulated.
        WorkerError: the workers terminated unexpectedly.
    """
    names, opened = open_scenarios([as_side(each) for each in files], list_settings(settings), seed)
    openings = choose_openings(opened, as_list(crisis, "crisis"), only=only)
    matrices = simulate_matrices(opened, openings, worlds, months=months, workers=workers)
    return StressFrames(names, matrices)
