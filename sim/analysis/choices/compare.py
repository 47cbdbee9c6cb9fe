"""What differs in choices between two scenarios, in paired worlds, and through whom."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import nan

import numpy as np

from sim.analysis.choices.choice import Choice, ChoiceKind, monthly_chances
from sim.analysis.choices.measure import WorldSums, a_year, find_choice, join_blocks
from sim.analysis.choices.simulation import BLOCK_SIZE, Month, simulate_choices, simulate_in_blocks
from sim.errors import RequestError
from sim.scenario.schema.scenario import Scenario
from sim.statistics.arrays import Vector
from sim.statistics.intervals import Interval, student_interval
from sim.statistics.paired import paired_mean_difference

_UNDEFINED = Interval(nan, nan, nan)


@dataclass(frozen=True)
class Share:
    """The part of a difference that goes through one cause.

    Attributes:
        cause: code of the ally, or name of another cause.
        difference: that part of the difference, with its 95% interval.
        share: that part as a share of the whole; NaN where the whole is 0.
    """

    cause: str
    difference: Interval
    share: float


@dataclass(frozen=True)
class ChoiceEffect:
    """The difference of one choice between two scenarios.

    Rates are expected numbers a year; help is a chance, in the mean over months.

    Attributes:
        choice: the choice.
        with_, without: its rate in each scenario, with its 95% interval.
        difference: the rate with minus the rate without, paired.
        relative: the difference as a share of the rate without; NaN where that is 0.
        through: how much of the difference goes through each ally; the parts of the allies and
            `other` add up to the difference.
        other: the part that goes through everything else, by its name.
    """

    choice: Choice
    with_: Interval
    without: Interval
    difference: Interval
    relative: Interval
    through: tuple[Share, ...] = ()
    other: tuple[Share, ...] = ()

    @property
    def kind(self) -> ChoiceKind:
        """What is chosen."""
        return self.choice.kind

    @property
    def is_clear(self) -> bool:
        """Whether the interval of the difference excludes 0."""
        return self.difference.low > 0 or self.difference.high < 0


def compare_choices(
    with_: Scenario,
    without: Scenario,
    worlds: int | None = None,
    *,
    months: int | None = None,
    workers: int | None = None,
    block_size: int = BLOCK_SIZE,
) -> list[ChoiceEffect]:
    """Simulate paired worlds of two scenarios; return how each choice differs.

    Args:
        with_: the scenario with the treaty, or any other.
        without: the scenario to which it is compared.
        worlds: number of pairs; that of `with_` by default.
        months: months to simulate; by default those that both scenarios have.
        workers: number of processes; None uses as many as there are processors where that saves
            time.
        block_size: pairs per block; results do not depend on it.

    Raises:
        RequestError: their worlds are no pairs, or that is more than one run may simulate.
        SimulationError: some worlds could not be simulated.
        WorkerError: a worker process was lost.
    """
    _require_pairs(with_, without)
    months = months or min(with_.months, without.months)
    pairs = _BlockOfPairs(without.model_dump_json(), months)
    blocks = simulate_in_blocks(with_, worlds or with_.worlds, pairs, workers, block_size)
    sides = [a_year(join_blocks([block[side] for block in blocks]), months) for side in (0, 1)]
    choices = list(dict.fromkeys([*sides[0], *sides[1]]))
    return [_effect(choice, sides[0], sides[1]) for choice in choices]


def find_effect(
    effects: Sequence[ChoiceEffect], kind: str, rivalry: str, actor: str, towards: str = ""
) -> ChoiceEffect:
    """Return the difference of a choice by its names; `towards` is needed for help only.

    Raises:
        RequestError: there is no such choice.
    """
    by_choice = {effect.choice: effect for effect in effects}
    return by_choice[find_choice(list(by_choice), kind, rivalry, actor, towards)]


def _require_pairs(with_: Scenario, without: Scenario) -> None:
    if with_.seed != without.seed:
        raise RequestError(
            f"choices are compared in paired worlds, and the seeds differ: {with_.seed} and "
            f"{without.seed}\n    give both one seed (--seed)"
        )
    if set(with_.actors) != set(without.actors):
        raise RequestError("choices are compared in paired worlds, and the actors differ")


@dataclass(frozen=True)
class _BlockOfPairs:
    """Sums the chances of a block of pairs; can be pickled for other processes."""

    without_json: str
    months: int

    def __call__(self, with_: Scenario, first: int, count: int) -> tuple[WorldSums, WorldSums]:
        without = Scenario.model_validate_json(self.without_json)
        codes = list(with_.actors), list(without.actors)
        sums: tuple[WorldSums, WorldSums] = ({}, {})
        for month in simulate_choices([with_, without], first, count, self.months):
            _add_chances(sums, month, codes)
        return sums


def _add_chances(
    sums: tuple[WorldSums, WorldSums], month: Month, codes: tuple[list[str], list[str]]
) -> None:
    for side, choices, names in zip(sums, month, codes, strict=True):
        for choice, chance in monthly_chances(choices, names):
            side[choice] = side[choice] + chance if choice in side else 1.0 * chance


def _effect(choice: Choice, with_: WorldSums, without: WorldSums) -> ChoiceEffect:
    known = with_.get(choice, without.get(choice))
    assert known is not None
    never = np.zeros_like(known)  # an ally that one scenario does not have is not expected there
    first, second = with_.get(choice, never), without.get(choice, never)
    return ChoiceEffect(
        choice,
        student_interval(first),
        student_interval(second),
        paired_mean_difference(first, second),
        _relative_change(first, second),
    )


def _relative_change(with_: Vector, without: Vector) -> Interval:
    """Return the change of a mean as a share of it, within pairs (delta method)."""
    before = float(without.mean())
    if not before:
        return _UNDEFINED
    change = float(with_.mean()) / before - 1
    spread = student_interval((with_ - (1 + change) * without) / before)
    return Interval(change, change + spread.low - spread.value, change + spread.high - spread.value)
