"""The turning points of many worlds, as columns: what happened first of its kind, by whom, and why.

A turning point is an event after which a history is another: a treaty enters into force, a war
begins or ends, an ally honours its commitment or reneges, soldiers or a technology are sent. What
recurs every few months (tests, exercises, disputes short of force) is routine and not recorded. Of
events that are alike in kind, actors, subject and level, each world has the first.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.analysis.stories.point_columns import CALENDAR_KINDS, KINDS, point_rows
from sim.analysis.stories.point_decisions import chances_and_reasons, outcome_log
from sim.analysis.stories.point_legends import (
    code_legend,
    joint_near_misses,
    joint_reasons,
    typed_columns,
)
from sim.model.decision_log import DrawKey
from sim.model.recording.history import Columns
from sim.model.recording.outcome_log import NearMisses, OutcomeLog
from sim.scenario.schema.scenario import Scenario

__all__ = ["KINDS", "Partings", "TurningPoints", "first_parting", "record_turning_points"]

_BLOCK = 1000
"""Number of worlds simulated side by side."""


@dataclass(frozen=True)
class TurningPoints:
    """The turning points of worlds `first` to `first + count - 1`, one row each, as columns.

    Rows are in order of world, month and occurrence.

    Attributes:
        scenario: the scenario.
        first, count: the worlds.
        world, month: number of the world, and month from 1, (row,).
        kind: its place in `KINDS`, (row,).
        who, towards, about: places in `codes` of who acts, towards whom, and of the treaty,
            rivalry, exchange, council or kind of act, (row,).
        level: rung, level of aid or tier of technology, as in the table of events, (row,).
        chance: that it would happen, in that month where the question recurs; of aid, that it would
            reach at least this level; NaN where nothing was decided, (row,).
        reason: place in `reasons` of the main reason for it, (row,).
        codes: codes of actors, treaties and so on; the first is empty.
        reasons: names of the terms that are reasons; the first is empty.
        near: the decision of each world whose draw lay nearest to its chance, (world,) each.
        near_keys: the keys of these decisions.
    """

    scenario: Scenario
    first: int
    count: int
    world: NDArray[np.uint32]
    month: NDArray[np.uint16]
    kind: NDArray[np.uint8]
    who: NDArray[np.uint16]
    towards: NDArray[np.uint16]
    about: NDArray[np.uint16]
    level: NDArray[np.uint8]
    chance: NDArray[np.float32]
    reason: NDArray[np.uint8]
    codes: tuple[str, ...]
    reasons: tuple[str, ...]
    near: NearMisses
    near_keys: tuple[DrawKey, ...]

    def rows_of(self, world: int) -> range:
        """Return the rows of one world."""
        start, end = self.starts[world - self.first : world - self.first + 2]
        return range(int(start), int(end))

    @cached_property
    def starts(self) -> NDArray[np.int64]:
        """The first row of each world, then the number of rows, (world + 1,)."""
        numbers = self.first + np.arange(self.count + 1)
        return np.searchsorted(self.world, numbers).astype(np.int64)


@dataclass(frozen=True)
class Partings:
    """Where the turning points of each world first differ between two scenarios, (world,) each.

    Attributes:
        month: the month; 0 where they do not differ.
        row_a, row_b: the row of either side in that month; -1 where that side has none.
    """

    month: NDArray[np.uint16]
    row_a: NDArray[np.int64]
    row_b: NDArray[np.int64]


def record_turning_points(
    scenario: Scenario, first: int, count: int, months: int | None = None
) -> TurningPoints:
    """Simulate worlds and return their turning points; no bit of any world changes.

    Args:
        scenario: the scenario.
        first: number of the first world.
        count: number of worlds.
        months: months to simulate; all months of the scenario by default.
    """
    codes = ("", *code_legend(scenario))
    blocks = [
        _simulate_block(scenario, start, size, months) for start, size in _blocks(first, count)
    ]
    reasons = joint_reasons([log.reasons for _, log in blocks])
    parts = [typed_columns(rows, codes, log.reasons, reasons) for rows, log in blocks]
    columns: dict[str, Any] = {
        name: np.concatenate([part[name] for part in parts]) for name in parts[0]
    }
    columns |= joint_near_misses([log for _, log in blocks])
    return TurningPoints(scenario, first, count, codes=codes, reasons=reasons, **columns)


def _simulate_block(
    scenario: Scenario, first: int, count: int, months: int | None
) -> tuple[Columns, OutcomeLog]:
    """Return the turning points of a block with chances and reasons, and its log."""
    from sim.model.simulate import simulate  # noqa: PLC0415  Mesa takes a while to load

    log = outcome_log(count)
    rows = point_rows(simulate(scenario, first, count, months=months, log=log))
    return rows | chances_and_reasons(rows, log, first), log


def first_parting(a: TurningPoints, b: TurningPoints) -> Partings:
    """Return where each world first differs in what was decided, of the same worlds twice.

    The standing of treaties follows from the calendar and is passed over.

    Raises:
        ValueError: the two hold different worlds.
    """
    if (a.first, a.count) != (b.first, b.count):
        raise ValueError("the turning points of different worlds cannot be paired")
    joint = {code: number for number, code in enumerate(dict.fromkeys((*a.codes, *b.codes)))}
    (keys_a, rows_a), (keys_b, rows_b) = _ranked(a, joint), _ranked(b, joint)
    width = 1 + max(keys_a.shape[1], keys_b.shape[1])
    keys_a, rows_a, keys_b, rows_b = (
        np.pad(each, ((0, 0), (0, width - each.shape[1])), constant_values=-1)
        for each in (keys_a, rows_a, keys_b, rows_b)
    )
    rank = (keys_a != keys_b).argmax(axis=1)
    worlds = np.arange(a.count)
    return _partings(a, b, rows_a[worlds, rank], rows_b[worlds, rank], keys_a, keys_b)


def _partings(
    a: TurningPoints,
    b: TurningPoints,
    row_a: NDArray[np.int64],
    row_b: NDArray[np.int64],
    keys_a: NDArray[np.int64],
    keys_b: NDArray[np.int64],
) -> Partings:
    """Return the partings; a row of a later month than the other side's is not part of one."""
    never = np.iinfo(np.uint16).max
    month_a, month_b = (
        np.where(row >= 0, side.month[row] if side.month.size else 0, never)
        for side, row in ((a, row_a), (b, row_b))
    )
    month, differs = np.minimum(month_a, month_b), (keys_a != keys_b).any(axis=1)
    return Partings(
        np.where(differs, month, 0).astype(np.uint16),
        np.where(differs & (month_a == month), row_a, -1),
        np.where(differs & (month_b == month), row_b, -1),
    )


def _ranked(
    points: TurningPoints, joint: dict[str, int]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return a key that tells what was decided when, and the row, (world, rank); -1 for none."""
    calendar = [KINDS.index(kind) for kind in CALENDAR_KINDS]
    rows = np.flatnonzero(~np.isin(points.kind, calendar))
    at = points.world[rows].astype(np.int64) - points.first
    counts = np.bincount(at, minlength=points.count)
    rank = np.arange(rows.size) - np.repeat(np.cumsum(counts) - counts, counts)
    shape = points.count, int(counts.max(initial=0))
    keys, places = np.full(shape, -1, dtype=np.int64), np.full(shape, -1, dtype=np.int64)
    keys[at, rank], places[at, rank] = _keys(points, joint)[rows], rows
    return keys, places


def _keys(points: TurningPoints, joint: dict[str, int]) -> NDArray[np.int64]:
    """Return month, kind, actors, subject and level of every row in one number, (row,)."""
    number = np.array([joint[code] for code in points.codes], dtype=np.int64)
    keys = points.month.astype(np.int64)
    for part in (points.kind, points.level):
        keys = keys * 256 + part
    for code in (points.who, points.towards, points.about):
        keys = keys * 512 + number[code]
    return keys


def _blocks(first: int, count: int) -> Iterator[tuple[int, int]]:
    """Yield the first world and the size of each block."""
    for start in range(first, first + count, _BLOCK):
        yield start, min(_BLOCK, first + count - start)
