"""Sums the chances of choices over the months of paired worlds, and splits their differences."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np

from sim.analysis.choices.change import ASSUMPTIONS, Cause, Parts
from sim.analysis.choices.choice import Choice, in_order, monthly_chances
from sim.analysis.choices.month_batches import add_up, batch_months, join_months
from sim.analysis.choices.simulation import Month, simulate_choices
from sim.analysis.choices.split_chances import split_rivalry
from sim.model.recording.choice_rates import RivalryChoices
from sim.scenario.schema.scenario import Scenario
from sim.statistics.arrays import Vector

Codes = tuple[list[str], list[str]]
"""The actors of both scenarios, by row."""


@dataclass
class PairSums:
    """What the months of a block of pairs add up to, in each pair.

    Attributes:
        with_, without: the sum of every chance in each scenario, (pair,).
        parts: the difference of every rate by cause, (pair,) each.
    """

    with_: dict[Choice, Vector] = field(default_factory=dict)
    without: dict[Choice, Vector] = field(default_factory=dict)
    parts: dict[Choice, Parts] = field(default_factory=dict)

    def add_months(self, months: Sequence[Month], codes: Codes) -> None:
        """Add the choices of some months in a row."""
        joined = _join_rivalries(months)
        for side, choices, names in zip((self.with_, self.without), joined, codes, strict=True):
            for choice, chance in monthly_chances(choices, names):
                side[choice] = add_up(chance, len(months), side.get(choice))
        for rivalry, with_, without in _common_rivalries(joined, codes):
            for choice, change in split_rivalry(rivalry, with_, without, codes):
                parts = self.parts.setdefault(choice, {})
                for cause, part in change.parts.items():
                    parts[cause] = add_up(part, len(months), parts.get(cause))

    def values(self, choice: Choice) -> tuple[Vector, Vector]:
        """Return the sums of a choice in both scenarios; 0 where a scenario does not have it.

        An ally that a scenario does not have is not expected there.
        """
        none = np.zeros(self.count)
        return self.with_.get(choice, none), self.without.get(choice, none)

    def parts_of(self, choice: Choice) -> Parts:
        """Return the difference of a rate by cause, (pair,) each."""
        with_, without = self.values(choice)
        return self.parts.get(choice, {ASSUMPTIONS: with_ - without})

    @property
    def choices(self) -> list[Choice]:
        """The choices of either scenario."""
        return in_order([*self.with_, *self.without])

    @property
    def count(self) -> int:
        """The number of pairs."""
        return len(next(iter(self.with_.values())))


@dataclass(frozen=True)
class BlockOfPairs:
    """Simulates a block of pairs in step; can be pickled for other processes.

    Attributes:
        without_json: the scenario without the treaty, as JSON.
        months: number of months.
    """

    without_json: str
    months: int

    def __call__(self, with_: Scenario, first: int, count: int) -> PairSums:
        """Return the sums of pairs `first` to `first + count - 1`."""
        without = Scenario.model_validate_json(self.without_json)
        codes, sums = (list(with_.actors), list(without.actors)), PairSums()
        months = simulate_choices([with_, without], first, count, self.months)
        for batch in batch_months(months, count):
            sums.add_months(batch, codes)
        return sums


def join_pairs(blocks: Sequence[PairSums]) -> PairSums:
    """Return the sums of all blocks as one."""
    joined = PairSums()
    for choice in in_order(choice for block in blocks for choice in block.choices):
        pairs = [block.values(choice) for block in blocks]
        joined.with_[choice] = np.concatenate([with_ for with_, _ in pairs])
        joined.without[choice] = np.concatenate([without for _, without in pairs])
        if choice.kind.is_rate:
            joined.parts[choice] = _join_parts([block.parts_of(choice) for block in blocks], pairs)
    return joined


def _join_parts(blocks: list[Parts], pairs: list[tuple[Vector, Vector]]) -> Parts:
    causes: list[Cause] = list(dict.fromkeys(cause for parts in blocks for cause in parts))
    sizes = [np.zeros(len(with_)) for with_, _ in pairs]
    return {
        cause: np.concatenate(
            [parts.get(cause, none) for parts, none in zip(blocks, sizes, strict=True)]
        )
        for cause in causes
    }


def _join_rivalries(months: Sequence[Month]) -> Month:
    """Return the choices of some months in each scenario, by rivalry, as those of one month."""
    return tuple(
        {code: join_months([month[code] for month in side]) for code in side[0]}
        for side in zip(*months, strict=True)
    )


def _common_rivalries(
    month: Month, codes: Codes
) -> Iterator[tuple[str, RivalryChoices, RivalryChoices]]:
    """Yield the rivalries that both scenarios have between the same two actors."""
    with_, without = month
    for code, first in with_.items():
        second = without.get(code)
        if second is not None and _rivals(first, codes[0]) == _rivals(second, codes[1]):
            yield code, first, second


def _rivals(choices: RivalryChoices, codes: list[str]) -> set[str]:
    return {codes[side.actor] for side in choices.sides}
