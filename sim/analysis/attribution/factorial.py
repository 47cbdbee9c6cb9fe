"""Two scenarios lived with every subset of some mechanisms at work, the others off in both.

Each side is one sweep whose points are the subsets, so that what was lived is kept and found again.
Worlds are pairs throughout: world 17 has the same luck in every point of either side.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
from numpy.typing import NDArray

from sim.analysis.attribution.mechanisms import put_off, runs
from sim.analysis.data.resolve import AS_EVER, is_scenario
from sim.analysis.data.run_reader import damage_told, read
from sim.errors import RequestError
from sim.experiment.base import Base
from sim.experiment.design.design import Design, Point
from sim.experiment.design.factors import Factor
from sim.experiment.design.samples import NOTHING
from sim.experiment.limits import check_size
from sim.experiment.run import Wish
from sim.experiment.storage.fingerprint import point_id
from sim.experiment.storage.results import sweep_results
from sim.experiment.sweep import sweep
from sim.model.measures.registry import Measure
from sim.scenario.files.bibliography import SourceEntry
from sim.scenario.load import Loaded, load
from sim.scenario.schema.scenario import Scenario
from sim.statistics.shapley import subsets

Told = Callable[[int], None]
Options = dict[str, int]
"""What is laid on top of both sides: worlds, months, seed."""


@dataclass(frozen=True)
class Subsets(Design):
    """Every subset of some mechanisms at work; a switch that is off anyway stays so."""

    mechanisms: tuple[str, ...]

    @classmethod
    def of(cls, loaded: Loaded, mechanisms: tuple[str, ...]) -> Subsets:
        """Return the design of one side."""
        every = put_off(mechanisms, [False] * len(mechanisms))
        factors = tuple(Factor(f"mechanisms.{switch}", (False, True)) for switch in every)
        return cls((Base.of(loaded),), factors, NOTHING, mechanisms)

    @property
    def size(self) -> int:
        """How many points there are."""
        return len(self.points)

    @cached_property
    def in_order(self) -> list[Point]:
        """The point of every subset, in the order of `subsets`; some may be the same."""
        at_work = subsets(len(self.mechanisms)).tolist()
        return [self._point(put_off(self.mechanisms, on)) for on in at_work]

    @cached_property
    def points(self) -> tuple[Point, ...]:
        """The points that differ: where two mechanisms share a switch, some subsets are alike."""
        return tuple({point.id: point for point in self.in_order}.values())

    def _point(self, off: Sequence[str]) -> Point:
        base = self.bases[0]
        stands = base.loaded.scenario.mechanisms
        switches = [key.partition(".")[2] for key in self.keys]
        levels = {f"mechanisms.{s}": getattr(stands, s) and s not in off for s in switches}
        return Point(point_id(base.with_levels(dict(levels))), dict(levels), base)


@dataclass(frozen=True)
class Plan:
    """What has to be lived.

    Attributes:
        sides: the two sides, a scenario file or a results folder each.
        options: what is laid on top of both, such as the number of worlds.
        mechanisms: the names of the mechanisms that are switched.
    """

    sides: tuple[Path, Path]
    options: Options
    mechanisms: tuple[str, ...]

    @property
    def runs(self) -> int:
        """How many runs there are."""
        return runs(len(self.mechanisms))

    @cached_property
    def loaded(self) -> tuple[Loaded, Loaded]:
        """Both sides, read."""
        one, other = (opened(side, self.options) for side in self.sides)
        return one, other

    @property
    def names(self) -> tuple[str, str]:
        """What the two sides are called."""
        one, other = self.loaded
        return (one.name, other.name) if one.name != other.name else ("A", "B")

    def whole(self) -> Scenario:
        """Return the first side as it is, having seen to it that all can be lived.

        Raises:
            RequestError: the two cannot be paired, or are too much to live.
            ScenarioError: a file cannot be used.
            ResultsError: a folder cannot be read.
        """
        one, other = (side.scenario for side in self.loaded)
        for what in ("seed", "worlds", "months", "start"):
            if getattr(one, what) != getattr(other, what):
                raise RequestError(
                    f"{self.sides[0]} and {self.sides[1]}: {what} is {getattr(one, what)} in the "
                    f"one and {getattr(other, what)} in the other\n"
                    f"    worlds are compared in pairs; both need the same {what}"
                )
        check_size(one.worlds, one.months, self.runs)
        return one


def opened(side: Path, options: Options) -> Loaded:
    """Return a scenario file, or the scenario that a results folder carries, with options on top.

    Raises:
        RequestError: an option is not possible.
        ScenarioError: the file cannot be used.
        ResultsError: the folder cannot be read.
    """
    if is_scenario(side):
        return load(side, [f"{name}={value}" for name, value in options.items()])
    found = read(side)
    told = found.results.manifest
    with damage_told(side):
        entries = {
            key: SourceEntry.model_validate(entry) for key, entry in told["bibliography"].items()
        }
        lived = Loaded(Path(f"{told['name']}.toml"), found.scenario, (), entries)
    return replace(lived, scenario=Base.of(lived).with_levels(dict(options)))


def differences(
    plan: Plan,
    shown: Sequence[Measure],
    out: Path,
    wish: Wish = AS_EVER,
    told: Told = lambda _: None,
) -> dict[str, NDArray[Any]]:
    """Return the first side less the second in every measure, (subset, world), by its name.

    Args:
        plan: what has to be lived.
        shown: the measures.
        out: where results are kept; what was lived before is read again.
        wish: how worlds are lived.
        told: is told how many worlds have been lived so far.

    Raises:
        ResultsError: worlds could not be lived, or a folder cannot be read or written.
    """
    one, other = (
        _lived(loaded, plan.mechanisms, shown, out, replace(wish, told=_on_top_of(before, told)))
        for before, loaded in zip(_before(plan), plan.loaded, strict=True)
    )
    return {measure.name: one[measure.name] - other[measure.name] for measure in shown}


def _before(plan: Plan) -> tuple[int, int]:
    """Return how many worlds are lived before each side."""
    return 0, plan.loaded[0].scenario.worlds * plan.runs // 2


def _lived(
    loaded: Loaded, mechanisms: tuple[str, ...], shown: Sequence[Measure], out: Path, wish: Wish
) -> dict[str, NDArray[Any]]:
    """Return every measure of one side, (subset, world), by its name."""
    design = Subsets.of(loaded, mechanisms)
    folder = sweep(loaded, design, out, wish).results.folder
    found = sweep_results(folder)  # not one in which worlds are missing
    wish.told(loaded.scenario.worlds * len(design.in_order))
    with damage_told(folder):
        names = [measure.name for measure in shown]
        table = pq.read_table(found.table("worlds"), columns=names)
        rows = {point.id: at for at, point in enumerate(design.points)}
        order = [rows[point.id] for point in design.in_order]
        return {
            name: table[name].to_numpy().astype(float).reshape(len(rows), -1)[order]
            for name in names
        }


def _on_top_of(before: int, told: Told) -> Told:
    return lambda lived: told(before + lived)
