"""What has happened by a month, in the words of `sim condition`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from sim.analysis.conditioning.evaluate import find_occurrences
from sim.analysis.conditioning.grammar import parse_condition
from sim.analysis.conditioning.vocabulary import ALIASES
from sim.errors import RequestError
from sim.explore.data.arrays import PackedArray
from sim.explore.sides import Sides
from sim.statistics.arrays import Counts

NEVER, NEVER_IN_LONG_RUNS = 2**8 - 1, 2**16 - 1
"""The code of the month of what never happens."""
_RARE = 0.01
"""The share of worlds below which something, or its absence, is not offered as a condition."""
LABELS = {
    "soldiers_sent": "soldiers are sent",
    "soldiers_seen": "the soldiers are seen by others",
    "ceasefire": "a war ends by ceasefire or peace",
    "war_ends": "a war ends",
    "invoked": "a treaty is invoked",
    "refused": "an ally refuses aid that is due",
    "aid_sent": "an ally sends aid",
    "intervention": "a third party intervenes in a war",
    "new_war": "a new war breaks out",
    "home_soil_attack": "an attacker's home soil is attacked",
    "technology_transferred": "technology is transferred",
    "acknowledged": "the exchange is acknowledged",
    "vetoed": "a draft resolution is vetoed",
    "sanctions_adopted": "sanctions are adopted",
    "nuclear_test": "a nuclear test",
    "icbm_test": "a test of an intercontinental missile",
    "ballistic_test": "a test of a ballistic missile",
    "satellite_launch": "a satellite launch",
}
"""The names of `sim condition` in plain words."""


def list_happened(sides: Sides) -> Iterator[dict[str, Any]]:
    """Yield an entry for each name of `sim condition` that divides the worlds of a side."""
    seen: list[Counts] = []
    for phrase in ALIASES:
        months = np.stack(
            [find_first_months(sides, side, phrase) for side in range(len(sides.results))]
        )
        if not _divides(months) or any(np.array_equal(months, other) for other in seen):
            continue
        seen.append(months)
        yield {
            "phrase": phrase,
            "label": LABELS[phrase],
            "month": pack_months(months, sides.months),
        }


def pack_months(first: Counts, last: int) -> PackedArray:
    """Return first months, of any shape, with those after the last as not defined."""
    dtype, never = ("u1", NEVER) if last < NEVER else ("u2", NEVER_IN_LONG_RUNS)
    codes = np.where(first > last, never, first).astype(dtype)
    return PackedArray(codes, dtype, missing=never)


def find_first_months(sides: Sides, side: int, phrase: str) -> Counts:
    """Return the month in which a condition first holds, (world,); after the last where never."""
    tables = sides.tables[side]
    first = np.full(len(sides.worlds), sides.months + 1)
    try:
        found = find_occurrences(parse_condition(phrase, tables.period), tables)
    except RequestError:  # a code that this side does not have
        return first
    np.minimum.at(first, found.index, found.month)
    return first


def _divides(months: Counts) -> bool:
    """Whether in some month it has happened in part of the worlds of some side."""
    last = months.max()
    shares = [(months <= month).mean(axis=1) for month in range(1, last)]
    return any(((share > _RARE) & (share < 1 - _RARE)).any() for share in shares)
