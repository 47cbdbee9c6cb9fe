"""Reading a results folder."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from sim.errors import ResultsError
from sim.experiment.manifest import COMPLETE, FORMAT, Manifest, read_manifest
from sim.experiment.metrics import Metric, read_metrics
from sim.experiment.question import Question
from sim.model.measures import Kind, Measure

METRICS = "metrics.csv"
TABLES = ("worlds", "months", "events")
FILES = (*(f"{name}.parquet" for name in TABLES), METRICS)


@dataclass(frozen=True)
class Results:
    """A complete results folder."""

    folder: Path
    manifest: Manifest

    def metrics(self) -> list[Metric]:
        """Return its measures, summed up over the worlds."""
        return read_metrics(self.folder / METRICS)

    def measures(self) -> list[Measure]:
        """Return what its measures are."""
        return [
            Measure(**told | {"kind": Kind(told["kind"])}) for told in self.manifest["measures"]
        ]

    def table(self, name: str) -> Path:
        """Return the file of one of its tables: worlds, months or events."""
        return self.folder / f"{name}.parquet"


def results(folder: Path) -> Results:
    """Open a results folder.

    Raises:
        ResultsError: it is not there, not complete, or damaged.
    """
    manifest = read_manifest(folder)
    if fault := _fault(folder, manifest):
        raise ResultsError(f"{folder}: {fault}")
    assert manifest is not None
    return Results(folder, manifest)


def answer(folder: Path, asked: Question) -> Results:
    """Open the folder that should hold the answer to a question.

    Raises:
        ResultsError: what stands there is not a complete answer to it, and nothing was touched.
    """
    try:
        found = results(folder)
        if found.manifest["question"] != asked.digest:
            raise ResultsError(f"{folder}: holds the answer to another question")
    except ResultsError as error:
        hint = "    it was left as it is; --force puts a new answer in its place"
        raise ResultsError(f"{error}\n{hint}") from None
    return found


def _fault(folder: Path, manifest: Manifest | None) -> str:
    """Return what keeps a folder from being complete results, or nothing."""
    if not folder.is_dir():
        return "is not a folder" if folder.exists() else "there is no such folder"
    if manifest is None:
        return "is not a results folder: it has no manifest that can be read"
    if manifest.get("status") != COMPLETE:
        return "is not complete"
    if manifest.get("format") != FORMAT:
        return "was written by another version of sim"
    files = manifest.get("files", {})
    return next(filter(None, (_damage(folder / name, files.get(name)) for name in FILES)), "")


def _damage(file: Path, written: dict[str, int] | None) -> str:
    if not file.is_file():
        return f"is damaged: {file.name} is missing"
    if written is None or file.stat().st_size != written["bytes"]:
        return f"is damaged: {file.name} is not as it was written"
    return ""
