"""What differs in choices between two scenarios, in paired worlds, and through whom."""

from __future__ import annotations

from sim.analysis.choices.choice import MONTHS_A_YEAR, Choice
from sim.analysis.choices.effect import ChoiceEffect, Share, find_effect, relative_change
from sim.analysis.choices.pairs import BlockOfPairs, PairSums, join_pairs
from sim.analysis.choices.simulation import BLOCK_SIZE, simulate_in_blocks
from sim.errors import RequestError
from sim.experiment.blocks import OnProgress
from sim.scenario.schema.scenario import Scenario
from sim.statistics.intervals import student_interval
from sim.statistics.paired import paired_mean_difference

__all__ = ["ChoiceEffect", "Share", "compare_choices", "find_effect"]

COST = 5.0
"""How many times as long a month of two scenarios with a record of their choices takes as one of
one scenario without."""


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
    months = months or min(with_.months, without.months)
    sums = sum_pairs(with_, without, worlds, months=months, workers=workers, block_size=block_size)
    return list_effects(sums, months)


def sum_pairs(
    with_: Scenario,
    without: Scenario,
    worlds: int | None = None,
    *,
    months: int,
    workers: int | None = None,
    block_size: int = BLOCK_SIZE,
    on_progress: OnProgress = lambda _: None,
) -> PairSums:
    """Simulate paired worlds of two scenarios; return what their chances add up to, pair by pair.

    Arguments and errors as in `compare_choices`; `on_progress` is called with the number of pairs
    simulated so far.
    """
    _require_pairs(with_, without)
    pairs = BlockOfPairs(without.model_dump_json(), months)
    blocks = simulate_in_blocks(
        with_, worlds or with_.worlds, pairs, workers, block_size, on_progress, cost=COST
    )
    return join_pairs(blocks)


def list_effects(sums: PairSums, months: int) -> list[ChoiceEffect]:
    """Return how each choice differs, from what the chances of so many months add up to."""
    return [_effect(choice, sums, months) for choice in sums.choices]


def _require_pairs(with_: Scenario, without: Scenario) -> None:
    if with_.seed != without.seed:
        raise RequestError(
            f"choices are compared in paired worlds, and the seeds differ: {with_.seed} and "
            f"{without.seed}\n    give both one seed (--seed)"
        )
    if set(with_.actors) != set(without.actors):
        raise RequestError("choices are compared in paired worlds, and the actors differ")


def _effect(choice: Choice, sums: PairSums, months: int) -> ChoiceEffect:
    scale = (MONTHS_A_YEAR if choice.kind.is_rate else 1) / months
    with_, without = (values * scale for values in sums.values(choice))
    difference = paired_mean_difference(with_, without)
    return ChoiceEffect(
        choice,
        student_interval(with_),
        student_interval(without),
        difference,
        relative_change(with_, without),
        _shares(choice, sums, scale, difference.value) if choice.kind.is_rate else (),
    )


def _shares(choice: Choice, sums: PairSums, scale: float, whole: float) -> tuple[Share, ...]:
    """Return what a difference goes through, the largest part first."""
    shares = []
    for cause, part in sums.parts_of(choice).items():
        interval = student_interval(part * scale)
        share = interval.value / whole if whole else float("nan")
        shares.append(Share(cause.name, cause.is_ally, interval, share))
    return tuple(sorted(shares, key=lambda share: -abs(share.difference.value)))
