"""Reading a results folder."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from sim.errors import ResultsError
from sim.experiment.blocks import Failure
from sim.experiment.layout import METRICS_FILE, RUN_FILES, SWEEP_FILES
from sim.experiment.storage.manifest import (
    COMPLETE,
    PARTIAL,
    RESULTS_FORMAT,
    Manifest,
    read_manifest,
)
from sim.experiment.storage.metrics import Metric, read_metrics, read_point_metrics
from sim.experiment.storage.run_key import RunKey
from sim.model.measures.registry import Measure, MeasureKind


@dataclass(frozen=True)
class Results:
    """A complete results folder."""

    folder: Path
    manifest: Manifest

    @property
    def is_partial(self) -> bool:
        """Whether some worlds could not be simulated, so that they are missing."""
        return bool(self.manifest["status"] == PARTIAL)

    def failures(self) -> list[Failure]:
        """Return which worlds are missing, and why."""
        return [Failure(**fields) for fields in self.manifest.get("failures", ())]

    def metrics(self) -> list[Metric]:
        """Return the measures, summarised over the worlds."""
        return read_metrics(self.folder / METRICS_FILE)

    def point_metrics(self) -> list[tuple[str, Metric]]:
        """Return the metrics of a sweep, point by point."""
        return read_point_metrics(self.folder / METRICS_FILE)

    def measures(self) -> list[Measure]:
        """Return the definitions of the measures."""
        return [
            Measure(**fields | {"kind": MeasureKind(fields["kind"])})
            for fields in self.manifest["measures"]
        ]

    def table_path(self, name: str) -> Path:
        """Return the path of a table: worlds, months or events."""
        return self.folder / f"{name}.parquet"


def open_run_results(folder: Path, *, allow_partial: bool = False) -> Results:
    """Open the results of a run; with `allow_partial`, worlds may be missing.

    Raises:
        ResultsError: the folder is missing, incomplete, damaged, or not that of a run.
    """
    return _open_results(folder, "run", RUN_FILES, allow_partial=allow_partial)


def open_sweep_results(folder: Path, *, allow_partial: bool = False) -> Results:
    """Open the results of a sweep; with `allow_partial`, worlds may be missing.

    Raises:
        ResultsError: the folder is missing, incomplete, damaged, or not that of a sweep.
    """
    return _open_results(folder, "sweep", SWEEP_FILES, allow_partial=allow_partial)


def open_matching_results(folder: Path, key: RunKey, kind: str = "run") -> Results | None:
    """Open the folder that should hold the results of a key; return None if worlds are missing.

    Raises:
        ResultsError: the folder holds something else; it is left unchanged.
    """
    try:
        results = _open_results(
            folder, kind, RUN_FILES if kind == "run" else SWEEP_FILES, allow_partial=True
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
    if fault := _find_fault(folder, manifest, kind, files):
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
    worlds = sum(failure.last - failure.first + 1 for failure in results.failures())
    return f"{worlds:,} {'world' if worlds == 1 else 'worlds'} could not be simulated"


def _find_fault(
    folder: Path, manifest: Manifest | None, kind: str, required: tuple[str, ...]
) -> str:
    """Return why a folder does not hold valid results of a kind, or an empty text."""
    if not folder.is_dir():
        return "is not a folder" if folder.exists() else _explain_absence(folder)
    if manifest is None:
        return "is not a results folder: it has no manifest that can be read"
    if manifest.get("status") not in (COMPLETE, PARTIAL):
        return "is not complete"
    if manifest.get("format") != RESULTS_FORMAT:
        written = manifest.get("format")
        formats = f"its format is {written}, and this one reads {RESULTS_FORMAT}"
        return f"was written by another version of sim: {formats}"
    if manifest.get("kind", "run") != kind:
        points = "; sim compare and sim discover look at its points" * (kind == "run")
        return f"holds the results of a {manifest['kind']}, not of a {kind}{points}"
    files = manifest.get("files", {})
    names = [*required, *(name for name in files if name not in required)]
    return next(filter(None, (_find_damage(folder / name, files.get(name)) for name in names)), "")


def _explain_absence(folder: Path) -> str:
    if (read_manifest(folder.parent) or {}).get("kind") == "sweep":
        return "is a point of a sweep, at which only sim compare and sim discover look"
    return "there is no such folder"


def _find_damage(file: Path, recorded: dict[str, int] | None) -> str:
    if not file.is_file():
        return f"is damaged: {file.name} is missing"
    if recorded is None or file.stat().st_size != recorded["bytes"]:
        return f"is damaged: {file.name} has changed since it was written"
    return ""
