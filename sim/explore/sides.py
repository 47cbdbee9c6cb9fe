"""The runs shown side by side, whose worlds of one number are pairs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from sim.analysis.comparison.compare import list_added_treaties
from sim.analysis.comparison.side_names import name_sides
from sim.analysis.conditioning.events import KeptTables
from sim.analysis.conditioning.wording import ENOUGH_WORLDS
from sim.analysis.data.drawn_parameters import uncertain_parameters
from sim.analysis.data.resolve import Side, open_run
from sim.errors import RequestError
from sim.experiment.storage.engine_fingerprint import engine_fingerprint
from sim.experiment.storage.faults import translate_read_errors
from sim.experiment.storage.results import Results
from sim.model.measures.registry import Measure
from sim.scenario.schema.quantity import Quantity
from sim.scenario.schema.scenario import Scenario
from sim.statistics.arrays import Counts, FloatArray

if TYPE_CHECKING:
    import pandas as pd

MAX_SIDES = 3
"""The largest number of runs on one page."""


@dataclass(frozen=True)
class Pair:
    """Two sides whose worlds of one number are pairs.

    Attributes:
        with_, without: places of the sides: with the treaty and without, or another and the
            first.
        added_treaties: codes of the treaties that only `with_` has, if it adds any.
    """

    with_: int
    without: int
    added_treaties: tuple[str, ...] = ()


@dataclass(frozen=True)
class Sides:
    """The runs shown side by side, the first being what the others are compared with.

    Attributes:
        results: the runs.
        titles: their names for a reader.
    """

    results: tuple[Results, ...]
    titles: tuple[str, ...]

    @property
    def scenarios(self) -> tuple[Scenario, ...]:
        """The scenarios that were simulated."""
        return tuple(side.scenario for side in self.results)

    @property
    def first(self) -> Scenario:
        """The scenario of the first side."""
        return self.results[0].scenario

    @property
    def months(self) -> int:
        """The months of every world."""
        return self.first.months

    @cached_property
    def pairs(self) -> tuple[Pair, ...]:
        """Each other side against the first."""
        return tuple(self._pair(place) for place in range(1, len(self.results)))

    @cached_property
    def worlds(self) -> Counts:
        """The numbers of the worlds, the same on all sides, (world,)."""
        return self.results[0].worlds

    @cached_property
    def measures(self) -> dict[str, Measure]:
        """The measures that all sides have, by name, in the order of the first."""
        others = [side.measures for side in self.results[1:]]
        return {
            name: measure
            for name, measure in self.results[0].measures.items()
            if all(name in other for other in others)
        }

    @cached_property
    def tables(self) -> tuple[KeptTables, ...]:
        """The tables of the sides, read for what a condition names."""
        return tuple(map(KeptTables, self.results))

    @cached_property
    def numbers(self) -> tuple[dict[str, Quantity], ...]:
        """The uncertain numbers of the sides, by key."""
        return tuple(map(uncertain_parameters, self.scenarios))

    @cached_property
    def _frames(self) -> tuple[pd.DataFrame, ...]:
        """The tables of worlds, read at once, since every measure is looked at."""
        return tuple(side.frame("worlds") for side in self.results)

    def column(self, name: str) -> FloatArray:
        """Return a measure, (side, world)."""
        return np.stack([self.values(name, side) for side in range(len(self.results))])

    def values(self, name: str, side: int) -> FloatArray:
        """Return a measure of one side, (world,)."""
        values: FloatArray = self._frames[side][name].to_numpy()
        return values

    def month_column(self, name: str) -> FloatArray:
        """Return a column of the table of months, (side, world, month); NaN where it is empty."""
        shape = len(self.worlds), self.months
        columns = []
        for side in self.results:
            with translate_read_errors(side.folder):
                columns.append(side.column(name, "months").astype(np.float64).reshape(shape))
        return np.stack(columns)

    def _pair(self, place: int) -> Pair:
        other = self.scenarios[place]
        if treaties := list_added_treaties(self.first, other):
            return Pair(0, place, treaties)
        return Pair(place, 0, list_added_treaties(other, self.first))


def open_sides(paths: Sequence[Path]) -> Sides:
    """Open runs, or points of sweeps, to be shown side by side.

    Raises:
        ResultsError: a folder is missing, incomplete, damaged, or of another version.
        RequestError: there are too many or too few worlds, or the worlds are no pairs.
    """
    require_number(paths)
    results = tuple(map(open_run, paths))
    _require_engine(results)
    _require_tables(results)
    _require_worlds(results)
    for other in results[1:]:
        _require_pairs(results[0], other)
    sides = Sides(results, tuple(name_sides(results)))
    if not sides.measures:
        raise RequestError("the scenarios have no measure in common\n    choose others")
    return sides


def require_number(paths: Sequence[Side]) -> None:
    """Require that so many runs fit on one page, each named once.

    Raises:
        RequestError: they do not.
    """
    if not 1 <= len(paths) <= MAX_SIDES:
        raise RequestError(f"{len(paths)} scenarios on one page\n    allowed: 1 to {MAX_SIDES}")
    for place, path in enumerate(paths):
        if path in paths[:place]:
            raise RequestError(f"{path}: is named twice")


def _require_engine(results: Sequence[Results]) -> None:
    """Require that this engine simulated the worlds, since some are simulated again."""
    for side in results:
        if side.engine != engine_fingerprint():
            raise RequestError(
                f"{side.path}: was simulated by another version of the engine; simulated again, "
                "its worlds would differ\n    run the scenario again with sim run"
            )


def _require_tables(results: Sequence[Results]) -> None:
    """Require what the page lets a reader choose from: the months and the events of every world.

    Raises:
        ResultsError: a run has stored less.
    """
    for side in results:
        for table in ("months", "events"):
            side.require_table(table)


def _require_worlds(results: Sequence[Results]) -> None:
    for side in results:
        if len(side.worlds) < ENOUGH_WORLDS:
            raise RequestError(
                f"{side.path}: has {len(side.worlds):,} worlds, too few to say anything of some of "
                f"them\n    allowed: {ENOUGH_WORLDS} or more; 10,000 show what three assumptions do"
            )


def _require_pairs(first: Results, other: Results) -> None:
    """Require that worlds of one number are pairs.

    Raises:
        RequestError: they are not; the message says why.
    """
    for what in ("seed", "months", "start"):
        one, two = (getattr(side.scenario, what) for side in (first, other))
        if one != two:
            raise RequestError(
                f"{other.path}: its worlds are no pairs of those of {first.path}: the {what} is "
                f"{two}, not {one}\n    run both with the same --seed, --months and start"
            )
    if not np.array_equal(first.worlds, other.worlds):
        raise RequestError(
            f"{other.path}: its worlds are no pairs of those of {first.path}: it has "
            f"{len(other.worlds):,}, not {len(first.worlds):,}\n"
            "    run both with the same --worlds"
        )
