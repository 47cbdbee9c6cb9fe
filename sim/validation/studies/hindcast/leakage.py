"""What the scenario owes to sources from after the day it opens, and what that answers."""

from __future__ import annotations

from pathlib import Path

from pydantic import TypeAdapter

from sim.scenario.files.entries import validate_entries
from sim.scenario.files.layers import read_layer
from sim.scenario.schema.quantity import FrozenModel


class HindsightUse(FrozenModel):
    """A number or table of the scenario that rests on something from after it opens."""

    key: str
    """Where it stands."""
    answers: tuple[str, ...]
    """Questions whose answer it puts in."""
    says: str
    """What of it is from afterwards, and what it is used for."""


class Hindsight(FrozenModel):
    """All of them."""

    late: tuple[str, ...]
    """Works of the bibliography that came out after the scenario opens, or run on past it."""
    used: tuple[HindsightUse, ...]
    """What names one of them, or is known to rest on such knowledge."""


_HINDSIGHT_ADAPTER = TypeAdapter(Hindsight)


def read_hindsight(file: Path) -> Hindsight:
    """Return what a file lists.

    Raises:
        ScenarioError: the file is missing, not TOML or not well formed.
    """
    return validate_entries(read_layer(file), _HINDSIGHT_ADAPTER, Hindsight)
