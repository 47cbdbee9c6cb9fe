"""A run conditioned on what has happened: the worlds left, and what is the case in them.

Conditional frequencies under a scenario's assumptions, not forecasts.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import ceil, log10
from pathlib import Path

import numpy as np

from sim.analysis.conditioning.dated_events import DatedEvent, read_dated_events
from sim.analysis.conditioning.effects import Effect, measure_effects
from sim.analysis.conditioning.evaluate import (
    describe_absence,
    evaluate_condition,
    find_occurrences,
)
from sim.analysis.conditioning.events import Tables
from sim.analysis.conditioning.grammar import Condition, parse_condition
from sim.analysis.conditioning.learnt import Assumptions, compare_assumptions
from sim.analysis.conditioning.vocabulary import describe_patterns
from sim.analysis.conditioning.weights import DEFAULT_MISS, event_factor
from sim.errors import Problem, RequestError, ScenarioError
from sim.experiment.storage.results import Results
from sim.output import format_count
from sim.statistics.arrays import Counts, Vector
from sim.statistics.intervals import clopper_pearson_interval
from sim.statistics.weighted import effective_sample_size

ENOUGH_WORLDS = 200
"""The effective number of worlds below which shares are too uncertain to be read."""


@dataclass(frozen=True)
class Step:
    """A condition or a dated event, in the order given.

    Attributes:
        text: as written, or the event in words.
        reading: what a name stands for; empty where the name says it.
        alone: the effective number of worlds that it would leave by itself.
        left: the worlds left after it and all before it.
        effective: the effective number of these; the same where all count fully.
    """

    text: str
    reading: str
    alone: float
    left: int
    effective: float


@dataclass(frozen=True)
class Conditioning:
    """A run conditioned on what has happened.

    Attributes:
        results: the run.
        steps: the conditions, then the dated events, with what each leaves.
        weights: how much each world counts, 0 to 1, (world,); 0 where a condition is not met.
        effects: every measure shown, in all worlds and in those left.
        assumptions: the uncertain numbers, in all worlds and in those left.
    """

    results: Results
    steps: tuple[Step, ...]
    weights: Vector
    effects: tuple[Effect, ...]
    assumptions: Assumptions

    @property
    def worlds(self) -> int:
        """The number of all worlds."""
        return len(self.weights)

    @property
    def left(self) -> int:
        """The number of worlds left."""
        return int((self.weights > 0).sum())

    @property
    def effective(self) -> float:
        """The effective number of the worlds left (Kish)."""
        return effective_sample_size(self.weights)

    @property
    def is_weighted(self) -> bool:
        """Whether the worlds left count differently."""
        return bool(np.ptp(self.weights[self.weights > 0]))

    @property
    def enough(self) -> bool:
        """Whether enough worlds are left."""
        return self.effective >= ENOUGH_WORLDS

    @property
    def worlds_needed(self) -> int:
        """About how many worlds a run needs so that enough are left."""
        return _round_up(self.worlds * ENOUGH_WORLDS / self.effective)

    @property
    def world_numbers(self) -> Counts:
        """The numbers of the worlds left, those that count most first, (world left,)."""
        order = np.argsort(-self.weights, kind="stable")[: self.left]
        numbers: Counts = self.results.worlds[order]
        return numbers


@dataclass(frozen=True)
class _Factor:
    """One step before it is applied: what each world counts by it, (world,)."""

    text: str
    reading: str
    weights: Vector
    condition: Condition


def condition_results(
    results: Results,
    on: Sequence[str] = (),
    events: Path | None = None,
    *,
    miss: float = DEFAULT_MISS,
    every: bool = False,
) -> Conditioning:
    """Condition a run, or a point of a sweep, on conditions and on a file of dated events.

    Args:
        results: the run.
        on: conditions as written, such as `soldiers_sent by 6`; a world meets all or is left out.
        events: a file of dated events; a world counts by how closely it matches them.
        miss: what a world counts by, per event that it lacks, 0 to below 1.
        every: compare all measures, not the headlines only.

    Raises:
        RequestError: nothing is to be conditioned on, a condition cannot be used, or no world is
            left.
        ScenarioError: the file of events cannot be used.
        ResultsError: a table is missing or damaged.
    """
    if not on and events is None:
        raise RequestError("nothing to condition on\n    name it with --on or --events")
    if not 0 <= miss < 1:
        raise RequestError(f"--miss {miss:g}: is not possible\n    allowed: 0 to below 1")
    tables = Tables(results)
    factors = [_hard_factor(text, tables) for text in on]
    if events is not None:
        factors += _soft_factors(events, tables, miss)
    steps, weights = _apply(factors, len(results.worlds))
    if not weights.any():
        raise RequestError(_explain_none_left(steps, factors, tables))
    named = {factor.condition.name for factor in factors}
    effects = measure_effects(results, weights, named, every=every)
    return Conditioning(results, steps, weights, effects, compare_assumptions(results, weights))


def _hard_factor(text: str, tables: Tables) -> _Factor:
    try:
        condition = parse_condition(text, tables.period)
        evaluated = evaluate_condition(condition, tables)
    except RequestError as error:
        raise RequestError(f"--on {' '.join(text.split())!r}: {error}") from None
    return _Factor(condition.text, evaluated.reading, evaluated.holds.astype(float), condition)


def _soft_factors(file: Path, tables: Tables, miss: float) -> list[_Factor]:
    problems: list[Problem] = []
    factors = []
    for event in read_dated_events(file, tables.period):
        try:
            factors.append(_soft_factor(event, tables, miss))
        except RequestError as error:
            message, _, allowed = str(error).partition("\n    ")
            problems.append(Problem(file, event.line, "event", message, allowed))
    if problems:
        raise ScenarioError(problems)
    return factors


def _soft_factor(event: DatedEvent, tables: Tables, miss: float) -> _Factor:
    occurrences = find_occurrences(event.condition, tables)
    weights = event_factor(event, occurrences, tables.period, miss)
    return _Factor(str(event), describe_patterns(event.condition.name), weights, event.condition)


def _apply(factors: Iterable[_Factor], worlds: int) -> tuple[tuple[Step, ...], Vector]:
    """Return what each factor leaves, and the product of all, scaled to at most 1."""
    weights, steps = np.ones(worlds), []
    for factor in factors:
        weights = weights * factor.weights
        weights /= weights.max() or 1.0  # many small factors would otherwise vanish
        alone, effective = map(effective_sample_size, (factor.weights, weights))
        left = int((weights > 0).sum())
        steps.append(Step(factor.text, factor.reading, alone, left, effective))
    return tuple(steps), weights


def _explain_none_left(steps: Sequence[Step], factors: Sequence[_Factor], tables: Tables) -> str:
    """Return which condition removed the last worlds, and what each leaves."""
    last = next(place for place, step in enumerate(steps) if not step.left)
    worlds = len(tables.results.worlds)
    before = steps[last - 1].left if last else worlds
    removed = "all" if not last else f"the last {before:,}"
    most = clopper_pearson_interval(0, worlds).high
    hint = describe_absence(factors[last].condition, tables) if not steps[last].alone else ""
    width = max(len(step.text) for step in steps[: last + 1])
    return "\n".join(
        [
            f"no world of {worlds:,} is left: {steps[last].text!r} removes {removed}",
            f"    {'':{width}}  {'alone':>9}  {'left':>9}",
            *(
                f"    {step.text:{width}}  {step.alone:>9,.0f}  {step.left:>9,}"
                for step in steps[: last + 1]
            ),
            *([f"    {hint}"] if hint else ()),
            f"    At most {100 * most:.2g}% of worlds agree (95%): loosen a condition,",
            f"    or simulate {_round_up(ENOUGH_WORLDS / most):,} worlds or more",
        ]
    )


def _round_up(worlds: float) -> int:
    """Return a number of worlds, rounded up to two digits."""
    step = 10 ** max(int(log10(worlds)) - 1, 0)
    return int(ceil(worlds / step) * step)


def describe_left(conditioning: Conditioning) -> str:
    """Return how many worlds are left, in words."""
    left = format_count(conditioning.left, "world")
    if not conditioning.is_weighted:
        return left
    return f"{left} that count as {conditioning.effective:,.0f}"
