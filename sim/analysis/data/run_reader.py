"""A results folder opened for analysis: its scenario, its measures, and its columns one by one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from numpy.typing import NDArray
from pyarrow import ArrowException
from pydantic import ValidationError

from sim.errors import RequestError, ResultsError
from sim.experiment.storage.metrics import Metric
from sim.experiment.storage.parquet import read_column
from sim.experiment.storage.results import Results, open_run_results
from sim.model.measures.registry import Measure
from sim.scenario.files.messages import find_nearest_name
from sim.scenario.schema.scenario import Scenario

OTHER_VERSION_MESSAGE = "was written by another version of sim; run its scenario again"


@dataclass(frozen=True)
class RunReader:
    """A complete results folder, with all that an analysis asks of it.

    Attributes:
        results: the folder and its manifest.
        scenario: the scenario that was lived, as the manifest keeps it.
        measures: what was measured, by name, in the order of the columns.
        metrics: every measure summed up, by name.
        point: id of the point, where this is one of a sweep; its tables hold the others too.
    """

    results: Results
    scenario: Scenario
    measures: dict[str, Measure]
    metrics: dict[str, Metric]
    point: str = ""

    @property
    def folder(self) -> Path:
        """The folder it was read from, followed by the point if it is one."""
        return self.results.folder / self.point

    @property
    def engine(self) -> str:
        """A digest of the engine that lived the worlds."""
        return str(self.results.manifest["engine"])

    @cached_property
    def worlds(self) -> NDArray[Any]:
        """The numbers of its worlds, in the order of the table."""
        return self.column("world")

    def column(self, name: str) -> NDArray[Any]:
        """Return a column of the table of worlds, shape (world,).

        Raises:
            ResultsError: the table is damaged or has no such column.
        """
        with translate_read_errors(self.folder):
            return read_column(self.results.table_path("worlds"), name, self.point)

    def measure(self, name: str) -> Measure:
        """Return the measure of that name.

        Raises:
            RequestError: there is none; the message says which name is nearest.
        """
        return find_measure(name, self.measures)


def read_run(folder: Path) -> RunReader:
    """Open a results folder.

    Raises:
        ResultsError: it is not there, not complete, damaged, or of another version.
    """
    found = open_run_results(folder)
    with translate_read_errors(folder):
        return RunReader(
            found,
            Scenario.model_validate(found.manifest["scenario"]),
            {measure.name: measure for measure in found.measures()},
            {metric.measure: metric for metric in found.metrics()},
        )


def find_measure(name: str, measures: dict[str, Measure]) -> Measure:
    """Return the measure of that name.

    Raises:
        RequestError: there is none; the message says which name is nearest.
    """
    if name in measures:
        return measures[name]
    nearest = find_nearest_name(name, measures)
    hint = f"; did you mean {nearest!r}?" if nearest else ""
    few = ", ".join(list(measures)[:4])
    raise RequestError(
        f"{name!r} is not a measure of this scenario\n"
        f"    allowed: one of {len(measures)}, such as {few}{hint}"
    )


@contextmanager
def translate_read_errors(folder: Path) -> Iterator[None]:
    """Turn what a damaged or foreign folder makes readers raise into one message.

    Raises:
        ResultsError: the body met something that this version did not write.
    """
    try:
        yield
    except ValidationError as error:
        raise ResultsError(
            f"{folder}: {OTHER_VERSION_MESSAGE} ({error.error_count()} misfits)"
        ) from None
    except (KeyError, TypeError) as error:
        raise ResultsError(f"{folder}: {OTHER_VERSION_MESSAGE} (it lacks {error})") from None
    except (ArrowException, OSError, ValueError) as error:
        first = str(error).partition("\n")[0]
        raise ResultsError(f"{folder}: is damaged: {first}") from None
