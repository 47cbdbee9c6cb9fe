"""The smallest set of changes within ranges that turns an outcome, certified by fresh worlds.

The candidates are the uncertain numbers most strongly related to the outcome. The search uses the
same worlds throughout, so what it finds fits them better than others; hence the set is put to
worlds that it never saw, up to three times, each time with a larger change and other worlds. It is
certified where the whole interval meets the target, allowing for three looks (Bonferroni).
"""

from __future__ import annotations

from dataclasses import dataclass
from math import prod

import numpy as np

from sim.analysis.data.drawn_parameters import find_quantiles, uncertain_parameters
from sim.analysis.sensitivity.ensemble import simulate_nested
from sim.analysis.sensitivity.sensitivity import select_factors
from sim.analysis.tipping.search import Ends, Search, Trial, most_worlds, search_sets
from sim.analysis.tipping.target import Target
from sim.analysis.tipping.trials import MIDDLE, Trials, estimate
from sim.errors import RequestError
from sim.experiment.blocks import OnProgress
from sim.experiment.limits import check_size
from sim.experiment.storage.results import find_measure
from sim.model.measures.registry import Measure, list_measures
from sim.scenario.checks.past import refuse_past
from sim.scenario.provenance.keys import index_nodes
from sim.scenario.schema.quantity import Quantity
from sim.scenario.schema.scenario import Scenario
from sim.statistics.intervals import ERROR_RATE, Interval
from sim.statistics.ratio import PartlyDefined, row_means

LOOKS = 3
"""Times that a set is put to fresh worlds."""


@dataclass(frozen=True)
class TipPlan:
    """How much is simulated.

    Attributes:
        candidates: how many assumptions are set to the ends of their ranges, one at a time.
        worlds: worlds of each trial.
        fresh: worlds from which candidates are chosen, and as many fresh ones for each look but
            the last, which has twice as many.
    """

    candidates: int = 24
    worlds: int = 400
    fresh: int = 2000

    @property
    def most_worlds(self) -> int:
        """The number of worlds simulated at most."""
        return (2 + LOOKS) * self.fresh + most_worlds(self.candidates, self.worlds)


@dataclass(frozen=True)
class Move:
    """One assumption, and to what it is set.

    Attributes:
        key, meaning: its key, and what it means.
        number: the number with its range and unit.
        value: what it is set to, in its unit.
        upwards: whether that is above the middle of its range.
    """

    key: str
    meaning: str
    number: Quantity
    value: float
    upwards: bool


@dataclass(frozen=True)
class Tipping:
    """A set of assumptions that turns an outcome in the worlds searched.

    Attributes:
        moves: the assumptions, and to what they are set.
        share: how far each is moved from the middle of its range, 0, to its end, 1.
        value: the outcome in the worlds searched.
        fresh: the outcome in worlds that the search never saw.
        certified: whether the whole interval meets the target.
    """

    moves: tuple[Move, ...]
    share: float
    value: float
    fresh: Interval
    certified: bool

    @property
    def rarity(self) -> float:
        """Share of worlds that draw every one of these assumptions as far out, or further."""
        return prod((1 - self.share) / 2 for _ in self.moves)


@dataclass(frozen=True)
class TipResult:
    """The answer.

    Attributes:
        measure, target: the outcome, and what it is to be turned to.
        plan: how much was simulated.
        base: the outcome as every assumption is drawn.
        candidates: the outcome with each candidate at either end, those that help most first.
        tried: how many sets of one, two and three assumptions were simulated.
        tipping: the smallest set that turns it; None if none was found.
        nearest: where none was found, the set that comes nearest, and the outcome with it.
    """

    measure: Measure
    target: Target
    plan: TipPlan
    base: Interval
    candidates: tuple[Ends, ...] = ()
    tried: tuple[int, ...] = ()
    tipping: Tipping | None = None
    nearest: Tipping | None = None

    @property
    def holds_already(self) -> bool:
        """Whether the outcome meets the target as it is."""
        return self.target.holds(self.base.value)


def select_outcome(scenario: Scenario, name: str) -> Measure:
    """Return the measure of a name.

    Raises:
        RequestError: there is no such measure, or the scenario has a past.
    """
    refuse_past(scenario, "a search for what turns an outcome")
    return find_measure(name, {measure.name: measure for measure in list_measures(scenario)})


def find_tipping(
    scenario: Scenario,
    measure: Measure,
    target: Target,
    plan: TipPlan = TipPlan(),
    on_progress: OnProgress = lambda _: None,
    workers: int | None = None,
) -> TipResult:
    """Return the smallest set of assumptions that turns an outcome, if there is one.

    Raises:
        RequestError: no number is uncertain, the outcome is defined in too few worlds, or the plan
            is larger than one request may be.
        SimulationError: the simulation of some worlds failed.
        WorkerError: the workers terminated unexpectedly.
    """
    check_size(plan.most_worlds, scenario.months)
    if not uncertain_parameters(scenario):
        raise RequestError("sim tip: no number of this scenario is uncertain")
    trials = Trials(scenario, measure, on_progress, workers)
    drawn = _simulate_as_drawn(trials, plan)
    base = estimate(measure, PartlyDefined(drawn.values[:, 0], drawn.defined[:, 0]))
    _require_cases(measure, base, plan)
    if target.holds(base.value):
        return TipResult(measure, target, plan, base)
    keys = select_factors(scenario, row_means(drawn), plan.candidates)
    search = search_sets(trials, target, keys, plan.worlds)
    return _conclude(trials, target, plan, base, search)


def _simulate_as_drawn(trials: Trials, plan: TipPlan) -> PartlyDefined:
    """Return the outcome in worlds as they are drawn, (world, 1)."""
    measure, progress = trials.measure, trials.on_progress
    drawn = simulate_nested(trials.scenario, [measure], plan.fresh, 1, progress, trials.workers)
    trials.simulated += plan.fresh
    return drawn[measure.name]


def _require_cases(measure: Measure, base: Interval, plan: TipPlan) -> None:
    if base.value != base.value:  # not a number
        raise RequestError(
            f"--outcome {measure.name}: is defined only where {measure.given}, in fewer than "
            f"twenty of {plan.fresh:,} worlds\n    allowed: an outcome that is more often defined, "
            "or more worlds with --fresh"
        )


def _conclude(
    trials: Trials, target: Target, plan: TipPlan, base: Interval, search: Search
) -> TipResult:
    tipping = _certify(trials, target, plan, search.found) if search.found else None
    nearest = (
        _describe(trials.scenario, search.nearest, None, certified=False)
        if search.nearest
        else None
    )
    return TipResult(
        trials.measure, target, plan, base, search.candidates, search.tried, tipping, nearest
    )


def _certify(trials: Trials, target: Target, plan: TipPlan, found: Trial) -> Tipping:
    """Put a set to fresh worlds, with a larger change where the whole interval does not hold."""
    first = plan.fresh
    for share, worlds in _looks(found.share, plan.fresh):
        trial = Trial(found.ends, share, found.value)
        fresh = trials.estimate(trial.setting, first, worlds, ERROR_RATE / LOOKS)
        first += worlds
        if certified := target.holds_throughout(fresh):
            break
    return _describe(trials.scenario, trial, fresh, certified=certified)


def _looks(share: float, worlds: int) -> tuple[tuple[float, int], ...]:
    """Return how far the set is moved at each look, to the end of its ranges, and the worlds."""
    return (share, worlds), ((share + 1) / 2, worlds), (1.0, 2 * worlds)


def _describe(
    scenario: Scenario, trial: Trial, fresh: Interval | None, *, certified: bool
) -> Tipping:
    nodes, numbers = index_nodes(scenario), uncertain_parameters(scenario)
    moves = tuple(
        Move(
            key,
            nodes[tuple(key.split("."))].meaning,
            numbers[key],
            _value_at(numbers[key], key, position),
            position > MIDDLE,
        )
        for key, position in trial.setting.items()
    )
    unknown = Interval(trial.value, float("nan"), float("nan"))
    return Tipping(moves, trial.share, trial.value, fresh or unknown, certified)


def _value_at(number: Quantity, key: str, position: float) -> float:
    return float(find_quantiles(number, key, np.array([position]))[0])
