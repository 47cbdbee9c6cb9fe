"""The manifest: what was simulated, from what and with what, so that a folder explains itself."""

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
from sim.experiment.storage.run_key import RunKey
from sim.model.measures.registry import Measure
from sim.scenario.load import LoadedScenario
from sim.scenario.provenance.changes import list_changes
from sim.scenario.schema.quantity import FrozenModel, Grade
from sim.scenario.schema.scenario import Scenario

MANIFEST_FILE = "manifest.json"
RESULTS_FORMAT = 1
"""Increases when results folders can no longer be read as before."""
COMPLETE = "complete"
PARTIAL = "partial"
"""Some worlds could not be simulated; the manifest records which and why."""

Manifest = dict[str, Any]
FileSizes = dict[str, dict[str, int]]
"""Rows and bytes of each file, by name."""


@dataclass(frozen=True)
class GradeCounts:
    """The numbers of a scenario by grade, and those that are uncertain."""

    measured: int
    estimated: int
    judgement: int
    uncertain: int

    @property
    def total(self) -> int:
        """The number of all of them."""
        return self.measured + self.estimated + self.judgement


def count_grades(scenario: Scenario) -> GradeCounts:
    """Count the numbers of a scenario by grade, and those that vary between worlds."""
    quantities = [quantity for _, quantity in scenario.iter_quantities()]
    grades = Counter(quantity.grade for quantity in quantities)
    by_grade = {grade.value: grades[grade] for grade in Grade}
    return GradeCounts(**by_grade, uncertain=sum(not quantity.is_fixed for quantity in quantities))


@dataclass(frozen=True)
class Execution:
    """How results were produced.

    Attributes:
        command: the command as the user typed it.
        started_at: the time of the start, on the clock of `monotonic`.
        failures: worlds that could not be simulated.
        label: the name that the user gave; empty for the scenario's title.
    """

    command: tuple[str, ...] = ()
    started_at: float = field(default_factory=monotonic)
    failures: Sequence[Failure] = ()
    label: str = ""


def build_manifest(
    key: RunKey,
    loaded: LoadedScenario,
    *,
    measures: Iterable[Measure],
    files: FileSizes,
    execution: Execution,
    **extra: object,
) -> Manifest:
    """Return everything that is recorded about results, apart from the tables."""
    scenario = loaded.scenario
    return {
        "format": RESULTS_FORMAT,
        "kind": "run",
        "status": PARTIAL if execution.failures else COMPLETE,
        "name": key.name,
        "label": execution.label,
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
        "changes": [asdict(change) for change in list_changes(loaded)],
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
    """Return the manifest of a folder, or None if it cannot be read."""
    try:
        content = json.loads((folder / MANIFEST_FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return content if isinstance(content, dict) else None


def _command_line_settings(loaded: LoadedScenario) -> dict[str, Any]:
    """Return the settings of the command line."""
    top = loaded.layers[-1]
    return {} if top.file else top.tree


def _collect_versions() -> dict[str, str]:
    packages = ("numpy", "mesa", "pyarrow", "scipy", "pydantic")
    own = {"sim": __version__, "python": platform.python_version()}
    return own | {package: version(package) for package in packages}


def collect_cited_sources(loaded: LoadedScenario) -> dict[str, Any]:
    """Return the entries of the bibliography that a scenario cites."""
    keys = sorted(set(_find_source_keys(loaded.scenario)) & loaded.bibliography.keys())
    return {key: loaded.bibliography[key].model_dump(mode="json") for key in keys}


def _find_source_keys(part: object) -> Iterator[str]:
    if isinstance(part, FrozenModel):
        yield from getattr(part, "source", ())
        for _, value in part:
            yield from _find_source_keys(value)
    elif isinstance(part, dict):
        for value in part.values():
            yield from _find_source_keys(value)
