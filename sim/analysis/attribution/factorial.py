"""Two scenarios simulated with every subset of some mechanisms enabled, in both alike.

Each side is one sweep whose points are the subsets, so that its results are stored and reused.
Worlds are paired throughout: world 17 has the same random draws at every point of either side.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow.parquet as pq
from numpy.typing import NDArray

from sim.analysis.attribution.mechanisms import count_runs, disabled_switches
from sim.analysis.attribution.subset_differences import SubsetDifferences
from sim.analysis.data.locate import is_scenario_file
from sim.analysis.data.resolve import DEFAULT_RUN_OPTIONS, Side
from sim.errors import RequestError
from sim.experiment.base import BaseScenario
from sim.experiment.blocks import OnProgress
from sim.experiment.design.design import Design, DesignPoint
from sim.experiment.design.factors import Factor
from sim.experiment.design.samples import NO_SAMPLE
from sim.experiment.limits import check_size
from sim.experiment.run import RunOptions
from sim.experiment.storage.faults import translate_read_errors
from sim.experiment.storage.results import open_run_results, open_sweep_results
from sim.experiment.storage.run_key import compute_point_id, run_key
from sim.experiment.sweep import run_sweep
from sim.model.measures.registry import Measure
from sim.scenario.checks.past import refuse_past
from sim.scenario.edit import edit_scenario
from sim.scenario.files.bibliography import SourceEntry
from sim.scenario.load import LoadedScenario, load_scenario
from sim.scenario.schema.scenario import Scenario
from sim.statistics.arrays import Mask
from sim.statistics.ratio import PartlyDefined
from sim.statistics.shapley import all_subsets

RunOverrides = dict[str, int]
"""Settings applied to both sides: worlds, months, seed."""


@dataclass(frozen=True)
class SubsetDesign(Design):
    """Every subset of some mechanisms enabled; a switch that is off in the scenario stays off."""

    mechanisms: tuple[str, ...]

    @classmethod
    def of(cls, loaded: LoadedScenario, mechanisms: tuple[str, ...]) -> SubsetDesign:
        """Return the design of one side."""
        switches = disabled_switches(mechanisms, [False] * len(mechanisms))
        factors = tuple(Factor(f"mechanisms.{switch}", (False, True)) for switch in switches)
        return cls((BaseScenario.from_loaded(loaded),), factors, NO_SAMPLE, mechanisms)

    @property
    def point_count(self) -> int:
        """Number of points."""
        return len(self.points)

    @cached_property
    def points_by_subset(self) -> list[DesignPoint]:
        """The point of every subset, in the order of `all_subsets`; some may coincide."""
        subsets = all_subsets(len(self.mechanisms)).tolist()
        return [
            self._point_without(disabled_switches(self.mechanisms, enabled)) for enabled in subsets
        ]

    @cached_property
    def points(self) -> tuple[DesignPoint, ...]:
        """The distinct points: where two mechanisms share a switch, some subsets coincide."""
        return tuple({point.id: point for point in self.points_by_subset}.values())

    def _point_without(self, disabled: Sequence[str]) -> DesignPoint:
        base = self.bases[0]
        mechanisms = base.loaded.scenario.mechanisms
        switches = [key.partition(".")[2] for key in self.keys]
        levels = {
            f"mechanisms.{switch}": getattr(mechanisms, switch) and switch not in disabled
            for switch in switches
        }
        return DesignPoint(compute_point_id(base.with_levels(dict(levels))), dict(levels), base)


@dataclass(frozen=True)
class AttributionPlan:
    """The runs that an attribution needs.

    Attributes:
        sides: the two sides, a scenario file or a results folder each.
        overrides: settings applied to both, such as the number of worlds.
        mechanisms: the names of the mechanisms that are switched.
    """

    sides: tuple[Side, Side]
    overrides: RunOverrides
    mechanisms: tuple[str, ...]

    @property
    def run_count(self) -> int:
        """Number of runs."""
        return count_runs(len(self.mechanisms))

    @cached_property
    def loaded_sides(self) -> tuple[LoadedScenario, LoadedScenario]:
        """The scenarios of both sides."""
        first, second = (load_side(side, self.overrides) for side in self.sides)
        return first, second

    @property
    def side_names(self) -> tuple[str, str]:
        """The labels of the two sides."""
        first, second = self.loaded_sides
        return (first.name, second.name) if first.name != second.name else ("A", "B")

    def check_sides(self) -> Scenario:
        """Return the scenario of the first side, having checked that both can be simulated.

        Raises:
            RequestError: the two cannot be paired, have a past, or are too large.
            ScenarioError: a file cannot be used.
            ResultsError: a folder cannot be read.
        """
        first, second = (side.scenario for side in self.loaded_sides)
        for scenario in (first, second):
            refuse_past(scenario, "an attribution to mechanisms")
        for name in ("seed", "worlds", "months", "start"):
            if getattr(first, name) != getattr(second, name):
                raise RequestError(
                    f"{self.sides[0]} and {self.sides[1]}: {name} is {getattr(first, name)} in the "
                    f"first and {getattr(second, name)} in the second\n"
                    f"    worlds are compared in pairs; both need the same {name}"
                )
        if len({run_key(side).digest for side in self.loaded_sides}) == 1:
            raise RequestError(
                f"{self.sides[0]} and {self.sides[1]}: have the same assumptions, so that no world "
                "differs\n    name two scenarios that differ"
            )
        check_size(first.worlds, first.months, self.run_count)
        return first


def load_side(side: Side, overrides: RunOverrides) -> LoadedScenario:
    """Return the scenario of a file or of a results folder, with overrides applied.

    Raises:
        RequestError: an override is not possible.
        ScenarioError: the file cannot be used.
        ResultsError: the folder cannot be read.
    """
    settings = [f"{name}={value}" for name, value in overrides.items()]
    if isinstance(side, LoadedScenario):
        return replace(side, scenario=edit_scenario(side.scenario, settings))
    if is_scenario_file(side):
        return load_scenario(side, settings)
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
) -> dict[str, SubsetDifferences]:
    """Return the first side less the second in every measure, (subset, world), by its name.

    A measure that is defined in some worlds only has linearised values: their mean is the
    difference of the two ratios, and NaN where either side defines it in no world.

    Args:
        plan: the runs to simulate.
        selected_measures: the measures.
        out: the folder of results; existing results are read, not simulated again.
        run_options: how the runs are executed.
        on_progress: called with the number of worlds simulated so far.

    Raises:
        ResultsError: the simulation of some worlds failed, or a folder cannot be read or written.
    """
    first, second = (
        _simulate_side(
            loaded,
            plan.mechanisms,
            selected_measures,
            out,
            replace(run_options, on_progress=_offset_progress(before, on_progress)),
        )
        for before, loaded in zip(_worlds_before(plan), plan.loaded_sides, strict=True)
    )
    return {
        measure.name: SubsetDifferences.of(first[measure.name], second[measure.name])
        for measure in selected_measures
    }


def _worlds_before(plan: AttributionPlan) -> tuple[int, int]:
    """Return the number of worlds simulated before each side."""
    return 0, plan.loaded_sides[0].scenario.worlds * plan.run_count // 2


def _simulate_side(
    loaded: LoadedScenario,
    mechanisms: tuple[str, ...],
    selected_measures: Sequence[Measure],
    out: Path,
    run_options: RunOptions,
) -> dict[str, list[PartlyDefined]]:
    """Return every measure of one side, one column for each subset, by its name."""
    design = SubsetDesign.of(loaded, mechanisms)
    folder = run_sweep(loaded, design, out, run_options).results.folder
    results = open_sweep_results(folder)  # refuses one that lacks worlds
    run_options.on_progress(loaded.scenario.worlds * len(design.points_by_subset))
    with translate_read_errors(folder):
        names = list(dict.fromkeys(n for m in selected_measures for n in (m.name, m.given) if n))
        table = pq.read_table(results.table_path("worlds"), columns=names)
        rows = {point.id: row for row, point in enumerate(design.points)}
        order = [rows[point.id] for point in design.points_by_subset]
        columns = {
            name: table[name].to_numpy().astype(float).reshape(len(rows), -1)[order]
            for name in names
        }
    return {m.name: [*map(PartlyDefined, *_parts(m, columns))] for m in selected_measures}


def _parts(measure: Measure, columns: dict[str, NDArray[Any]]) -> tuple[NDArray[Any], Mask]:
    """Return a measure and where it is defined, (subset, world) each."""
    values = columns[measure.name]
    return values, columns[measure.given] > 0 if measure.given else np.ones(values.shape, bool)


def _offset_progress(before: int, on_progress: OnProgress) -> OnProgress:
    return lambda simulated: on_progress(before + simulated)
