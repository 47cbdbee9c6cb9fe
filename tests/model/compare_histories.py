"""Comparison of the histories of blocks."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.model.recording.history import Columns, History

FATES = ("entered", "entrapped", "abandoned", "called", "abandoned_called")
"""The columns of worlds that each actor has, before its name."""


def same(first: Columns, second: Columns, leaving_out: Iterable[str] = ()) -> bool:
    """Whether two tables are the same bit for bit, but for the columns left out."""
    names = [name for name in first if name not in leaving_out]
    return names == [name for name in second if name not in leaving_out] and all(
        _bits(first[name]) == _bits(second[name]) for name in names
    )


def same_history(first: History, second: History) -> bool:
    """Whether two histories are the same bit for bit."""
    tables = (
        (first.worlds, second.worlds),
        (first.months, second.months),
        (first.events, second.events),
    )
    return all(same(*pair) for pair in tables)


def joined(histories: Iterable[History]) -> History:
    """Return the histories of blocks in a row as the history of one block."""
    parts = list(histories)
    tables = [[getattr(part, name) for part in parts] for name in ("worlds", "months", "events")]
    return History(*(_stacked(table) for table in tables))


def story(events: Columns, world: int) -> list[tuple[Any, ...]]:
    """Return the events of one world, in order, each as a row without the world's number."""
    rows = events["world"] == world
    columns = [events[name][rows].tolist() for name in events if name != "world"]
    return list(zip(*columns, strict=True))


def counted(history: History, event: str, **words: str | int) -> NDArray[np.int64]:
    """Return how many such events each world saw; `words` say of which actor, subject and so on."""
    events, first = history.events, history.worlds["world"][0]
    rows = events["event"] == event
    for column, word in words.items():
        rows &= events[column] == word
    worlds: NDArray[np.int64] = events["world"][rows] - first
    return np.bincount(worlds, minlength=len(history.worlds["world"]))


def _stacked(tables: list[Columns]) -> Columns:
    return {name: np.concatenate([table[name] for table in tables]) for name in tables[0]}


def _bits(column: NDArray[Any]) -> object:
    return column.tolist() if column.dtype == object else (column.dtype, column.tobytes())
