"""Use of sources from after the scenario opens, and the questions that this use answers."""

from __future__ import annotations

from pathlib import Path

from pydantic import TypeAdapter

from sim.scenario.files.entries import validate_entries
from sim.scenario.files.layers import read_layer
from sim.scenario.schema.quantity import FrozenModel


class HindsightUse(FrozenModel):
    """A number or table of the scenario that depends on a source from after it opens."""

    key: str
    """Its key in the scenario."""
    answers: tuple[str, ...]
    """Questions whose answer it assumes."""
    says: str
    """What of it is from afterwards, and its use."""


class Hindsight(FrozenModel):
    """All uses of later sources in a scenario."""

    late: tuple[str, ...]
    """Works of the bibliography published after the scenario opens, or covering later dates."""
    used: tuple[HindsightUse, ...]
    """Entries that cite one of them, or are known to depend on such knowledge."""


_HINDSIGHT_ADAPTER = TypeAdapter(Hindsight)


def read_hindsight(file: Path) -> Hindsight:
    """Return the contents of a file.

    Raises:
        ScenarioError: the file is missing, not TOML or malformed.
    """
    return validate_entries(read_layer(file), _HINDSIGHT_ADAPTER, Hindsight)
