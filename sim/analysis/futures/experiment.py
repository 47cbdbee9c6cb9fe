"""Experiments in memory: a share or a mean over worlds for every policy in every future.

World k has the same random draws, and the same numbers that no experiment sets, everywhere. Futures
and policies that differ in numbers only are simulated as worlds of one block, so that a hundred of
them cost little more than one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from sim.analysis.sensitivity.ensemble import simulate_all_points
from sim.errors import RequestError
from sim.model.measures.registry import Measure
from sim.model.randomness.parameters import find_position
from sim.scenario.drawn import list_drawn_numbers
from sim.scenario.edit import edit_scenario
from sim.scenario.files.settings import write_setting
from sim.scenario.schema.quantity import Quantity
from sim.scenario.schema.scenario import Scenario
from sim.statistics.ratio import row_means

Point = Mapping[str, object]
"""The level of each key in one experiment."""
_Key = tuple[tuple[str, object], ...]


@dataclass(frozen=True)
class Experiment:
    """What an experiment simulates; called with the level of each key, it returns its outcomes.

    Attributes:
        scenario: the scenario.
        measures: the outcomes.
        worlds: worlds of each experiment.
        workers: number of processes that simulate many experiments at once.
    """

    scenario: Scenario
    measures: tuple[Measure, ...]
    worlds: int
    workers: int = 1
    _known: dict[_Key, dict[str, float]] = field(default_factory=dict, repr=False, compare=False)

    def __call__(self, **levels: object) -> dict[str, float]:
        """Return each outcome by name: a share or a mean over worlds; NaN where it is undefined.

        Raises:
            RequestError: a level is outside the range of its number.
            ScenarioError: with these levels the scenario is not consistent.
            SimulationError: some worlds could not be simulated.
        """
        key = _name(levels)
        if key not in self._known:
            self.prepare([levels])
        return dict(self._known[key])

    def prepare(self, points: Iterable[Point]) -> None:
        """Simulate many experiments at once; each is then known when it is called for.

        Errors are those of a call.
        """
        missing = {key: point for point in points if (key := _name(point)) not in self._known}
        numbers = list_drawn_numbers(self.scenario)
        groups: dict[_Key, list[_Key]] = {}
        for key in missing:
            policy = tuple(item for item in key if item[0] not in numbers)
            groups.setdefault(policy, []).append(key)
        for policy, keys in groups.items():
            self._simulate(policy, keys, [missing[key] for key in keys], numbers)

    def _simulate(
        self,
        policy: _Key,
        keys: Sequence[_Key],
        points: Sequence[Point],
        numbers: Mapping[str, Quantity],
    ) -> None:
        """Simulate the experiments of one scenario, which differ in numbers only."""
        scenario = edit_scenario(self.scenario, [write_setting(*item) for item in policy])
        set_numbers = {name: None for point in points for name in point if name in numbers}
        positions = {
            name: np.array([_locate(point.get(name), name, numbers[name]) for point in points])
            for name in set_numbers
        } or {_NO_NUMBER: np.full(len(points), np.nan)}
        found = simulate_all_points(
            scenario, self.measures, positions, self.worlds, lambda _: None, self.workers
        )
        means = {
            name: np.where(each.defined.any(axis=1), row_means(each), np.nan)
            for name, each in found.items()
        }
        for place, key in enumerate(keys):
            self._known[key] = {name: float(values[place]) for name, values in means.items()}


_NO_NUMBER = "-"
"""The key of no number, where an experiment sets none."""


def _name(levels: Point) -> _Key:
    return tuple(sorted(levels.items()))


def _locate(level: object, name: str, number: Quantity) -> float:
    """Return where a level lies in the distribution of its number; NaN where it is drawn.

    Raises:
        RequestError: it is outside the range, or no number.
    """
    if level is None:
        return np.nan
    if not isinstance(level, int | float | np.number) or not number.low <= level <= number.high:
        raise RequestError(
            f"{name}: {level} is outside its range\n"
            f"    allowed: from {number.low:g} to {number.high:g} {number.unit}"
        )
    return find_position(number, float(level))
