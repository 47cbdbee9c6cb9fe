"""How the software itself is cited; CITATION.cff says the same to other programs."""

from __future__ import annotations

from sim._version import __version__

TITLE = "alliance-sim: alliances and mutual aid simulated in many possible worlds"
AUTHORS = "The alliance-sim authors"
RELEASED = "2026-11-26"
"""The day of this version."""


def format_software() -> str:
    """Return authors, year, title and version."""
    return f"{AUTHORS} ({RELEASED[:4]}): {TITLE}. Version {__version__}, {RELEASED}."
