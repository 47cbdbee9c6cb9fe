"""How much may be asked at once, and what it would cost.

The constants are measurements of the pact scenario with eight actors; renew them together.
"""

from __future__ import annotations

from typing import NamedTuple

from sim.errors import RequestError

MAX_WORLD_MONTHS = 1_000_000 * 36
"""A million worlds for three years: beyond it no frequency becomes visibly more precise."""
MAX_POINTS = 10_000
"""Points of a sweep: beyond it, a sample tells as much as a grid."""
SECONDS_PER_WORLD_MONTH = 20e-6
"""Of one processor, writing included."""
_DISK_PER_WORLD_MONTH = 200
"""Bytes, compressed: 75 of all tables, and 125 of the blocks they are put together from."""
_BASE_MEMORY = 0.8e9
"""Bytes of one process that lives full blocks, whatever the number of worlds."""
_MEMORY_PER_WORLD = 50
"""Bytes while the measures are summed up, one after the other."""


class Cost(NamedTuple):
    """What a run takes."""

    seconds: float
    memory: float
    disk: float

    def __str__(self) -> str:
        """Return the cost in words."""
        memory, disk = _format_size(self.memory), _format_size(self.disk)
        return f"about {_format_time(self.seconds)} of one processor, {memory} of memory, {disk} of disk"


def estimate_cost(worlds: int, months: int) -> Cost:
    """Return what it takes to live so many worlds for so many months."""
    lived = worlds * months
    return Cost(
        seconds=lived * SECONDS_PER_WORLD_MONTH,
        memory=_BASE_MEMORY + worlds * _MEMORY_PER_WORLD,
        disk=lived * _DISK_PER_WORLD_MONTH,
    )


def check_size(worlds: int, months: int, points: int = 1) -> None:
    """See to it that a run, or a sweep of so many points, stays within what may be asked at once.

    Raises:
        RequestError: it does not; the message says what it would take and what is allowed.
    """
    if points * worlds * months <= MAX_WORLD_MONTHS:
        return
    most = MAX_WORLD_MONTHS // (months * points)
    each, what = ("", "run") if points == 1 else (f" in each of {points:,} points", "sweep")
    raise RequestError(
        f"--worlds {worlds}{each}: {points * worlds:,} worlds of {months} months are too many for "
        f"one {what}; they would take {estimate_cost(points * worlds, months)}\n"
        f"    allowed: up to {most:,} worlds of {months} months{each} "
        f"({MAX_WORLD_MONTHS:,} world-months); those take {estimate_cost(points * most, months)}"
    )


def _format_time(seconds: float) -> str:
    if seconds < 90:
        return f"{seconds:.0f} seconds"
    return f"{seconds / 60:.0f} minutes" if seconds < 5400 else f"{seconds / 3600:,.1f} hours"


def _format_size(size: float) -> str:
    return f"{size / 1e6:.0f} MB" if size < 1e9 else f"{size / 1e9:,.1f} GB"
