"""The results folder of a run or a sweep, or one point of a sweep, each part read on first use."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from numpy.typing import NDArray

from sim.errors import MissingTableError, RequestError, ResultsError
from sim.experiment.blocks import Failure
from sim.experiment.layout import (
    BASIC_FILES,
    DESIGN_FILE,
    METRICS_FILE,
    SWEEP_FILES,
    StoredTables,
    parse_stored,
)
from sim.experiment.storage.faults import (
    explain_other_kind,
    find_fault,
    translate_read_errors,
)
from sim.experiment.storage.manifest import PARTIAL, Manifest, read_manifest
from sim.experiment.storage.metrics import Metric, read_metrics, read_point_metrics
from sim.experiment.storage.parquet import hold_columns, read_column, read_rows
from sim.experiment.storage.run_key import RunKey
from sim.model.measures.registry import Measure
from sim.scenario.files.messages import find_nearest_name
from sim.scenario.provenance.changes import Change
from sim.scenario.schema.scenario import Scenario

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Results:
    """A results folder, or one point of a sweep in it; each part is read once, on first use.

    Attributes:
        folder: the folder.
        manifest: what was requested and how it was executed.
        point: id of the point; empty for a run and for a sweep as a whole.
        point_scenario: the scenario of that point; the manifest holds only its factors.
        sweep: the results of the whole sweep, if this is a point of it.
    """

    folder: Path
    manifest: Manifest
    point: str = ""
    point_scenario: Scenario | None = None
    sweep: Results | None = field(default=None, repr=False)

    @property
    def path(self) -> Path:
        """The folder, followed by the id of the point if this is one."""
        return self.folder / self.point

    @property
    def kind(self) -> str:
        """`run` or `sweep`."""
        return str(self.manifest.get("kind", "run"))

    @property
    def name(self) -> str:
        """The short name of the scenario."""
        return str(self.manifest["name"])

    @property
    def label(self) -> str:
        """The name that the user gave the run; empty if none."""
        return str(self.manifest.get("label") or "")

    @property
    def title(self) -> str:
        """The name that the user gave the run, or else the title of its scenario."""
        return self.label or self.scenario.title

    @cached_property
    def changes(self) -> list[Change]:
        """What the command line changed in the scenario, if it was recorded."""
        return [Change(**entry) for entry in self.manifest.get("changes", ())]

    @property
    def engine(self) -> str:
        """The fingerprint of the engine that simulated the worlds; empty if none was recorded."""
        return str(self.manifest.get("engine") or "")

    @property
    def stored(self) -> StoredTables:
        """Which tables of a run were to be stored."""
        return parse_stored(self.manifest.get("tables"))

    @property
    def is_partial(self) -> bool:
        """Whether the simulation of some worlds failed, so that they are missing."""
        return bool(self.manifest["status"] == PARTIAL)

    @property
    def failures(self) -> list[Failure]:
        """The blocks that are missing, and why."""
        return [Failure(**entry) for entry in self.manifest.get("failures", ())]

    @cached_property
    def scenario(self) -> Scenario:
        """The scenario that was simulated.

        Raises:
            ResultsError: it was written by another version, or this is a sweep of several.
        """
        if self.point_scenario is not None:
            return self.point_scenario
        if self.kind != "run":
            raise ResultsError(f"{self.folder}: {explain_other_kind(self.kind, 'run')}")
        with translate_read_errors(self.folder):
            return Scenario.model_validate(self.manifest["scenario"])

    @cached_property
    def measures(self) -> dict[str, Measure]:
        """What was measured, by name, in the order of the columns.

        Raises:
            ResultsError: it was written by another version.
        """
        with translate_read_errors(self.folder):
            measures = [Measure.restore(entry) for entry in self.manifest["measures"]]
        return {
            measure.name: measure
            for measure in measures
            if not self.point or measure.name in self.metrics
        }

    @cached_property
    def metrics(self) -> dict[str, Metric]:
        """The summary of every measure of a run or a point, by name.

        Raises:
            ResultsError: the file is damaged.
        """
        with translate_read_errors(self.folder):
            if self.sweep is not None:
                return self.sweep.point_metrics[self.point]
            return {metric.measure: metric for metric in read_metrics(self.folder / METRICS_FILE)}

    @cached_property
    def point_metrics(self) -> dict[str, dict[str, Metric]]:
        """The summary of every measure of a sweep, by point and name.

        Raises:
            ResultsError: the file is damaged.
        """
        metrics: dict[str, dict[str, Metric]] = {}
        with translate_read_errors(self.folder):
            for point, metric in read_point_metrics(self.folder / METRICS_FILE):
                metrics.setdefault(point, {})[metric.measure] = metric
        return metrics

    @cached_property
    def design(self) -> dict[str, dict[str, Any]]:
        """The level of each factor at each point of a sweep, by point and key.

        Raises:
            ResultsError: the table is damaged.
        """
        with translate_read_errors(self.folder):
            rows = read_rows(self.folder / DESIGN_FILE)
            return {row.pop("point"): row for row in rows}

    @cached_property
    def worlds(self) -> NDArray[Any]:
        """The numbers of the worlds, in the order of their table."""
        return self.column("world")

    def column(self, name: str, table: str = "worlds") -> NDArray[Any]:
        """Return a column of a table, one entry per row.

        Raises:
            ResultsError: the table is damaged or has no such column.
        """
        file = self.require_table(table)
        with translate_read_errors(self.path):
            if self.point:
                return read_column(file, name, self.point)
            if table not in self._readers:
                self._readers[table] = hold_columns(file)
            return self._readers[table](name)

    @cached_property
    def _readers(self) -> dict[str, Callable[[str], NDArray[Any]]]:
        """What returns a column of each table that was read."""
        return {}

    def measure(self, name: str) -> Measure:
        """Return the measure of that name.

        Raises:
            RequestError: there is none; the message suggests the nearest name.
        """
        return find_measure(name, self.measures)

    def frame(self, table: str) -> pd.DataFrame:
        """Return a table (metrics, worlds, months, events, design) as a pandas frame.

        Raises:
            ResultsError: there is no such table, or it is damaged.
        """
        import pandas as pd  # noqa: PLC0415

        file = self.folder / METRICS_FILE if table == "metrics" else self.require_table(table)
        with translate_read_errors(self.folder):
            frame: pd.DataFrame = (
                pd.read_csv(file) if file.suffix == ".csv" else pd.read_parquet(file)
            )
        if not self.point:
            return frame
        rows = frame[frame["point"] == self.point]
        return rows.drop(columns="point").reset_index(drop=True)

    def table_path(self, name: str) -> Path:
        """Return the Parquet file of a table: worlds, months, events or design."""
        return self.folder / f"{name}.parquet"

    def has_table(self, name: str) -> bool:
        """Whether a table is stored."""
        return self.table_path(name).is_file()

    def require_table(self, name: str) -> Path:
        """Return the Parquet file of a table.

        Raises:
            MissingTableError: it was not stored; the message says how to store it.
        """
        if self.has_table(name):
            return self.table_path(name)
        if self.kind == "sweep":
            raise MissingTableError(
                f"{self.path}: holds no table of {name}; run the sweep with --also {name}"
            )
        if self.stored is StoredTables.ALL:
            raise MissingTableError(f"{self.folder}: holds no table of {name}")
        raise MissingTableError(
            f"{self.folder}: holds no table of {name}, which --tables {self.stored} left out\n"
            "    simulate it again with --tables all, perhaps with fewer worlds"
        )

    def at_point(self, point: str, scenario: Scenario) -> Results:
        """Return one point of a sweep, which reads like a run of its scenario."""
        return replace(self, point=point, point_scenario=scenario, sweep=self)

    def require_readable(self) -> Results:
        """Return these results of a run or a point once scenario, measures and metrics are read.

        Raises:
            ResultsError: something is damaged or was written by another version.
        """
        _ = self.scenario, self.measures, self.metrics
        return self


def find_measure(name: str, measures: dict[str, Measure]) -> Measure:
    """Return the measure of that name.

    Raises:
        RequestError: there is none; the message suggests the nearest name.
    """
    if name in measures:
        return measures[name]
    nearest = find_nearest_name(name, measures)
    hint = f"; did you mean {nearest!r}?" if nearest else ""
    examples = ", ".join(list(measures)[:4])
    raise RequestError(
        f"{name!r} is not a measure of this scenario\n"
        f"    allowed: one of {len(measures)}, such as {examples}{hint}"
    )


def open_results(folder: Path, *, allow_partial: bool = False) -> Results:
    """Open the results folder of a run or of a sweep as a whole.

    Raises:
        ResultsError: it is missing, incomplete, damaged, or of another version.
    """
    is_sweep = (read_manifest(folder) or {}).get("kind") == "sweep"
    open_kind = open_sweep_results if is_sweep else open_run_results
    return open_kind(folder, allow_partial=allow_partial)


def open_run_results(folder: Path, *, allow_partial: bool = False) -> Results:
    """Open the results folder of a run; with `allow_partial`, also one that lacks worlds.

    Raises:
        ResultsError: the folder is missing, incomplete, damaged, or not that of a run.
    """
    return _open_results(folder, "run", BASIC_FILES, allow_partial=allow_partial)


def open_sweep_results(folder: Path, *, allow_partial: bool = False) -> Results:
    """Open the results folder of a sweep; with `allow_partial`, also one that lacks worlds.

    Raises:
        ResultsError: the folder is missing, incomplete, damaged, or not that of a sweep.
    """
    return _open_results(folder, "sweep", SWEEP_FILES, allow_partial=allow_partial)


def open_matching_results(folder: Path, key: RunKey, kind: str = "run") -> Results | None:
    """Open the folder that should hold the results of a run key; None if worlds are missing.

    Raises:
        ResultsError: it holds something else; nothing was changed.
    """
    try:
        results = _open_results(
            folder, kind, BASIC_FILES if kind == "run" else SWEEP_FILES, allow_partial=True
        )
        if results.manifest["question"] != key.digest:
            raise ResultsError(f"{folder}: holds the results of another {kind}")
    except ResultsError as error:
        hint = "    it was left unchanged; --force replaces it"
        raise ResultsError(f"{error}\n{hint}") from None
    return None if results.is_partial else results


def _open_results(
    folder: Path, kind: str, files: tuple[str, ...], *, allow_partial: bool
) -> Results:
    manifest = read_manifest(folder)
    if fault := find_fault(folder, manifest, kind, files):
        raise ResultsError(f"{folder}: {fault}")
    assert manifest is not None
    results = Results(folder, manifest)
    if results.is_partial and not allow_partial:
        raise ResultsError(
            f"{folder}: is not complete: {describe_missing_worlds(results)}\n"
            "    the command that created it tries them again"
        )
    return results


def describe_missing_worlds(results: Results) -> str:
    """Return in words how many worlds could not be simulated."""
    worlds = sum(failure.last - failure.first + 1 for failure in results.failures)
    return f"{worlds:,} {'world' if worlds == 1 else 'worlds'} could not be simulated"
