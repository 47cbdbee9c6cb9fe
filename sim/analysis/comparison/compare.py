"""What differs between runs: assumptions, outcomes, and outcomes by pairs of worlds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np

from sim.analysis.comparison.construction import find_constructed
from sim.analysis.comparison.differing_input import DifferingInput
from sim.analysis.comparison.inputs import compare_inputs
from sim.analysis.comparison.measure_difference import MeasureDifference, compare_measure
from sim.analysis.data.resolve import open_sides
from sim.errors import RequestError
from sim.experiment.storage.results import Results
from sim.model.measures.needs import Rule
from sim.model.measures.registry import Measure
from sim.scenario.commitments import is_signed
from sim.scenario.schema.scenario import Scenario

__all__ = ["MeasureDifference", "RunComparison", "RunPair", "compare_runs"]


@dataclass(frozen=True)
class RunPair:
    """Two runs against each other.

    Attributes:
        base_index: index of the run without the treaty, or of the first.
        other_index: index of the run with it.
        added_treaties: codes of the treaties that only `other_index` has; empty if neither run adds
            treaties to the other.
        unpaired_reason: why their worlds are not paired; empty where they are.
        differences: one for each measure shown that both runs have.
        by_construction: measures that differ by construction, by name, with the rule.
    """

    base_index: int
    other_index: int
    added_treaties: tuple[str, ...]
    unpaired_reason: str
    differences: tuple[MeasureDifference, ...]
    by_construction: dict[str, Rule]

    @property
    def findings(self) -> tuple[MeasureDifference, ...]:
        """The differences that are not so by construction."""
        return tuple(
            difference
            for difference in self.differences
            if difference.measure.name not in self.by_construction
        )

    @property
    def paired(self) -> bool:
        """Whether worlds of the same number are pairs."""
        return not self.unpaired_reason


@dataclass(frozen=True)
class RunComparison:
    """Two or more runs side by side, all against the first.

    Attributes:
        sides: the runs, in the order given.
        measures: the measures compared.
        left_out: names of measures that some run does not have.
        pairs: each other run against the first.
    """

    sides: tuple[Results, ...]
    measures: tuple[Measure, ...]
    left_out: tuple[str, ...]
    pairs: tuple[RunPair, ...]

    @cached_property
    def inputs(self) -> list[DifferingInput]:
        """Every key at which the scenarios differ."""
        return compare_inputs([side.scenario for side in self.sides])

    @property
    def same_engine(self) -> bool:
        """Whether all runs were simulated by the same engine."""
        return len({side.engine for side in self.sides}) == 1


def compare_runs(folders: Sequence[Path], *, all_measures: bool = False) -> RunComparison:
    """Compare results, all against the first, in the headline measures or in `all_measures`.

    Points of a sweep are sides like runs, named `<folder>/<point>`; a sweep is all its points.

    Raises:
        RequestError: fewer than two sides, none of the measures in common, or a sweep of too many
            points.
        ResultsError: a folder cannot be read.
    """
    sides = tuple(side for folder in folders for side in open_sides(folder))
    if len(sides) < 2:
        raise RequestError("compare needs at least two scenarios or results folders")
    candidates = _measures_to_compare(sides, all_measures)
    shown = tuple(
        measure for measure in candidates if all(measure.name in side.measures for side in sides)
    )
    if not shown:
        raise RequestError("these runs have no measure in common")
    pairs = tuple(_compare_pair(sides, 0, index, shown) for index in range(1, len(sides)))
    left_out = tuple(measure.name for measure in candidates if measure not in shown)
    return RunComparison(sides, shown, left_out, pairs)


def _measures_to_compare(sides: Sequence[Results], all_measures: bool) -> list[Measure]:
    """Return the measures of all sides, or their headlines, the first side's first."""
    names = (
        name
        for side in sides
        for name in (side.measures if all_measures else side.scenario.headlines)
        if name in side.measures
    )
    known = {name: measure for side in reversed(sides) for name, measure in side.measures.items()}
    return [known[name] for name in dict.fromkeys(names)]


def _compare_pair(
    sides: Sequence[Results], first_index: int, second_index: int, measures: Sequence[Measure]
) -> RunPair:
    base, other, treaties = _order_by_treaties(sides, first_index, second_index)
    unpaired_reason = _explain_unpaired(sides[base], sides[other])
    differences = tuple(
        compare_measure(measure, sides[other], sides[base], paired=not unpaired_reason)
        for measure in measures
    )
    rules = find_constructed(measures, sides[base].scenario, sides[other].scenario)
    return RunPair(base, other, treaties, unpaired_reason, differences, rules)


def _order_by_treaties(
    sides: Sequence[Results], first_index: int, second_index: int
) -> tuple[int, int, tuple[str, ...]]:
    """Return base and other, by default in this order, and the treaties that only the other has."""
    first, second = sides[first_index].scenario, sides[second_index].scenario
    if treaties := list_added_treaties(first, second):
        return second_index, first_index, treaties
    return first_index, second_index, list_added_treaties(second, first)


def list_added_treaties(with_: Scenario, without: Scenario) -> tuple[str, ...]:
    """Return the codes of the treaties that a scenario adds to another; none if it lacks any."""
    own, other = _concluded_treaties(with_), _concluded_treaties(without)
    return tuple(sorted(own - other)) if other < own else ()


def _concluded_treaties(scenario: Scenario) -> set[str]:
    return {code for code in scenario.treaties if is_signed(scenario, code)}


def _explain_unpaired(first: Results, second: Results) -> str:
    """Return why the worlds of two runs are not paired; empty where they are."""
    if first.scenario.seed != second.scenario.seed:
        return f"their seeds differ: {first.scenario.seed} and {second.scenario.seed}"
    if set(first.scenario.actors) != set(second.scenario.actors):
        return "their actors differ"
    if not np.array_equal(first.worlds, second.worlds):
        counts = f"{len(first.worlds):,} and {len(second.worlds):,}"
        return f"they do not have the same worlds: {counts}"
    return ""
