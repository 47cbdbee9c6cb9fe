"""What differs in choices between compared runs, whose worlds are simulated again once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from sim.analysis.choices.compare import COST
from sim.analysis.choices.effect import ChoiceEffect
from sim.analysis.choices.kept import compare_or_read
from sim.analysis.choices.simulation import count_sharing
from sim.analysis.comparison.compare import RunComparison, RunPair
from sim.analysis.comparison.inputs import compare_inputs
from sim.errors import RequestError
from sim.experiment.storage.engine_fingerprint import engine_fingerprint
from sim.scenario.commitments import list_parties
from sim.scenario.schema.scenario import Scenario
from sim.steps import announce

MAX_PAIRS = 1000
"""Pairs that show an effect of one per cent; more are not simulated again."""
MAX_WORLDS = 1000
"""Worlds of each run up to which choices are compared unasked, since it takes a few seconds."""


@dataclass(frozen=True)
class RunChoices:
    """What differs in choices between two runs.

    Attributes:
        with_: the scenario with the treaty, or the other than the first.
        without: the scenario without, or the first.
        pair: the two runs.
        pairs: number of pairs simulated.
        effects: the difference of every choice.
    """

    with_: Scenario
    without: Scenario
    pair: RunPair
    pairs: int
    effects: tuple[ChoiceEffect, ...]

    @cached_property
    def members(self) -> frozenset[str]:
        """Codes of the parties of the treaties that differ, in whether they exist or in terms."""
        return find_members(self.with_, self.without)


def compare_run_choices(
    comparison: RunComparison, asked: bool | None = None, workers: int | None = None
) -> list[RunChoices]:
    """Return what differs in choices, for each other run against the first.

    Args:
        comparison: the runs.
        asked: whether the user asked for it. None computes it where it takes a few seconds only:
            for one pair of runs of at most `MAX_WORLDS` worlds, simulated by this engine.
        workers: number of processes.

    Raises:
        RequestError: it was asked for, and the worlds of two runs are no pairs.
        SimulationError: some worlds could not be simulated.
        WorkerError: a worker process was lost.
    """
    if asked is False or (asked is None and not _takes_seconds(comparison)):
        return []
    return [_compare_pair(comparison, pair, workers) for pair in _paired(comparison)]


def expect_processes(
    sides: int, worlds: int, months: int, asked: bool | None = None, workers: int | None = None
) -> int:
    """Return how many processes will simulate choices, before there are runs to compare.

    0 where this process will do it alone, or nothing is to do.

    Args:
        sides: number of runs.
        worlds: of each run.
        months: of each run.
        asked: as in `compare_run_choices`.
        workers: number of processes; None leaves it to the size of the work.
    """
    if not asked and (asked is False or sides != 2 or worlds > MAX_WORLDS):
        return 0
    shared = count_sharing(workers, min(worlds, MAX_PAIRS) * months, COST)
    return shared if shared > 1 else 0


def find_members(with_: Scenario, without: Scenario) -> frozenset[str]:
    """Return the codes of the parties of the treaties that differ, in existence, terms or acts."""
    keys = [differing.key.split(".") for differing in compare_inputs([with_, without])]
    return frozenset(
        party
        for scenario in (with_, without)
        for code in _find_treaties(keys, scenario) & set(scenario.treaties)
        for party in list_parties(scenario, code)
    )


def _find_treaties(keys: Iterable[Sequence[str]], scenario: Scenario) -> set[str]:
    """Return the codes of the treaties that differ themselves, or in a dated act on them."""
    own = {name for table, name, *_ in keys if table == "treaties"}
    events = {name for table, name, *_ in keys if table == "shocks"}
    acts = {scenario.shocks[event].treaty for event in events & set(scenario.shocks)}
    return own | acts - {""}


def _takes_seconds(comparison: RunComparison) -> bool:
    one_pair = len(comparison.pairs) == 1 and comparison.pairs[0].paired
    few = all(len(side.worlds) <= MAX_WORLDS for side in comparison.sides)
    return one_pair and few and {s.engine for s in comparison.sides} == {engine_fingerprint()}


def _paired(comparison: RunComparison) -> Iterator[RunPair]:
    for pair in comparison.pairs:
        if not pair.paired:
            raise RequestError(
                f"--choices: the worlds are not paired: {pair.unpaired_reason}\n"
                "    run both with the same --worlds and --seed"
            )
        yield pair


def _compare_pair(comparison: RunComparison, pair: RunPair, workers: int | None) -> RunChoices:
    with_, without = comparison.sides[pair.other_index], comparison.sides[pair.base_index]
    pairs = min(len(with_.worlds), MAX_PAIRS)
    announce("Simulating choices")
    effects = compare_or_read(with_.folder, with_.scenario, without.scenario, pairs, workers)
    return RunChoices(with_.scenario, without.scenario, pair, pairs, tuple(effects))
