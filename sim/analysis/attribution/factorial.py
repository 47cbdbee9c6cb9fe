"""Two scenarios lived with every subset of some mechanisms at work, the others off in both.

Each side is one sweep whose points are the subsets, so that what was lived is kept and found again.
Worlds are pairs throughout: world 17 has the same luck in every point of either side.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
from numpy.typing import NDArray

from sim.analysis.attribution.mechanisms import count_runs, disabled_switches
from sim.analysis.data.resolve import DEFAULT_RUN_OPTIONS, is_scenario_file
from sim.errors import RequestError
from sim.experiment.base import BaseScenario
from sim.experiment.blocks import OnProgress
from sim.experiment.design.design import Design, DesignPoint
from sim.experiment.design.factors import Factor
from sim.experiment.design.samples import NO_SAMPLE
from sim.experiment.limits import check_size
from sim.experiment.run import RunOptions
from sim.experiment.storage.fingerprint import compute_point_id
from sim.experiment.storage.results import (
    open_run_results,
    open_sweep_results,
    translate_read_errors,
)
from sim.experiment.sweep import run_sweep
from sim.model.measures.registry import Measure
from sim.scenario.files.bibliography import SourceEntry
from sim.scenario.load import LoadedScenario, load_scenario
from sim.scenario.schema.scenario import Scenario
from sim.statistics.shapley import all_subsets

RunOverrides = dict[str, int]
"""What is laid on top of both sides: worlds, months, seed."""


@dataclass(frozen=True)
class SubsetDesign(Design):
    """Every subset of some mechanisms at work; a switch that is off anyway stays so."""

    mechanisms: tuple[str, ...]

    @classmethod
    def of(cls, loaded: LoadedScenario, mechanisms: tuple[str, ...]) -> SubsetDesign:
        """Return the design of one side."""
        every = disabled_switches(mechanisms, [False] * len(mechanisms))
        factors = tuple(Factor(f"mechanisms.{switch}", (False, True)) for switch in every)
        return cls((BaseScenario.from_loaded(loaded),), factors, NO_SAMPLE, mechanisms)

    @property
    def point_count(self) -> int:
        """How many points there are."""
        return len(self.points)

    @cached_property
    def points_by_subset(self) -> list[DesignPoint]:
        """The point of every subset, in the order of `subsets`; some may be the same."""
        at_work = all_subsets(len(self.mechanisms)).tolist()
        return [self._point_without(disabled_switches(self.mechanisms, on)) for on in at_work]

    @cached_property
    def points(self) -> tuple[DesignPoint, ...]:
        """The points that differ: where two mechanisms share a switch, some subsets are alike."""
        return tuple({point.id: point for point in self.points_by_subset}.values())

    def _point_without(self, disabled: Sequence[str]) -> DesignPoint:
        base = self.bases[0]
        stands = base.loaded.scenario.mechanisms
        switches = [key.partition(".")[2] for key in self.keys]
        levels = {f"mechanisms.{s}": getattr(stands, s) and s not in disabled for s in switches}
        return DesignPoint(compute_point_id(base.with_levels(dict(levels))), dict(levels), base)


@dataclass(frozen=True)
class AttributionPlan:
    """What has to be lived.

    Attributes:
        sides: the two sides, a scenario file or a results folder each.
        overrides: what is laid on top of both, such as the number of worlds.
        mechanisms: the names of the mechanisms that are switched.
    """

    sides: tuple[Path, Path]
    overrides: RunOverrides
    mechanisms: tuple[str, ...]

    @property
    def run_count(self) -> int:
        """How many runs there are."""
        return count_runs(len(self.mechanisms))

    @cached_property
    def loaded_sides(self) -> tuple[LoadedScenario, LoadedScenario]:
        """Both sides, read."""
        one, other = (load_side(side, self.overrides) for side in self.sides)
        return one, other

    @property
    def side_names(self) -> tuple[str, str]:
        """What the two sides are called."""
        one, other = self.loaded_sides
        return (one.name, other.name) if one.name != other.name else ("A", "B")

    def check_sides(self) -> Scenario:
        """Return the first side as it is, having seen to it that all can be lived.

        Raises:
            RequestError: the two cannot be paired, or are too much to live.
            ScenarioError: a file cannot be used.
            ResultsError: a folder cannot be read.
        """
        one, other = (side.scenario for side in self.loaded_sides)
        for what in ("seed", "worlds", "months", "start"):
            if getattr(one, what) != getattr(other, what):
                raise RequestError(
                    f"{self.sides[0]} and {self.sides[1]}: {what} is {getattr(one, what)} in the "
                    f"one and {getattr(other, what)} in the other\n"
                    f"    worlds are compared in pairs; both need the same {what}"
                )
        check_size(one.worlds, one.months, self.run_count)
        return one


def load_side(side: Path, overrides: RunOverrides) -> LoadedScenario:
    """Return a scenario file, or the scenario that a results folder carries, with options on top.

    Raises:
        RequestError: an option is not possible.
        ScenarioError: the file cannot be used.
        ResultsError: the folder cannot be read.
    """
    if is_scenario_file(side):
        return load_scenario(side, [f"{name}={value}" for name, value in overrides.items()])
    results = open_run_results(side).require_readable()
    with translate_read_errors(side):
        entries = {
            key: SourceEntry.model_validate(entry)
            for key, entry in results.manifest["bibliography"].items()
        }
        loaded = LoadedScenario(Path(f"{results.name}.toml"), results.scenario, (), entries)
    return replace(loaded, scenario=BaseScenario.from_loaded(loaded).with_levels(dict(overrides)))


def simulate_differences(
    plan: AttributionPlan,
    selected_measures: Sequence[Measure],
    out: Path,
    run_options: RunOptions = DEFAULT_RUN_OPTIONS,
    on_progress: OnProgress = lambda _: None,
) -> dict[str, NDArray[Any]]:
    """Return the first side less the second in every measure, (subset, world), by its name.

    Args:
        plan: what has to be lived.
        selected_measures: the measures.
        out: where results are kept; what was lived before is read again.
        run_options: how worlds are lived.
        on_progress: is told how many worlds have been lived so far.

    Raises:
        ResultsError: worlds could not be lived, or a folder cannot be read or written.
    """
    one, other = (
        _simulate_side(
            loaded,
            plan.mechanisms,
            selected_measures,
            out,
            replace(run_options, on_progress=_offset_progress(before, on_progress)),
        )
        for before, loaded in zip(_worlds_before(plan), plan.loaded_sides, strict=True)
    )
    return {measure.name: one[measure.name] - other[measure.name] for measure in selected_measures}


def _worlds_before(plan: AttributionPlan) -> tuple[int, int]:
    """Return how many worlds are lived before each side."""
    return 0, plan.loaded_sides[0].scenario.worlds * plan.run_count // 2


def _simulate_side(
    loaded: LoadedScenario,
    mechanisms: tuple[str, ...],
    selected_measures: Sequence[Measure],
    out: Path,
    run_options: RunOptions,
) -> dict[str, NDArray[Any]]:
    """Return every measure of one side, (subset, world), by its name."""
    design = SubsetDesign.of(loaded, mechanisms)
    folder = run_sweep(loaded, design, out, run_options).results.folder
    results = open_sweep_results(folder)  # refuses one that lacks worlds
    run_options.on_progress(loaded.scenario.worlds * len(design.points_by_subset))
    with translate_read_errors(folder):
        names = [measure.name for measure in selected_measures]
        table = pq.read_table(results.table_path("worlds"), columns=names)
        rows = {point.id: at for at, point in enumerate(design.points)}
        order = [rows[point.id] for point in design.points_by_subset]
        return {
            name: table[name].to_numpy().astype(float).reshape(len(rows), -1)[order]
            for name in names
        }


def _offset_progress(before: int, on_progress: OnProgress) -> OnProgress:
    return lambda lived: on_progress(before + lived)
