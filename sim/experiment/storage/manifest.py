"""The manifest: what was asked, of what, with what, so that a folder explains itself."""

from __future__ import annotations

import json
import platform
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from time import monotonic
from typing import Any

from sim._version import __version__
from sim.experiment.blocks import Failure
from sim.experiment.storage.fingerprint import RunKey
from sim.model.measures.registry import Measure
from sim.scenario.load import LoadedScenario
from sim.scenario.schema.quantity import FrozenModel, Grade
from sim.scenario.schema.scenario import Scenario

MANIFEST_FILE = "manifest.json"
RESULTS_FORMAT = 1
"""Counts up when a results folder of old cannot be read as one of today."""
COMPLETE = "complete"
PARTIAL = "partial"
"""Some worlds could not be lived; the manifest says which and why."""

Manifest = dict[str, Any]
FileSizes = dict[str, dict[str, int]]
"""Rows and bytes of each file, by its name."""


@dataclass(frozen=True)
class GradeCounts:
    """What the numbers of a scenario rest on."""

    measured: int
    estimated: int
    judgement: int
    uncertain: int

    @property
    def total(self) -> int:
        """All of them."""
        return self.measured + self.estimated + self.judgement


def count_grades(scenario: Scenario) -> GradeCounts:
    """Count the numbers of a scenario by grade, and those that differ between worlds."""
    all_numbers = [quantity for _, quantity in scenario.iter_quantities()]
    grades = Counter(quantity.grade for quantity in all_numbers)
    by_grade = {grade.value: grades[grade] for grade in Grade}
    return GradeCounts(**by_grade, uncertain=sum(not quantity.is_fixed for quantity in all_numbers))


@dataclass(frozen=True)
class Execution:
    """How results came about.

    Attributes:
        command: the command as it was given.
        started_at: when, on the clock of `monotonic`.
        failures: worlds that could not be lived.
    """

    command: tuple[str, ...] = ()
    started_at: float = field(default_factory=monotonic)
    failures: Sequence[Failure] = ()


def build_manifest(
    key: RunKey,
    loaded: LoadedScenario,
    *,
    measures: Iterable[Measure],
    files: FileSizes,
    execution: Execution,
    **extra: object,
) -> Manifest:
    """Return everything there is to know about results besides the results."""
    scenario = loaded.scenario
    return {
        "format": RESULTS_FORMAT,
        "kind": "run",
        "status": PARTIAL if execution.failures else COMPLETE,
        "name": key.name,
        "question": key.digest,
        "stem": key.digest_without_worlds,
        "engine": key.engine,
        "created": datetime.now(UTC).isoformat(timespec="seconds"),
        "seconds": round(monotonic() - execution.started_at, 3),
        "command": list(execution.command),
        "worlds": scenario.worlds,
        "months": scenario.months,
        "seed": scenario.seed,
        "layers": [layer.file.name for layer in loaded.layers if layer.file],
        "settings": _command_line_settings(loaded),
        "versions": _collect_versions(),
        "numbers": asdict(count_grades(scenario)),
        "files": files,
        "failures": [asdict(failure) for failure in execution.failures],
        **extra,
        "measures": [measure.description() for measure in measures],
        "scenario": scenario.model_dump(mode="json"),
        "bibliography": collect_cited_sources(loaded),
    }


def write_manifest(file: Path, content: Manifest) -> None:
    """Write a manifest as JSON."""
    text = json.dumps(content, ensure_ascii=False, indent=2, default=str)
    file.write_text(text + "\n", encoding="utf-8")


def read_manifest(folder: Path) -> Manifest | None:
    """Return a folder's manifest, or None if it has none that can be read."""
    try:
        content = json.loads((folder / MANIFEST_FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return content if isinstance(content, dict) else None


def _command_line_settings(loaded: LoadedScenario) -> dict[str, Any]:
    """Return what the command line laid on top of the files."""
    top = loaded.layers[-1]
    return {} if top.file else top.tree


def _collect_versions() -> dict[str, str]:
    packages = ("numpy", "mesa", "pyarrow", "scipy", "pydantic")
    ours = {"sim": __version__, "python": platform.python_version()}
    return ours | {package: version(package) for package in packages}


def collect_cited_sources(loaded: LoadedScenario) -> dict[str, Any]:
    """Return the entries of the bibliography that a scenario names."""
    keys = sorted(set(_find_source_keys(loaded.scenario)) & loaded.bibliography.keys())
    return {key: loaded.bibliography[key].model_dump(mode="json") for key in keys}


def _find_source_keys(part: object) -> Iterator[str]:
    if isinstance(part, FrozenModel):
        yield from getattr(part, "source", ())
        for name in type(part).model_fields:
            yield from _find_source_keys(getattr(part, name))
    elif isinstance(part, dict):
        for value in part.values():
            yield from _find_source_keys(value)
