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
from sim.experiment.storage.fingerprint import Question
from sim.model.measures.registry import Measure
from sim.scenario.load import Loaded
from sim.scenario.schema.quantity import Frozen, Grade
from sim.scenario.schema.scenario import Scenario

FILE = "manifest.json"
FORMAT = 1
"""Counts up when a results folder of old cannot be read as one of today."""
COMPLETE = "complete"
PARTIAL = "partial"
"""Some worlds could not be lived; the manifest says which and why."""

Manifest = dict[str, Any]
Files = dict[str, dict[str, int]]
"""Rows and bytes of each file, by its name."""


@dataclass(frozen=True)
class Numbers:
    """What the numbers of a scenario rest on."""

    measured: int
    estimated: int
    judgement: int
    uncertain: int

    @property
    def total(self) -> int:
        """All of them."""
        return self.measured + self.estimated + self.judgement


def numbers(scenario: Scenario) -> Numbers:
    """Count the numbers of a scenario by grade, and those that differ between worlds."""
    all_numbers = [quantity for _, quantity in scenario.quantities()]
    grades = Counter(quantity.grade for quantity in all_numbers)
    by_grade = {grade.value: grades[grade] for grade in Grade}
    return Numbers(**by_grade, uncertain=sum(not quantity.certain for quantity in all_numbers))


@dataclass(frozen=True)
class Making:
    """How results came about.

    Attributes:
        words: the command as it was given.
        begun: when, on the clock of `monotonic`.
        failures: worlds that could not be lived.
    """

    words: tuple[str, ...] = ()
    begun: float = field(default_factory=monotonic)
    failures: Sequence[Failure] = ()


def manifest(
    asked: Question,
    loaded: Loaded,
    *,
    measures: Iterable[Measure],
    files: Files,
    made: Making,
    **more: object,
) -> Manifest:
    """Return everything there is to know about results besides the results."""
    scenario = loaded.scenario
    return {
        "format": FORMAT,
        "kind": "run",
        "status": PARTIAL if made.failures else COMPLETE,
        "name": asked.name,
        "question": asked.digest,
        "stem": asked.stem,
        "engine": asked.engine,
        "created": datetime.now(UTC).isoformat(timespec="seconds"),
        "seconds": round(monotonic() - made.begun, 3),
        "command": list(made.words),
        "worlds": scenario.worlds,
        "months": scenario.months,
        "seed": scenario.seed,
        "layers": [layer.file.name for layer in loaded.layers if layer.file],
        "settings": _settings(loaded),
        "versions": _versions(),
        "numbers": asdict(numbers(scenario)),
        "files": files,
        "failures": [asdict(failure) for failure in made.failures],
        **more,
        "measures": [asdict(measure) for measure in measures],
        "scenario": scenario.model_dump(mode="json"),
        "bibliography": cited(loaded),
    }


def write_manifest(file: Path, content: Manifest) -> None:
    """Write a manifest as JSON."""
    text = json.dumps(content, ensure_ascii=False, indent=2, default=str)
    file.write_text(text + "\n", encoding="utf-8")


def read_manifest(folder: Path) -> Manifest | None:
    """Return a folder's manifest, or None if it has none that can be read."""
    try:
        content = json.loads((folder / FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return content if isinstance(content, dict) else None


def _settings(loaded: Loaded) -> dict[str, Any]:
    """Return what the command line laid on top of the files."""
    top = loaded.layers[-1]
    return {} if top.file else top.tree


def _versions() -> dict[str, str]:
    packages = ("numpy", "mesa", "pyarrow", "scipy", "pydantic")
    ours = {"sim": __version__, "python": platform.python_version()}
    return ours | {package: version(package) for package in packages}


def cited(loaded: Loaded) -> dict[str, Any]:
    """Return the entries of the bibliography that a scenario names."""
    keys = sorted(set(_sources(loaded.scenario)) & loaded.bibliography.keys())
    return {key: loaded.bibliography[key].model_dump(mode="json") for key in keys}


def _sources(part: object) -> Iterator[str]:
    if isinstance(part, Frozen):
        yield from getattr(part, "source", ())
        for name in type(part).model_fields:
            yield from _sources(getattr(part, name))
    elif isinstance(part, dict):
        for value in part.values():
            yield from _sources(value)
