"""The events of a block of worlds that are turning points, and changes of treaties, as columns."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.model.entities.rivalry import FORCE
from sim.model.recording.history import Columns, History

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
    "concluded",
    "acceded",
    "notice",
    "left",
    "new_supporters",
    "visit",
)
"""The kinds of turning point, in the order of their numbers; new kinds are added at the end."""

CALENDAR_KINDS = ("signed", "force", "ends")
"""The kinds that follow from the calendar: a treaty changes its standing; nobody decides."""

DECLINED_KINDS = ("reneged",)
"""The kinds that are a decision not to act."""


class Point(NamedTuple):
    """One turning point: its month, its kind, and codes of actors and of what it is about."""

    month: int
    kind: str
    who: str
    towards: str
    about: str
    level: int


def list_points(rows: Columns) -> list[Point]:
    """Return the turning points of rows as by `point_rows`, which are those of one world."""
    columns = (rows[name].tolist() for name in ("month", "actor", "towards", "subject", "level"))
    kinds = [KINDS[kind] for kind in rows["kind"].tolist()]
    return [Point(month, kind, *rest) for kind, month, *rest in zip(kinds, *columns, strict=True)]


def point_rows(history: History) -> Columns:
    """Return the turning points of a block, in order of world, month and occurrence, (row,) each.

    The columns are `world`, `month`, `kind` (its place in `KINDS`), `level`, and the codes `actor`,
    `towards` and `subject`.
    """
    parts = [_event_columns(history.events), _calendar_columns(history.months)]
    joint = {name: np.concatenate([part[name] for part in parts]) for name in parts[1]}
    order = np.lexsort((joint["kind"] >= len(CALENDAR_KINDS), joint["month"], joint["world"]))
    return _first_of_a_kind({name: column[order] for name, column in joint.items()})


def _event_columns(events: Columns) -> Columns:
    """Return the events that are turning points, with their kinds in numbers."""
    names = events["event"].astype(object)
    level, subject = events["level"], events["subject"]
    names[names == "signed"] = "concluded"  # within the world; not as the calendar has it
    names[(names == "climb") & (level >= FORCE)] = "force_used"
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
    first = np.zeros(rows["world"].size, dtype=bool)
    for place, key in enumerate(zip(*(rows[name].tolist() for name in names), strict=True)):
        first[place] = key not in seen
        seen.add(key)
    return {name: column[first] for name, column in rows.items()}
