"""What differs between runs: in what they assume, in what happened, and pair by pair of worlds."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import isfinite, nan
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.analysis.comparison.inputs import Input, differing_inputs
from sim.analysis.data.open import readings
from sim.analysis.data.run_reader import Reading
from sim.errors import RequestError
from sim.model.measures.registry import Kind, Measure
from sim.scenario.schema.scenario import Scenario
from sim.statistics import paired
from sim.statistics.intervals import Interval, wilson
from sim.statistics.paired import FourWay, four_way

NOTHING = Interval(nan, nan, nan)


@dataclass(frozen=True)
class Difference:
    """How far one measure differs between two runs.

    Attributes:
        measure: what is measured.
        change: the run with, minus the run without: a difference of shares or of means, with its
            95 % interval; not numbers where there is nothing to compare.
        worlds: how many pairs it is taken over; without pairs, worlds of the smaller run.
        same: whether the measure is the same in every pair.
        fewer: how many times fewer worlds the pairs need than strangers would for an interval as
            narrow; None without pairs.
        four: in how many pairs it happened where; None without pairs, and for amounts.
    """

    measure: Measure
    change: Interval
    worlds: int
    same: bool = False
    fewer: float | None = None
    four: FourWay | None = None


@dataclass(frozen=True)
class Pair:
    """Two runs against each other.

    Attributes:
        base: place of the run without, or of the first.
        other: place of the run with.
        treaties: codes of the treaties that only `other` has, if they tell which run is with.
        strangers: why their worlds are no pairs; empty where they are.
        differences: one for each measure shown that both runs have.
    """

    base: int
    other: int
    treaties: tuple[str, ...]
    strangers: str
    differences: tuple[Difference, ...]

    @property
    def paired(self) -> bool:
        """Whether world and world are pairs."""
        return not self.strangers


@dataclass(frozen=True)
class Comparison:
    """Two or more runs side by side, all against the first.

    Attributes:
        sides: the runs, in the order given.
        shown: the measures compared.
        left_out: names of measures that some run does not have.
        pairs: each other run against the first.
    """

    sides: tuple[Reading, ...]
    shown: tuple[Measure, ...]
    left_out: tuple[str, ...]
    pairs: tuple[Pair, ...]

    @cached_property
    def inputs(self) -> list[Input]:
        """Every key at which their scenarios differ."""
        return differing_inputs([side.scenario for side in self.sides])

    @property
    def one_engine(self) -> bool:
        """Whether the same model lived all of them."""
        return len({side.engine for side in self.sides}) == 1


def compare(folders: Sequence[Path], *, every: bool = False) -> Comparison:
    """Compare results, all against the first; the headlines or `every` measure.

    Points of a sweep are sides like runs, named `<folder>/<point>`; a sweep is all its points.

    Raises:
        RequestError: fewer than two sides, none of the measures in common, or a sweep of too many
            points.
        ResultsError: a folder cannot be read.
    """
    sides = tuple(side for folder in folders for side in readings(folder))
    if len(sides) < 2:
        raise RequestError("to compare takes two results folders or more")
    wanted = _wanted(sides, every)
    shown = tuple(m for m in wanted if all(m.name in side.measures for side in sides))
    if not shown:
        raise RequestError("these runs have no measure in common")
    pairs = tuple(_pair(sides, 0, place, shown) for place in range(1, len(sides)))
    left_out = tuple(measure.name for measure in wanted if measure not in shown)
    return Comparison(sides, shown, left_out, pairs)


def _wanted(sides: Sequence[Reading], every: bool) -> list[Measure]:
    """Return the measures of all sides, or their headlines, the first side's first."""
    names = (
        name
        for side in sides
        for name in (side.measures if every else side.scenario.headlines)
        if name in side.measures
    )
    known = {name: m for side in reversed(sides) for name, m in side.measures.items()}
    return [known[name] for name in dict.fromkeys(names)]


def _pair(sides: Sequence[Reading], one: int, two: int, shown: Iterable[Measure]) -> Pair:
    base, other, treaties = _with_and_without(sides, one, two)
    strangers = why_strangers(sides[base], sides[other])
    differences = tuple(
        _difference(measure, sides[other], sides[base], paired=not strangers) for measure in shown
    )
    return Pair(base, other, treaties, strangers, differences)


def _with_and_without(
    sides: Sequence[Reading], one: int, two: int
) -> tuple[int, int, tuple[str, ...]]:
    """Return base, other, and the treaties that only the other has: the first is base by custom."""
    first, second = (_concluded(sides[place].scenario) for place in (one, two))
    if second < first:
        return two, one, tuple(sorted(first - second))
    return one, two, tuple(sorted(second - first)) if first < second else ()


def _concluded(scenario: Scenario) -> set[str]:
    return {code for code, treaty in scenario.treaties.items() if treaty.concluded}


def why_strangers(one: Reading, other: Reading) -> str:
    """Return why world and world of two runs are no pairs, or nothing where they are."""
    if one.scenario.seed != other.scenario.seed:
        return f"their seeds differ: {one.scenario.seed} and {other.scenario.seed}"
    if set(one.scenario.actors) != set(other.scenario.actors):
        return "their actors differ"
    if not np.array_equal(one.worlds, other.worlds):
        return f"they do not have the same worlds: {len(one.worlds):,} and {len(other.worlds):,}"
    return ""


def _difference(measure: Measure, with_: Reading, without: Reading, *, paired: bool) -> Difference:
    ours, theirs = with_.column(measure.name), without.column(measure.name)
    if measure.given:
        counts, others = with_.column(measure.given), without.column(measure.given)
        if paired:  # a pair tells something only where both worlds do
            counts = others = counts & others
        ours, theirs = ours[counts], theirs[others]
    if not len(ours) or not len(theirs):
        return Difference(measure, NOTHING, 0)
    return (_of_pairs if paired else _of_strangers)(measure, ours, theirs)


def _of_pairs(measure: Measure, ours: NDArray[Any], theirs: NDArray[Any]) -> Difference:
    happened = measure.kind is Kind.HAPPENED
    four = four_way(ours, theirs) if happened else None
    change = paired.paired_shares(four) if four else paired.paired_means(ours, theirs)
    same = paired.alike(ours, theirs)
    fewer = paired.times_fewer(ours, theirs) if isfinite(change.value) else nan
    return Difference(measure, change, len(ours), same, fewer, four)


def _of_strangers(measure: Measure, ours: NDArray[Any], theirs: NDArray[Any]) -> Difference:
    smaller = min(len(ours), len(theirs))
    if measure.kind is Kind.HAPPENED:
        shares = (wilson(int(side.sum()), len(side)) for side in (ours, theirs))
        return Difference(measure, paired.unpaired_shares(*shares), smaller)
    return Difference(measure, paired.unpaired_means(ours, theirs), smaller)
