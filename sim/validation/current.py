"""The last validation of this version: a summary that comes with the package.

`sim validate` writes the file; the page of `sim report` shows its contents. Without the file,
nothing is claimed.
"""

from __future__ import annotations

from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Annotated

from pydantic import Field, JsonValue

from sim.scenario.schema.quantity import FrozenModel
from sim.validation.check import Check, ValidationPart, Verdict

SUMMARY_FILE = files("sim.validation") / "current.json"
"""The file of the summary, if there is one."""


class PartSummary(FrozenModel):
    """The results of one part of the validation."""

    name: str
    """Its short name, such as `published`."""
    title: str
    """Its heading."""
    summary: tuple[str, ...]
    """Its results, in sentences whose numbers are computed."""
    counts: dict[Verdict, Annotated[int, Field(ge=0)]]
    """The number of its checks that were met, missed, undecided and left out."""
    checks: tuple[Check, ...] = ()
    """Its checks."""

    @property
    def part(self) -> ValidationPart:
        """The part without its tables, which do not come with the package."""
        return ValidationPart(
            name=self.name, title=self.title, summary=self.summary, checks=self.checks
        )


class CurrentValidation(FrozenModel):
    """The summary of all parts."""

    parts: tuple[PartSummary, ...]
    """The parts, in their order."""
    made: dict[str, JsonValue]
    """How it was computed: version, engine, seed, number of worlds."""


def read_current_validation(file: Traversable = SUMMARY_FILE) -> CurrentValidation | None:
    """Return the summary that comes with the package, or None where there is none."""
    return (
        CurrentValidation.model_validate_json(file.read_text("utf-8")) if file.is_file() else None
    )
