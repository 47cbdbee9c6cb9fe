"""The claims of the source article, A01 to A48, with what in the model answers each.

A claim is *grounded* by parts of a scenario that name it under `article`, or by the mechanism named
here; or it is *left out*, for the reason given here.
"""

from __future__ import annotations

from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Annotated

from pydantic import Field, TypeAdapter

from sim.scenario.files.entries import validate_entries
from sim.scenario.files.layers import read_layer
from sim.scenario.schema.quantity import ClaimId, FrozenModel

_CLAIMS_FILE = Path(__file__).with_name("claims.toml")


class ClaimKind(StrEnum):
    """What a claim is about."""

    EVENT = "event"
    """Something that happened."""
    ACTOR = "actor"
    """Who acts."""
    RELATION = "relation"
    """A relation between actors."""
    MECHANISM = "mechanism"
    """A cause and its effect."""
    CONSTRAINT = "constraint"
    """A limit on what actors can do."""
    UNCERTAINTY = "uncertainty"
    """Something unknown or denied."""
    NARRATIVE = "narrative"
    """A way of presenting events."""
    PREDICTION = "prediction"
    """An expected consequence."""


class ClaimEntry(FrozenModel):
    """One claim of the source article."""

    says: str
    """What it says, in this project's words."""
    kind: Annotated[tuple[ClaimKind, ...], Field(min_length=1)]
    """What it is about."""
    mechanism: tuple[str, ...] = ()
    """Rules, measures or other keys of a scenario, or modules, that embody it."""
    left_out: str = ""
    """Why nothing in the model answers it."""


Claims = dict[ClaimId, ClaimEntry]
_CLAIMS_ADAPTER: TypeAdapter[Claims] = TypeAdapter(Claims)


@cache
def load_claims() -> Claims:
    """Return all claims by id, in the order of the article.

    Raises:
        ScenarioError: an entry is not well formed.
    """
    return read_claims(_CLAIMS_FILE)


def read_claims(file: Path) -> Claims:
    """Return the claims of a file by id.

    Raises:
        ScenarioError: the file is missing, not TOML, or an entry is not well formed.
    """
    return validate_entries(read_layer(file), _CLAIMS_ADAPTER, Claims)
