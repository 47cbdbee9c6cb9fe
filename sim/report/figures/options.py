"""Options of figures."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class FigureOptions:
    """The world and the tables that figures are drawn from; None selects the default.

    Attributes:
        world: the world of the timeline; by default a notable one.
        sensitivity: the table of the tornado; by default `sensitivity.csv` in the first folder.
        hindcast: the table of the reliability diagram; by default `hindcast.csv` there.
    """

    world: int | None = None
    sensitivity: Path | None = None
    hindcast: Path | None = None


DEFAULT_OPTIONS = FigureOptions()
"""All defaults."""
