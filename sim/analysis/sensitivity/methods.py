"""How factors are varied. Apart from what does it, so that the command line can name it at once."""

from __future__ import annotations

from enum import StrEnum


class Method(StrEnum):
    """How factors are varied."""

    SOBOL = "sobol"
    """All at once; which shares of the spread they explain, alone and in all."""
    MORRIS = "morris"
    """One after the other; how far they move the measure. Needs fewer points."""
