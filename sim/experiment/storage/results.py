"""Reading a results folder."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from sim.errors import ResultsError
from sim.experiment.blocks import Failure
from sim.experiment.layout import FILES, METRICS, SWEEP_FILES
from sim.experiment.storage.fingerprint import Question
from sim.experiment.storage.manifest import COMPLETE, FORMAT, PARTIAL, Manifest, read_manifest
from sim.experiment.storage.metrics import Metric, read_metrics, read_point_metrics
from sim.model.measures.registry import Kind, Measure


@dataclass(frozen=True)
class Results:
    """A complete results folder."""

    folder: Path
    manifest: Manifest

    @property
    def partial(self) -> bool:
        """Whether some worlds could not be lived, and so are missing."""
        return bool(self.manifest["status"] == PARTIAL)

    def failures(self) -> list[Failure]:
        """Return what is missing, and why."""
        return [Failure(**told) for told in self.manifest.get("failures", ())]

    def metrics(self) -> list[Metric]:
        """Return its measures, summed up over the worlds."""
        return read_metrics(self.folder / METRICS)

    def point_metrics(self) -> list[tuple[str, Metric]]:
        """Return the measures of a sweep, point by point."""
        return read_point_metrics(self.folder / METRICS)

    def measures(self) -> list[Measure]:
        """Return what its measures are."""
        return [
            Measure(**told | {"kind": Kind(told["kind"])}) for told in self.manifest["measures"]
        ]

    def table(self, name: str) -> Path:
        """Return the file of one of its tables: worlds, months or events."""
        return self.folder / f"{name}.parquet"


def results(folder: Path, *, partial: bool = False) -> Results:
    """Open the results folder of a run; with `partial`, also one in which worlds are missing.

    Raises:
        ResultsError: it is not there, not that of a run, not complete, or damaged.
    """
    return _opened(folder, "run", FILES, partial=partial)


def sweep_results(folder: Path, *, partial: bool = False) -> Results:
    """Open the results folder of a sweep; with `partial`, also one in which worlds are missing.

    Raises:
        ResultsError: it is not there, not that of a sweep, not complete, or damaged.
    """
    return _opened(folder, "sweep", SWEEP_FILES, partial=partial)


def answer(folder: Path, asked: Question, kind: str = "run") -> Results | None:
    """Open the folder that should hold the answer to a question; None if worlds are missing.

    Raises:
        ResultsError: what stands there is no answer to it, and nothing was touched.
    """
    try:
        found = _opened(folder, kind, FILES if kind == "run" else SWEEP_FILES, partial=True)
        if found.manifest["question"] != asked.digest:
            raise ResultsError(f"{folder}: holds the answer to another question")
    except ResultsError as error:
        hint = "    it was left as it is; --force puts a new answer in its place"
        raise ResultsError(f"{error}\n{hint}") from None
    return None if found.partial else found


def _opened(folder: Path, kind: str, files: tuple[str, ...], *, partial: bool) -> Results:
    manifest = read_manifest(folder)
    if fault := _fault(folder, manifest, kind, files):
        raise ResultsError(f"{folder}: {fault}")
    assert manifest is not None
    found = Results(folder, manifest)
    if found.partial and not partial:
        raise ResultsError(
            f"{folder}: is not complete: {missing(found)}\n"
            "    the command that made it tries them again"
        )
    return found


def missing(found: Results) -> str:
    """Return in words how many worlds could not be lived."""
    worlds = sum(failure.last - failure.first + 1 for failure in found.failures())
    return f"{worlds:,} {'world' if worlds == 1 else 'worlds'} could not be lived"


def _fault(folder: Path, manifest: Manifest | None, kind: str, needed: tuple[str, ...]) -> str:
    """Return what keeps a folder from being results of a kind, or nothing."""
    if not folder.is_dir():
        return "is not a folder" if folder.exists() else _absent(folder)
    if manifest is None:
        return "is not a results folder: it has no manifest that can be read"
    if manifest.get("status") not in (COMPLETE, PARTIAL):
        return "is not complete"
    if manifest.get("format") != FORMAT:
        written = manifest.get("format")
        formats = f"its format is {written}, and this one reads {FORMAT}"
        return f"was written by another version of sim: {formats}"
    if manifest.get("kind", "run") != kind:
        points = "; sim compare and sim discover look at its points" * (kind == "run")
        return f"holds the results of a {manifest['kind']}, not of a {kind}{points}"
    files = manifest.get("files", {})
    names = [*needed, *(name for name in files if name not in needed)]
    return next(filter(None, (_damage(folder / name, files.get(name)) for name in names)), "")


def _absent(folder: Path) -> str:
    if (read_manifest(folder.parent) or {}).get("kind") == "sweep":
        return "is a point of a sweep, at which only sim compare and sim discover look"
    return "there is no such folder"


def _damage(file: Path, written: dict[str, int] | None) -> str:
    if not file.is_file():
        return f"is damaged: {file.name} is missing"
    if written is None or file.stat().st_size != written["bytes"]:
        return f"is damaged: {file.name} is not as it was written"
    return ""
