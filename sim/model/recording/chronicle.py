"""The chronicle: the events of a block of worlds, and its state month by month."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from itertools import count
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.model.arrays import Levels, Mask
from sim.model.recording.history import Coded, Columns, History
from sim.model.recording.month_counts import SAMPLED_WORLDS, MonthCounter
from sim.model.state import State

_TEXT_COLUMNS = ("event", "actor", "towards", "subject")


Texts = tuple[str, str, str, str]
"""What happened, who did it, towards whom and about what."""


class _Events(NamedTuple):
    """Events of a month, in order: numbers of their texts, of how many worlds each, and these."""

    month: int
    numbers: list[int]
    sizes: list[int]
    worlds: NDArray[np.int64]
    levels: Levels


class Chronicle:
    """Collects the events and the monthly record of a block of worlds."""

    def __init__(self, state: State) -> None:
        self._state = state
        self._first, self._count = state.streams.first, state.count
        self._codes: dict[int | None, str] = {None: "", **dict(enumerate(state.codes))}
        self._events: list[_Events] = []
        self._numbers: dict[Texts, int] = defaultdict(count().__next__)
        self._months: list[Columns] = []
        self._take: Callable[[Columns, str], NDArray[Any]] = dict.__getitem__

    def record(
        self,
        event: str,
        where: Mask,
        actor: int | None = None,
        towards: int | None = None,
        subject: str = "",
        level: Levels | int = 0,
    ) -> None:
        """Record an event in the worlds `where` it happened, with its actors and its subject."""
        worlds = where.nonzero()[0]
        if worlds.size:
            levels = level[worlds] if isinstance(level, np.ndarray) else level
            self.record_in(event, worlds, actor, towards, subject, levels)

    def record_in(
        self,
        event: str,
        worlds: NDArray[np.int64],
        actor: int | None = None,
        towards: int | None = None,
        subject: str = "",
        level: Levels | int = 0,
    ) -> None:
        """Record an event in some worlds, (case,), if there are any, with the level in each."""
        if worlds.size:
            texts = (event, self._codes[actor], self._codes[towards], subject)
            levels = np.empty(worlds.size, dtype=np.int8)
            levels[:] = level
            self.record_each([texts], [worlds.size], worlds, levels)

    def record_each(
        self,
        texts: Sequence[Texts],
        sizes: Sequence[int],
        worlds: NDArray[np.int64],
        levels: Levels,
    ) -> None:
        """Record several events, one after another.

        Args:
            texts: of each event, (event,).
            sizes: in how many worlds it happened, (event,).
            worlds: places of these worlds in the block, those of the first event first, (case,).
            levels: level of the event in each of them, (case,).
        """
        numbers = list(map(self._numbers.__getitem__, texts))
        self._events.append(_Events(self._state.month, numbers, [*sizes], worlds, levels))

    def record_month(self) -> None:
        """Record the state at the end of the month."""
        self._months.append(self._month_record())

    def read_month(self) -> Columns:
        """Return the state of this moment as a row of months per world, without recording it."""
        return self._month_record()

    def history(self, worlds: Columns) -> History:
        """Return what was recorded so far, with the table of worlds."""
        keys, codes, level = self._sort_events()
        texts = {name: code.texts() for name, code in codes.items()}
        return History(worlds, self._stack_months(), keys | texts | level, codes=codes)

    def finish(self, worlds: Columns) -> History:
        """Return the same, after which nothing can be recorded.

        The state is let go of first and months while they are written to their table, so that it
        takes the memory that they had.
        """
        del self._state
        self._take = dict.pop
        return self.history(worlds)

    def _month_record(self) -> Columns:
        state = self._state
        record: Columns = {
            "world": self._first + np.arange(self._count),
            "month": np.full(self._count, state.month, dtype=np.int16),
        }
        fought, undefined = state.wars.find_fought(), np.full(self._count, np.nan)
        for row, (code, rivalry) in enumerate(state.rivalries.items()):
            war, front, weariness = rivalry.war, undefined, undefined
            if row in fought:
                front = np.where(war.on, war.front, np.nan)
                weariness = np.where(war.on, war.mean_weariness, np.nan)
            record[f"rung_{code}"] = rivalry.rung.copy()
            record[f"front_{code}"], record[f"weariness_{code}"] = front, weariness
        for code in state.scenario.treaties:  # others are signed in some blocks and not in others
            record[f"binding_{code}"] = state.binding[code]
            record[f"invoked_{code}"] = state.treaties[code].invoked.copy()
        return record | _institution_columns(state)

    def _stack_months(self) -> Columns:
        """Return one row per world and month, in that order."""
        if not self._months:
            return {}
        return {
            name: _world_by_world([self._take(month, name) for month in self._months])
            for name in [*self._months[0]]
        }

    def _sort_events(self) -> tuple[Columns, dict[str, Coded], Columns]:
        """Return one row per event, in order of world, month and occurrence.

        First the world and the month, then the texts as numbers, and last the level.
        """
        none = np.zeros(0, dtype=np.int64)
        events = [_Events(0, [], [], none, none.astype(np.int8)), *self._events]
        worlds = np.concatenate([each.worlds for each in events])
        narrow = worlds.astype(np.min_scalar_type(self._count))  # sorted much faster
        rows = np.argsort(narrow, kind="stable")  # within a world, in order of occurrence
        together = [len(each.worlds) for each in events]
        months = np.repeat([each.month for each in events], together).astype(np.int16)[rows]
        sizes = [size for each in events for size in each.sizes]
        listed = np.array([number for each in events for number in each.numbers], dtype=np.int64)
        numbers = np.repeat(listed, sizes)[rows]
        level = np.concatenate([each.levels for each in events])[rows]
        keys: Columns = {"world": self._first + worlds[rows], "month": months}
        return keys, self._decode_texts(numbers), {"level": level}

    def _decode_texts(self, number: NDArray[np.int64]) -> dict[str, Coded]:
        """Return the texts of the events, by their number, as numbers with a short legend each."""
        codes = {}
        for place, name in enumerate(_TEXT_COLUMNS):
            texts = [texts[place] for texts in self._numbers]
            legend = {text: code for code, text in enumerate(dict.fromkeys(texts))}
            by_number = np.array([legend[text] for text in texts], dtype=np.int32)
            codes[name] = Coded(by_number[number], tuple(legend))
        return codes


class MonthsChronicle(Chronicle):
    """Collects the monthly record, and no events."""

    def record(self, *_: object, **__: object) -> None:
        """Record no event."""

    def record_in(self, *_: object, **__: object) -> None:
        """Record no event."""

    def record_each(self, *_: object) -> None:
        """Record no events."""


class CountingChronicle(MonthsChronicle):
    """Counts the worlds with each value in each month, for pictures of very many worlds.

    Of the first worlds of the scenario it collects the monthly record too, to be drawn one by one.
    """

    def __init__(self, state: State) -> None:
        super().__init__(state)
        self._counter = MonthCounter()
        self._samples = slice(0, max(0, SAMPLED_WORLDS - state.streams.first))

    def record_month(self) -> None:
        """Count the state at the end of the month."""
        record = self._month_record()
        self._counter.add(record)
        samples = {name: values[self._samples].copy() for name, values in record.items()}
        self._months.append(samples)  # copies: a view would hold on to the month of every world

    def history(self, worlds: Columns) -> History:
        """Return the counts, with the table of worlds."""
        counts, codes = self._counter.columns()
        samples = self._stack_months()
        return History(worlds, {}, {}, codes=codes, month_counts=counts, month_samples=samples)


class SilentChronicle(MonthsChronicle):
    """Collects nothing, for simulations of which only the last state is read."""

    def record_month(self) -> None:
        """Record no month."""

    def history(self, worlds: Columns) -> History:
        """Return the table of worlds alone."""
        return History(worlds, {}, {})


def _world_by_world(months: Sequence[NDArray[Any]]) -> NDArray[Any]:
    """Return what is recorded of each month, (world,), as one row per world and month.

    Each month is written to its place: to turn the whole table takes five times as long in a block
    of thousands.
    """
    kind = np.result_type(*{values.dtype for values in months})
    table = np.empty((len(months[0]), len(months)), dtype=kind)
    for month, values in enumerate(months):
        table[:, month] = values
    return table.ravel()


def _institution_columns(state: State) -> Columns:
    """Return the state of the institutions at the end of a month, (world,) each."""
    institutions = state.institutions
    record: Columns = {}
    for code, exchange in institutions.exchanges.items():
        record[f"delivered_{code}"] = exchange.delivered
        record[f"seen_{code}"] = exchange.delivered * exchange.estimate
        record[f"present_{code}"] = exchange.troops_present
        record[f"tier_{code}"] = exchange.tier
        record[f"debt_{code}"] = exchange.debt
    for code, council in institutions.councils.items():
        record[f"enforcement_{code}"] = council.enforcement
        record[f"cover_{code}"] = council.cover
    for code, provoker in institutions.provokers.items():
        record[f"provocations_{code}"] = np.add.reduce(list(provoker.counts.values()))
        record[f"tension_{code}"] = provoker.relative_tension
    for code, bloc in institutions.blocs.items():
        record[f"coordination_{code}"] = bloc.coordination
        record[f"threat_{code}"] = bloc.threat
    for code, patronage in institutions.patronages.items():
        record[f"dependence_{code}"] = patronage.dependence
    for actor, industry in institutions.industries.items():
        record[f"output_{state.codes[actor]}"] = industry.level
    for actor, programme in institutions.programmes.items():
        record[f"programme_{state.codes[actor]}"] = programme.level
    return record
