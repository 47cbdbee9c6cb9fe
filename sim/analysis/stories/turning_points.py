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

from sim.model.recording.history import Columns, History
from sim.scenario.schema.scenario import Scenario

KINDS = (
    "signed",
    "force",
    "ends",
    "war",
    "home_soil",
    "nuclear_use",
    "victory",
    "peace",
    "ceasefire",
    "honoured",
    "reneged",
    "helps",
    "joins",
    "troops_sent",
    "technology",
    "arms_sent",
    "nuclear_test",
    "veto",
    "adopted",
    "workaround",
    "force_used",
)
"""The kinds of turning point, in the order of their numbers; new kinds are added at the end."""

CALENDAR_KINDS = ("signed", "force", "ends")
"""The kinds that follow from the calendar: a treaty changes its standing; nobody decides."""

NO_REASON = 0
"""The number of the reason where there is none."""

_BLOCK = 1000
"""Number of worlds simulated side by side."""
_USE_OF_FORCE = 4
"""The rung from which an escalation is a turning point."""


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
        chance: that it would happen in that month; NaN where nothing was decided, (row,).
        draw: the random draw; below the chance it happens; NaN likewise, (row,).
        reason: place in `reasons` of the main reason for what was decided, (row,).
        codes: codes of actors, treaties and so on; the first is empty.
        reasons: reasons in words; the first is empty.
    """

    scenario: Scenario
    first: int
    count: int
    world: NDArray[np.uint32]
    month: NDArray[np.uint16]
    kind: NDArray[np.uint8]
    who: NDArray[np.uint8]
    towards: NDArray[np.uint8]
    about: NDArray[np.uint8]
    level: NDArray[np.uint8]
    chance: NDArray[np.float32]
    draw: NDArray[np.float32]
    reason: NDArray[np.uint8]
    codes: tuple[str, ...]
    reasons: tuple[str, ...] = ("",)

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
    from sim.model.simulate import simulate  # noqa: PLC0415  Mesa takes a while to load

    codes = ("", *_legend(scenario))
    blocks = [
        _block_columns(simulate(scenario, start, size, months=months), codes)
        for start, size in _blocks(first, count)
    ]
    columns: dict[str, Any] = {
        name: np.concatenate([block[name] for block in blocks]) for name in blocks[0]
    }
    return TurningPoints(scenario, first, count, codes=codes, **columns)


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


def _legend(scenario: Scenario) -> list[str]:
    """Return the codes of everything that a turning point may name."""
    groups = (
        scenario.actors,
        scenario.treaties,
        scenario.rivalries,
        scenario.exchanges,
        scenario.councils,
        scenario.blocs,
        scenario.armings,
    )
    return list(dict.fromkeys(code for group in groups for code in (*group, "nuclear")))


def _block_columns(history: History, codes: tuple[str, ...]) -> Columns:
    """Return the turning points of a block, (row,) each."""
    parts = [_event_columns(history.events), _calendar_columns(history.months)]
    joint = {name: np.concatenate([part[name] for part in parts]) for name in parts[1]}
    order = np.lexsort((joint["kind"] >= len(CALENDAR_KINDS), joint["month"], joint["world"]))
    joint = _first_of_a_kind({name: column[order] for name, column in joint.items()})
    return _typed(joint, codes)


def _event_columns(events: Columns) -> Columns:
    """Return the events that are turning points, with their kinds in numbers."""
    names = events["event"].astype(object)
    level, subject = events["level"], events["subject"]
    names[(names == "climb") & (level >= _USE_OF_FORCE)] = "force_used"
    names[(names == "provocation") & (subject == "nuclear")] = "nuclear_test"
    numbers = {kind: number for number, kind in enumerate(KINDS)}
    kind = np.array([numbers.get(name, -1) for name in names.tolist()], dtype=np.int64)
    level = np.where(kind == numbers["nuclear_test"], 0, level)
    table = {name: events[name] for name in ("world", "month", "actor", "towards", "subject")}
    return {
        name: column[kind >= 0] for name, column in (table | {"kind": kind, "level": level}).items()
    }


def _calendar_columns(months: Columns) -> Columns:
    """Return the changes in the standing of treaties, from the table of months."""
    found = [_empty_columns()]
    for name, binding in months.items():
        if name.startswith("binding_"):
            found.extend(_standing_changes(months, name.removeprefix("binding_"), binding))
    return {name: np.concatenate([part[name] for part in found]) for name in found[0]}


def _standing_changes(
    months: Columns, treaty: str, binding: NDArray[np.float64]
) -> Iterator[Columns]:
    """Yield where a treaty is signed, enters into force and lapses."""
    opening = months["month"] == 1
    before = np.where(opening, binding, np.roll(binding, 1))
    changes = (
        opening & (binding > 0) & (binding < 1),
        ~opening & (binding == 1) & (before < 1),
        ~opening & (binding == 0) & (before > 0),
    )
    for kind, where in enumerate(changes):
        rows = _empty_columns(int(np.count_nonzero(where)))
        rows["subject"][:] = treaty
        rows["kind"][:] = kind
        yield rows | {name: months[name][where] for name in ("world", "month")}


def _empty_columns(count: int = 0) -> Columns:
    texts = {name: np.full(count, "", dtype=object) for name in ("actor", "towards", "subject")}
    numbers = ("world", "month", "kind", "level")
    return texts | {name: np.zeros(count, dtype=np.int64) for name in numbers}


def _first_of_a_kind(rows: Columns) -> Columns:
    """Return the rows, without those that repeat an earlier one of the same world."""
    seen: set[tuple[object, ...]] = set()
    names = ("world", "kind", "actor", "towards", "subject", "level")
    keep = np.zeros(rows["world"].size, dtype=bool)
    for place, key in enumerate(zip(*(rows[name].tolist() for name in names), strict=True)):
        keep[place] = key not in seen
        seen.add(key)
    return {name: column[keep] for name, column in rows.items()}


def _typed(rows: Columns, codes: tuple[str, ...]) -> Columns:
    """Return the columns in their types, with codes as places in the legend."""
    number = {code: place for place, code in enumerate(codes)}
    named = {"who": "actor", "towards": "towards", "about": "subject"}
    unknown = np.full(rows["world"].size, np.nan, dtype=np.float32)
    return {
        "world": rows["world"].astype(np.uint32),
        "month": rows["month"].astype(np.uint16),
        **{name: rows[name].astype(np.uint8) for name in ("kind", "level")},
        **{
            name: np.array([number.get(code, 0) for code in rows[column]], dtype=np.uint8)
            for name, column in named.items()
        },
        "chance": unknown,
        "draw": unknown.copy(),
        "reason": np.full(rows["world"].size, NO_REASON, dtype=np.uint8),
    }
