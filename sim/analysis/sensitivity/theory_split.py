"""How much of the variance between worlds is due to the theory, the assumptions, and chance.

By the law of total variance: the variance of the means of theories, each of which counts the same;
the mean over theories of the variance between draws of assumptions; the mean of the variance
between random streams. All theories have the same draws and streams, so that a difference between
theories is one between paired worlds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import isnan, nan

import numpy as np

from sim.analysis.sensitivity.ensemble import simulate_nested
from sim.analysis.sensitivity.variance import (
    MIN_DIFFERING_WORLDS,
    DrawGroups,
    group_by_draw,
    variance_components,
)
from sim.errors import RequestError
from sim.experiment.blocks import OnProgress
from sim.experiment.storage.results import find_measure
from sim.model.measures.registry import Measure, list_measures
from sim.scenario.checks.past import refuse_past
from sim.scenario.schema.scenario import Scenario
from sim.scenario.schema.theories import DEFAULT_THEORY, TheorySpec
from sim.scenario.theories.find import find_theory
from sim.scenario.theories.shipped import SHIPPED
from sim.statistics.arrays import ClusterIndices, Counts, FloatArray
from sim.statistics.intervals import CONFIDENCE, Interval
from sim.statistics.ratio import PartlyDefined, worlds_for_cases

PLACE = "honour"
"""The decision whose theories are compared."""
DRAWS, STREAMS = 250, 4
_REPLICATES = 1000
_UNKNOWN = Interval(nan, nan, nan)
PARTS = ("theory", "assumptions", "chance")


@dataclass(frozen=True)
class TheorySplit:
    """The variance of a measure over theories, assumptions and chance.

    Attributes:
        measure: the measure.
        shares: share of the variance by `PARTS`, with its 95% bootstrap interval; NaN where too few
            worlds differ.
        means: mean of the measure under each theory, with its 95% bootstrap interval.
        draws: number of draws of assumptions under each theory.
        streams: number of random streams for each of them.
        differing_worlds: number of worlds in which the measure is not its most frequent value.
        defined_worlds: number of worlds in which it is defined.
    """

    measure: Measure
    shares: Mapping[str, Interval]
    means: Mapping[str, Interval]
    draws: int
    streams: int
    differing_worlds: int
    defined_worlds: int

    @property
    def worlds(self) -> int:
        """The number of all worlds."""
        return len(self.means) * self.draws * self.streams

    @property
    def is_known(self) -> bool:
        """Whether enough worlds differ."""
        return not isnan(self.shares[PARTS[0]].value)

    @property
    def worlds_needed(self) -> int:
        """About how many worlds hold as many that differ as a decomposition needs."""
        return worlds_for_cases(self.differing_worlds, self.worlds, MIN_DIFFERING_WORLDS)


def theory_names() -> tuple[str, ...]:
    """Return the names of the theories that are compared, the package's own first."""
    return (DEFAULT_THEORY, *SHIPPED[PLACE])


def count_theory_worlds() -> int:
    """Return the number of worlds that a decomposition simulates in total."""
    return len(theory_names()) * DRAWS * STREAMS


def apply_theory(scenario: Scenario, name: str) -> Scenario:
    """Return the scenario under another theory of honouring, with the numbers that it declares."""
    spec = None if name == DEFAULT_THEORY else _declared_spec(name)
    theories = scenario.theories.model_copy(update={PLACE: spec})
    return scenario.model_copy(update={"theories": theories})


def _declared_spec(name: str) -> TheorySpec:
    spec = TheorySpec(use=name)
    return TheorySpec(use=name, **find_theory(PLACE, spec).theory.numbers)


def check_theory_split(scenario: Scenario, measure_name: str) -> Measure:
    """Return the measure of that name, if it can be decomposed.

    Raises:
        RequestError: there is no such measure, or the scenario has a past.
    """
    refuse_past(scenario, "a comparison of theories")
    return find_measure(measure_name, {m.name: m for m in list_measures(scenario)})


def compare_theories(
    scenario: Scenario,
    measure_names: Sequence[str],
    on_progress: OnProgress = lambda _: None,
    workers: int | None = None,
    *,
    draws: int = 0,
    streams: int = STREAMS,
) -> list[TheorySplit]:
    """Decompose the variance of measures over theories of honouring, assumptions and chance.

    `on_progress` is called with the number of worlds simulated so far; `workers` is the number of
    processes, with None that of processors where several save time; `draws` and `streams` are the
    numbers of draws and of streams for each, by default 250 and 4.

    Raises:
        RequestError: there is no such measure, the scenario has a past, or nothing is asked for.
        SimulationError: the simulation of some worlds failed.
        WorkerError: the workers terminated unexpectedly.
    """
    if not measure_names:
        raise RequestError("no measure is named")
    measures = [check_theory_split(scenario, name) for name in measure_names]
    draws = draws or DRAWS
    columns: dict[str, dict[str, PartlyDefined]] = {name: {} for name in measure_names}
    for place, theory in enumerate(theory_names()):
        report = _later(on_progress, place * draws * streams)
        under = apply_theory(scenario, theory)
        simulated = simulate_nested(under, measures, draws, streams, report, workers)
        for name in measure_names:
            columns[name][theory] = simulated[name]
    return [split_by_theory(m, columns[m.name], scenario.seed) for m in measures]


def _later(on_progress: OnProgress, before: int) -> Callable[[int], None]:
    return lambda simulated: on_progress(before + simulated)


def split_by_theory(
    measure: Measure, columns: Mapping[str, PartlyDefined], seed: int = 0
) -> TheorySplit:
    """Decompose the variance of a measure, given by theory, shape (draw, stream) each.

    Components between draws and within them are those of the analysis of variance with random
    effects, theory by theory. The variance of the means of theories is that of a few fixed
    theories, less what noise adds to it, which a paired bootstrap over draws estimates.
    """
    draws, streams = next(iter(columns.values())).values.shape
    values = np.concatenate([column.values[column.defined] for column in columns.values()])
    most = int(np.unique(values, return_counts=True)[1].max(initial=0))
    groups = _stack(group_by_draw(column) for column in columns.values())
    picks = np.random.default_rng(seed).integers(draws, size=(_REPLICATES, draws))
    found = _Decomposition.of(groups, picks)
    enough = values.size - most >= MIN_DIFFERING_WORLDS
    return TheorySplit(
        measure,
        found.shares() if enough else dict.fromkeys(PARTS, _UNKNOWN),
        dict(zip(columns, found.mean_intervals(), strict=True)),
        draws,
        streams,
        int(values.size - most),
        int(values.size),
    )


def split_rows(split: TheorySplit) -> list[dict[str, object]]:
    """Return a row for each part and each theory, with estimates as they are."""
    shares = (("share", name, share) for name, share in split.shares.items())
    means = (("mean", name, mean) for name, mean in split.means.items())
    return [
        {
            "measure": split.measure.name,
            "what": what,
            "name": name,
            "value": estimate.value,
            "low": estimate.low,
            "high": estimate.high,
            "draws": split.draws,
            "streams": split.streams,
        }
        for what, name, estimate in (*shares, *means)
    ]


def _stack(groups: Iterable[DrawGroups]) -> DrawGroups:
    """Return the groups of theories as one, each array (theory, draw)."""
    return DrawGroups(*(np.stack(part) for part in zip(*groups, strict=True)))


@dataclass(frozen=True)
class _Decomposition:
    """What a sample and its bootstrap replicates say; arrays are (sample, theory).

    The first sample is the whole one, the others are replicates.
    """

    means: FloatArray
    between: FloatArray
    within: FloatArray

    @classmethod
    def of(cls, groups: DrawGroups, picks: Counts) -> _Decomposition:
        whole = np.arange(picks.shape[1])[None]
        rows = np.concatenate([whole, picks]).astype(np.intp)
        by_theory = [_summarise(DrawGroups(*(p[t] for p in groups)), rows) for t in _range(groups)]
        means, between, within = (np.stack(part, axis=1) for part in zip(*by_theory, strict=True))
        return cls(means, between, within)

    def shares(self) -> dict[str, Interval]:
        parts = np.stack(
            [
                self._theory_variance(),
                np.maximum(np.nanmean(self.between, axis=1), 0),
                np.nanmean(self.within, axis=1),
            ]
        )
        with np.errstate(invalid="ignore"):
            shares = parts / parts.sum(axis=0)
        return {name: _interval(row) for name, row in zip(PARTS, shares, strict=True)}

    def mean_intervals(self) -> list[Interval]:
        return [_interval(row) for row in self.means.T]

    def _theory_variance(self) -> FloatArray:
        """Return the variance of the means of theories in each sample, noise taken off.

        Noise adds to the whole sample what replicates show beyond it; to these, twice as much.
        """
        raw = np.nanvar(self.means, axis=1)
        noise = raw[1:].mean() - raw[0]
        return np.maximum(raw - noise * np.where(np.arange(len(raw)) > 0, 2, 1), 0)


def _range(groups: DrawGroups) -> range:
    return range(len(groups.sizes))


def _summarise(
    groups: DrawGroups, rows: ClusterIndices
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Return a theory's mean, and variance between draws and within them, (sample,) each."""
    sampled = DrawGroups(*(part[rows] for part in groups))
    with np.errstate(invalid="ignore", divide="ignore"):
        means = (sampled.sizes * sampled.means).sum(axis=1) / sampled.sizes.sum(axis=1)
    return means, *variance_components(sampled)


def _interval(row: FloatArray) -> Interval:
    """Return the first value with the percentiles of the others around it."""
    value, tail = float(row[0]), (1 - CONFIDENCE) / 2
    if np.isnan(row).all():
        return _UNKNOWN
    low, high = np.nanquantile(row[1:], [tail, 1 - tail]).tolist()
    return Interval(value, min(low, value), max(high, value))
