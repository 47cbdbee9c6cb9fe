"""A run conditioned on what has happened: the worlds left, and what is the case in them.

Conditional frequencies under a scenario's assumptions, not forecasts.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from sim.analysis.conditioning.effects import Effect, measure_effects
from sim.analysis.conditioning.events import Tables
from sim.analysis.conditioning.learnt import Assumptions, compare_assumptions
from sim.analysis.conditioning.none_left import explain_none_left
from sim.analysis.conditioning.steps import Step, apply_factors, read_condition, read_events
from sim.analysis.conditioning.weights import DEFAULT_MISS
from sim.analysis.conditioning.wording import ENOUGH_WORLDS, round_up
from sim.errors import RequestError
from sim.experiment.storage.results import Results
from sim.statistics.arrays import Counts, Vector
from sim.statistics.weighted import effective_sample_size


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
        return round_up(self.worlds * ENOUGH_WORLDS / self.effective)

    @property
    def world_numbers(self) -> Counts:
        """The numbers of the worlds left, those that count most first, (world left,)."""
        order = np.argsort(-self.weights, kind="stable")[: self.left]
        numbers: Counts = self.results.worlds[order]
        return numbers


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
    factors = [read_condition(text, tables) for text in on]
    if events is not None:
        factors += read_events(events, tables, miss)
    steps, weights = apply_factors(factors, len(results.worlds))
    if not weights.any():
        raise RequestError(explain_none_left(steps, factors, tables))
    named = {factor.condition.name for factor in factors}
    effects = measure_effects(results, weights, named, every=every)
    return Conditioning(results, steps, weights, effects, compare_assumptions(results, weights))
