"""The tables of a run, read for what a condition names."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
import pyarrow.compute as pc
import pyarrow.parquet as pq

from sim.analysis.conditioning.grammar import PLACES, Comparison, Who
from sim.analysis.conditioning.spans import Period, Span
from sim.analysis.conditioning.vocabulary import Pattern
from sim.experiment.storage.faults import translate_read_errors
from sim.experiment.storage.results import Results
from sim.statistics.arrays import Counts, Mask


@dataclass(frozen=True)
class Occurrences:
    """When something was the case, world by world; in any order.

    Attributes:
        index: the place of the world in the table of worlds, (occurrence,).
        month: the month, from 1, (occurrence,).
        worlds: how many worlds there are.
        lasting: whether it is a state that may last for months, rather than an event.
    """

    index: Counts
    month: Counts
    worlds: int
    lasting: bool = False

    def within(self, span: Span | None) -> Mask:
        """Return in which worlds it was the case in some month of a span, (world,)."""
        mask = np.zeros(self.worlds, dtype=bool)
        inside = (
            slice(None) if span is None else (self.month >= span.first) & (self.month <= span.last)
        )
        mask[self.index[inside]] = True
        return mask

    def begins(self) -> Occurrences:
        """Return when it began: of a state that lasts, the months after a month without it."""
        if not self.lasting:
            return self
        present = np.unique(np.stack([self.index, self.month]), axis=1)
        index, month = present
        begins = np.ones(len(index), dtype=bool)
        begins[1:] = (np.diff(index) != 0) | (np.diff(month) != 1)
        return Occurrences(index[begins], month[begins], self.worlds)


class Tables:
    """The tables of a run or a point of a sweep; each part is read once, on first use."""

    def __init__(self, results: Results) -> None:
        self.results = results

    @property
    def period(self) -> Period:
        """The months of the scenario."""
        scenario = self.results.scenario
        return Period(scenario.start, scenario.months)

    @cached_property
    def month_columns(self) -> tuple[str, ...]:
        """The columns of the table of months that can be compared; none without the table."""
        file = self.results.table_path("months")
        if not file.is_file():
            return ()
        with translate_read_errors(self.results.folder):
            names = pq.read_schema(file).names
        return tuple(name for name in names if name not in ("point", "world", "month"))

    @cached_property
    def recorded(self) -> dict[str, dict[str, tuple[str, ...]]]:
        """What the table of events holds: the codes in each column, by event and column.

        Raises:
            ResultsError: there is no such table, or it is damaged.
        """
        table = self._read("events", ["event", *PLACES], None)
        distinct = table.group_by(["event", *PLACES]).aggregate([]).to_pylist()
        return {
            event: {
                place: tuple(
                    sorted({row[place] for row in distinct if row["event"] == event} - {""})
                )
                for place in PLACES
            }
            for event in sorted({row["event"] for row in distinct})
        }

    def find_events(
        self, patterns: Iterable[Pattern], who: Iterable[Who], comparison: Comparison | None
    ) -> Occurrences:
        """Return when an event happened, in all rows that fit one of the patterns and all of `who`.

        Raises:
            ResultsError: there is no table of events, or it is damaged.
        """
        patterns = tuple(patterns)
        names = [pattern.event for pattern in patterns]
        columns = ["world", "month", "event", *PLACES, "level"]
        table = self._read("events", columns, [("event", "in", names)])
        fits = np.zeros(table.num_rows, dtype=bool)
        level = table["level"].to_numpy()
        for pattern in patterns:
            fits |= (
                _equals(table, "event", pattern.event)
                & (_equals(table, "subject", pattern.subject) if pattern.subject else True)
                & (level >= pattern.at_least)
            )
        for each in who:
            fits &= np.logical_or.reduce([_equals(table, at, each.code) for at in each.places])
        if comparison:
            fits &= comparison.holds(level)
        return self._occurrences(table, fits)

    def find_months(self, column: str, comparison: Comparison) -> Occurrences:
        """Return in which months a column of the table of months meets a comparison."""
        table = self._read("months", ["world", "month", column], None)
        fits = comparison.holds(table[column].to_numpy())
        return replace(self._occurrences(table, fits), lasting=True)

    def _occurrences(self, table: Any, fits: Mask) -> Occurrences:
        worlds = self.results.worlds
        world, month = (table[name].to_numpy()[fits] for name in ("world", "month"))
        return Occurrences(np.searchsorted(worlds, world), month.astype(np.int64), len(worlds))

    def _read(self, table: str, columns: list[str], filters: list[Any] | None) -> Any:
        file, point = self.results.require_table(table), self.results.point
        if point:
            filters = [*(filters or ()), ("point", "=", point)]
        with translate_read_errors(self.results.folder):
            return pq.read_table(file, columns=columns, filters=filters)


class KeptTables(Tables):
    """The same, with the table of events held in memory, for many conditions on one run."""

    @cached_property
    def _events(self) -> Any:
        return super()._read("events", ["world", "month", "event", *PLACES, "level"], None)

    def _read(self, table: str, columns: list[str], filters: list[Any] | None) -> Any:
        if table != "events":
            return super()._read(table, columns, filters)
        rows = self._events
        if filters:
            rows = rows.filter(pq.filters_to_expression(filters))
        return rows.select(columns)


def _equals(table: Any, column: str, text: str) -> Mask:
    """Return in which rows a column has a text, (row,)."""
    return pc.equal(table[column], text).to_numpy().astype(bool)
