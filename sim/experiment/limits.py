"""How many worlds may be requested at once, and what they cost.

The constants were measured with the pact scenario and its eight actors; update them together.
"""

from __future__ import annotations

from typing import NamedTuple

from sim.errors import RequestError

MAX_WORLD_MONTHS = 1_000_000 * 36
"""A million worlds for three years; with more, no frequency becomes visibly more precise."""
MAX_POINTS = 10_000
"""Points of a sweep; beyond it, a sample is as informative as a grid."""
SECONDS_PER_WORLD_MONTH = 20e-6
"""Seconds of one processor, including the writing of results."""
_DISK_PER_WORLD_MONTH = 200
"""Bytes, compressed: 75 for the tables, and 125 for the blocks that they are assembled from."""
_BASE_MEMORY = 0.8e9
"""Bytes of one process that simulates full blocks, for any number of worlds."""
_MEMORY_PER_WORLD = 50
"""Bytes while the measures are summarised, one after the other."""


class Cost(NamedTuple):
    """The cost of a run: seconds of one processor, bytes of memory and of disk."""

    seconds: float
    memory: float
    disk: float

    def __str__(self) -> str:
        """Return the cost in words."""
        memory, disk = (_format_size(size) for size in (self.memory, self.disk))
        time = _format_time(self.seconds)
        return f"about {time} of one processor, {memory} of memory, {disk} of disk"


def estimate_cost(worlds: int, months: int) -> Cost:
    """Return what it costs to simulate so many worlds for so many months."""
    world_months = worlds * months
    return Cost(
        seconds=world_months * SECONDS_PER_WORLD_MONTH,
        memory=_BASE_MEMORY + worlds * _MEMORY_PER_WORLD,
        disk=world_months * _DISK_PER_WORLD_MONTH,
    )


def check_size(worlds: int, months: int, points: int = 1) -> None:
    """Require that a run, or a sweep of so many points, stays within the limit.

    Raises:
        RequestError: it does not; the message states its cost and what is allowed.
    """
    if points * worlds * months <= MAX_WORLD_MONTHS:
        return
    max_worlds = MAX_WORLD_MONTHS // (months * points)
    per_point, kind = ("", "run") if points == 1 else (f" in each of {points:,} points", "sweep")
    requested, allowed = points * worlds, points * max_worlds
    raise RequestError(
        f"--worlds {worlds}{per_point}: {requested:,} worlds of {months} months are too many "
        f"for one {kind}; they would take {estimate_cost(requested, months)}\n"
        f"    allowed: up to {max_worlds:,} worlds of {months} months{per_point} "
        f"({MAX_WORLD_MONTHS:,} world-months); those take {estimate_cost(allowed, months)}"
    )


def _format_time(seconds: float) -> str:
    if seconds < 90:
        return f"{seconds:.0f} seconds"
    return f"{seconds / 60:.0f} minutes" if seconds < 5400 else f"{seconds / 3600:,.1f} hours"


def _format_size(size: float) -> str:
    return f"{size / 1e6:.0f} MB" if size < 1e9 else f"{size / 1e9:,.1f} GB"
