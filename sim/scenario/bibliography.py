"""The bibliography: what every `source` key stands for."""

from __future__ import annotations

import tomllib
from enum import StrEnum
from pathlib import Path
from typing import Annotated

from pydantic import Field, TypeAdapter, ValidationError

from sim.errors import Problem, ScenarioError
from sim.scenario.lines import key_lines, line_of
from sim.scenario.quantity import Frozen


class Seen(StrEnum):
    """How far the source was read."""

    FOUND = "found"
    """The figure was found in the source, or in the report named beside it."""
    SECONDARY = "secondary"
    """The figure was found in a secondary compilation only."""
    RECALLED = "recalled"
    """The figure is recalled and has to be checked before it is quoted."""
    OWN = "own"
    """Computed or judged by this project."""


class SourceEntry(Frozen):
    """One entry of the bibliography."""

    title: str
    """Title of the work, data set or report."""
    by: str
    """Who wrote or published it."""
    year: int | None = None
    """Year of publication or release."""
    where: str = ""
    """Journal, publisher, data version, DOI or page."""
    seen: Seen
    """How far it was read for this project."""
    note: str = ""
    """What to be careful about, such as an interested party."""


Bibliography = dict[Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]*$")], SourceEntry]
_ENTRIES: TypeAdapter[Bibliography] = TypeAdapter(Bibliography)


def read_bibliography(file: Path) -> Bibliography:
    """Return the entries of a bibliography file by key.

    Raises:
        ScenarioError: the file is missing, not TOML, or an entry is not well formed.
    """
    try:
        text = file.read_text(encoding="utf-8")
        return _ENTRIES.validate_python(tomllib.loads(text))
    except OSError as error:
        raise ScenarioError(
            [Problem(file, None, "", f"cannot be read: {error.strerror}")]
        ) from None
    except tomllib.TOMLDecodeError as error:
        raise ScenarioError([Problem(file, None, "", f"is not TOML: {error}")]) from None
    except ValidationError as error:
        lines = key_lines(text)
        keys = [
            (tuple(str(part) for part in found["loc"]), found["msg"]) for found in error.errors()
        ]
        raise ScenarioError(
            Problem(file, line_of(lines, key), ".".join(key), what) for key, what in keys
        ) from None
