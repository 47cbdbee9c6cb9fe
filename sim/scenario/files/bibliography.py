"""The bibliography: the work behind every `source` key."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

from pydantic import Field, TypeAdapter

from sim.scenario.files.entries import validate_entries
from sim.scenario.files.layers import read_layer
from sim.scenario.schema.identifiers import SOURCE_KEY_PATTERN
from sim.scenario.schema.quantity import FrozenModel, StrictInt


class VerificationStatus(StrEnum):
    """How far the source was read."""

    FOUND = "found"
    """The figure was read in the source, or in the report named beside it."""
    SECONDARY = "secondary"
    """The figure was read only in a secondary compilation."""
    RECALLED = "recalled"
    """The figure is recalled and has to be checked before it is quoted."""
    OWN = "own"
    """Computed or judged by this project."""


class SourceEntry(FrozenModel):
    """One entry of the bibliography."""

    title: str
    """Title of the work, data set or report."""
    by: str
    """Who wrote or published it."""
    year: StrictInt | None = None
    """Year of publication or release."""
    where: str = ""
    """Journal, publisher, data version, DOI or page."""
    seen: VerificationStatus
    """How far it was read for this project."""
    note: str = ""
    """Caveats, such as an interested party."""


Bibliography = dict[Annotated[str, Field(pattern=SOURCE_KEY_PATTERN)], SourceEntry]
_BIBLIOGRAPHY_ADAPTER: TypeAdapter[Bibliography] = TypeAdapter(Bibliography)


def read_bibliography(file: Path) -> Bibliography:
    """Return the entries of a bibliography file by key.

    Raises:
        ScenarioError: the file is missing, not TOML, or an entry is not well formed.
    """
    return validate_entries(read_layer(file), _BIBLIOGRAPHY_ADAPTER, Bibliography)
