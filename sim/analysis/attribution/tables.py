"""The split of differences among mechanisms, as rows for a table."""

from __future__ import annotations

from collections.abc import Iterable

from sim.analysis.attribution.attribution import Attribution
from sim.statistics.intervals import Interval

ALL_TOGETHER, OTHER_WAYS = "all together", "in other ways"
"""The names of the whole difference, and of what no mechanism accounts for."""


def attribution_rows(splits: Iterable[Attribution]) -> list[dict[str, object]]:
    """Return the splits line by line, with all digits."""
    return [
        {"measure": split.measure.name, "unit": split.measure.unit, "part": name, **share._asdict()}
        for split in splits
        if split.is_defined
        for name, share in list_shares(split)
    ]


def list_shares(split: Attribution) -> list[tuple[str, Interval]]:
    """Return the share of each mechanism by name, then the remainder and the whole."""
    return [*split.shares.items(), (OTHER_WAYS, split.remainder), (ALL_TOGETHER, split.total)]
