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
        """Whether some worlds could not be lived, and so are missing."""
        return bool(self.manifest["status"] == PARTIAL)

    def failures(self) -> list[Failure]:
        """Return what is missing, and why."""
        return [Failure(**told) for told in self.manifest.get("failures", ())]

    def metrics(self) -> list[Metric]:
        """Return its measures, summed up over the worlds."""
        return read_metrics(self.folder / METRICS_FILE)

    def point_metrics(self) -> list[tuple[str, Metric]]:
        """Return the measures of a sweep, point by point."""
        return read_point_metrics(self.folder / METRICS_FILE)

    def measures(self) -> list[Measure]:
        """Return what its measures are."""
        return [
            Measure(**told | {"kind": MeasureKind(told["kind"])})
            for told in self.manifest["measures"]
        ]

    def table_path(self, name: str) -> Path:
        """Return the file of one of its tables: worlds, months or events."""
        return self.folder / f"{name}.parquet"


def open_run_results(folder: Path, *, allow_partial: bool = False) -> Results:
    """Open the results folder of a run; with `allow_partial`, also one in which worlds are missing.

    Raises:
        ResultsError: it is not there, not that of a run, not complete, or damaged.
    """
    return _open_results(folder, "run", RUN_FILES, allow_partial=allow_partial)


def open_sweep_results(folder: Path, *, allow_partial: bool = False) -> Results:
    """Open the results folder of a sweep; with `allow_partial`, also one in which worlds are missing.

    Raises:
        ResultsError: it is not there, not that of a sweep, not complete, or damaged.
    """
    return _open_results(folder, "sweep", SWEEP_FILES, allow_partial=allow_partial)


def open_matching_results(folder: Path, key: RunKey, kind: str = "run") -> Results | None:
    """Open the folder that should hold the answer to a question; None if worlds are missing.

    Raises:
        ResultsError: what stands there is no answer to it, and nothing was touched.
    """
    try:
        found = _open_results(
            folder, kind, RUN_FILES if kind == "run" else SWEEP_FILES, allow_partial=True
        )
        if found.manifest["question"] != key.digest:
            raise ResultsError(f"{folder}: holds the answer to another question")
    except ResultsError as error:
        hint = "    it was left as it is; --force puts a new answer in its place"
        raise ResultsError(f"{error}\n{hint}") from None
    return None if found.is_partial else found


def _open_results(
    folder: Path, kind: str, files: tuple[str, ...], *, allow_partial: bool
) -> Results:
    manifest = read_manifest(folder)
    if fault := _find_fault(folder, manifest, kind, files):
        raise ResultsError(f"{folder}: {fault}")
    assert manifest is not None
    found = Results(folder, manifest)
    if found.is_partial and not allow_partial:
        raise ResultsError(
            f"{folder}: is not complete: {describe_missing_worlds(found)}\n"
            "    the command that made it tries them again"
        )
    return found


def describe_missing_worlds(results: Results) -> str:
    """Return in words how many worlds could not be lived."""
    worlds = sum(failure.last - failure.first + 1 for failure in results.failures())
    return f"{worlds:,} {'world' if worlds == 1 else 'worlds'} could not be lived"


def _find_fault(
    folder: Path, manifest: Manifest | None, kind: str, required: tuple[str, ...]
) -> str:
    """Return what keeps a folder from being results of a kind, or nothing."""
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
        return f"is damaged: {file.name} is not as it was written"
    return ""
