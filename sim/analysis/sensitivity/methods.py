"""The methods of varying factors, in a module of their own that the command line loads quickly."""

from __future__ import annotations

from enum import StrEnum


class Method(StrEnum):
    """A method of varying factors."""

    SOBOL = "sobol"
    """All at once: the share of the variance that each explains, alone and in total."""
    MORRIS = "morris"
    """One at a time: how far each moves the measure. Needs fewer points."""
