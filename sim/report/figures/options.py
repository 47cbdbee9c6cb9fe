"""What may be asked of a picture beyond its name."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class FigureOptions:
    """What pictures are to be drawn of; what is left open is chosen for the user.

    Attributes:
        world: whose timeline is drawn.
        sensitivity: the table behind the tornado; else `sensitivity.csv` in the first folder.
        hindcast: the table behind the reliability diagram; else `hindcast.csv` there.
    """

    world: int | None = None
    sensitivity: Path | None = None
    hindcast: Path | None = None


DEFAULT_OPTIONS = FigureOptions()
"""Everything is left open."""
