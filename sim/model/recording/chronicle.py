"""The chronicle: the events of a block of worlds, and its state month by month."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.model.arrays import Levels, Mask, any_world
from sim.model.recording.history import Columns
from sim.model.state import State

_TEXT_COLUMNS = ("event", "actor", "towards", "subject")


class Chronicle:
    """Collects the events and the monthly record of a block of worlds."""

    def __init__(self, state: State) -> None:
        self._state = state
        self._events: list[tuple[NDArray[np.int64], int, tuple[str, str, str, str], Levels]] = []
        self._months: list[Columns] = []

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
        if any_world(where):
            texts = (event, self._code(actor), self._code(towards), subject)
            worlds = where.nonzero()[0]
            levels = np.empty(len(worlds), dtype=np.int8)
            levels[:] = level[worlds] if isinstance(level, np.ndarray) else level
            self._events.append((worlds, self._state.month, texts, levels))

    def record_month(self) -> None:
        """Record the state at the end of the month."""
        state = self._state
        record: Columns = {
            "world": state.streams.first + np.arange(state.count),
            "month": np.full(state.count, state.month, dtype=np.int16),
        }
        for code, rivalry in state.rivalries.items():
            record[f"rung_{code}"] = rivalry.rung.copy()
            record[f"front_{code}"] = np.where(rivalry.war.on, rivalry.war.front, np.nan)
            record[f"weariness_{code}"] = np.where(
                rivalry.war.on, rivalry.war.weariness.mean(axis=0), np.nan
            )
        for code, treaty in state.treaties.items():
            record[f"binding_{code}"] = state.binding[code]
            record[f"invoked_{code}"] = treaty.invoked.copy()
        self._months.append(record | _institution_columns(state))

    def months(self) -> Columns:
        """Return one row per world and month, in that order."""
        if not self._months:
            return {}
        stacked = {
            name: np.stack([month[name] for month in self._months], axis=1)
            for name in self._months[0]
        }
        return {name: column.ravel() for name, column in stacked.items()}

    def events(self) -> Columns:
        """Return one row per event, in order of world, month and occurrence."""
        worlds, months, order, level = self._event_arrays()
        rows = np.argsort(worlds, kind="stable")  # within a world, in order of occurrence
        table: Columns = {"world": self._state.streams.first + worlds[rows], "month": months[rows]}
        for place, name in enumerate(_TEXT_COLUMNS):
            values = [texts[place] for _, _, texts, _ in self._events]
            table[name] = np.array(values or [""], dtype=object)[order[rows]]
        return table | {"level": level[rows]}

    def _event_arrays(self) -> tuple[NDArray[Any], NDArray[Any], NDArray[Any], NDArray[Any]]:
        sizes = [len(where) for where, *_ in self._events]
        numbers = np.arange(len(self._events))
        empty = np.zeros(0, dtype=np.int64)
        worlds = np.concatenate([empty, *(where for where, *_ in self._events)])
        months = np.repeat([month for _, month, *_ in self._events], sizes).astype(np.int16)
        level = np.concatenate([empty.astype(np.int8), *(levels for *_, levels in self._events)])
        return worlds, months, np.repeat(numbers, sizes), level

    def _code(self, actor: int | None) -> str:
        return "" if actor is None else self._state.codes[actor]


class SilentChronicle(Chronicle):
    """Collects nothing, for simulations of which only the last state is read."""

    def record(self, *_: object, **__: object) -> None:
        """Record no event."""

    def record_month(self) -> None:
        """Record no month."""


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
    for actor, programme in institutions.programmes.items():
        record[f"programme_{state.codes[actor]}"] = programme.level
    return record
