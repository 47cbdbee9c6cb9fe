"""Compares the engine with a compiled kernel that does the same arithmetic."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from itertools import permutations
from typing import Any

import numpy as np

from benchmarks.scenarios import load_pact
from benchmarks.table import BenchmarkTable, verdict
from benchmarks.timing import Rounds, processor_seconds, take_turns
from sim.experiment.blocks import DEFAULT_BLOCK_SIZE
from sim.model.arrays import total
from sim.model.decisions.calls import build_circumstances
from sim.model.decisions.modifiers import bloc_credibility, payment
from sim.model.decisions.phase_cache import PhaseCache
from sim.model.decisions.willingness import AllyCase
from sim.model.foresight.prospective_allies import prospective_allies
from sim.model.model import AllianceModel
from sim.model.randomness.streams import philox_key
from sim.model.state import State
from sim.model.theory.honour import circumstance_considerations
from sim.model.theory.quantal_response import level_reached

MONTHS, TARGET_RATIO, DECISION = 12, 3, "answer"
ROUNDS, SECONDS = 9, 20.0
"""Rounds at most, and about how long those of a row may take."""


def limit(*, quick: bool) -> BenchmarkTable:
    """Return the ratio of the engine's time to that of a compiled kernel."""
    try:
        from benchmarks import kernel  # noqa: PLC0415  numba is an extra
    except ImportError:
        return BenchmarkTable("The limit", ("numba is not installed: `pip install .[bench]`",))
    table = BenchmarkTable(
        "The limit: a compiled kernel",
        ("Worlds", "Engine", "Kernel", "Ratio, by round", "Target"),
        "The mutual-defence rule of one month, as `benchmarks/kernel.py` says; processor time per "
        "answer in nanoseconds. Both give the same answers.",
    )
    for size in (1000,) if quick else (1000, DEFAULT_BLOCK_SIZE):
        month = DefenceMonth(size, MONTHS)
        work = {"engine": month.run_engine, "kernel": month.prepare_kernel(kernel)}
        assert np.mean(work["engine"]() == work["kernel"]()) > 1 - 1e-6
        taken = take_turns(
            {name: partial(_time_ten, each) for name, each in work.items()},
            1 if quick else ROUNDS,
            SECONDS,
        )
        engine, compiled = (
            Rounds.of(each).scaled(1e9 / (10 * size * month.call_count)) for each in taken.values()
        )
        ratio = engine.per(compiled)
        cells = *(each.summary("{:.1f}") for each in (engine, compiled)), ratio.summary("{:.2f}")
        met = f"{TARGET_RATIO}: {verdict(ratio.median, TARGET_RATIO)}"
        table.add_row(f"{size:,}", *cells, met)
    return table


def _time_ten(work: Callable[[], Any]) -> float:
    return processor_seconds(lambda: [work() for _ in range(10)])


class DefenceMonth:
    """A month in which every rival assesses which allies would intervene."""

    def __init__(self, worlds: int, months: int) -> None:
        """Simulate so many worlds of the pact for so many months before it."""
        model = AllianceModel(load_pact(), 0, worlds)
        for _ in range(months):
            model.step()
        self.state: State = model.context.state
        model.close()
        pairs = permutations(range(len(self.state.codes)), 2)
        self.cases = [
            AllyCase(self.state, ally.foresee_call(self.state, began=began))
            for ally in prospective_allies(self.state, pairs)
            for began in (True, False)
        ]
        self.call_count = len(self.cases)
        self.run_engine()

    def run_engine(self) -> Any:
        """Return every answer of the engine, (call, world)."""
        state, cache, levels = self.state, PhaseCache(self.state), []
        for case in self.cases:
            chances = case.aid_chances(case.willingness(cache))
            drawn = state.streams.uniform(DECISION, state.month, *self._draw_names(case.call))
            levels.append(level_reached(drawn, chances))
        return np.stack(levels)

    def prepare_kernel(self, kernel: Any) -> Any:
        """Return a function that runs the kernel on the same state."""
        state, rules = self.state, self.state.rules
        calls = [case.call for case in self.cases]
        pairs = sorted({(call.ally, call.partner) for call in calls})
        pair_of_call = np.array([pairs.index((call.ally, call.partner)) for call in calls])
        gains = self._pair_gains(pairs)
        constants = self._call_constants()
        keys = np.array(
            [philox_key(state.scenario.seed, DECISION, *self._draw_names(call)) for call in calls],
            dtype=np.uint64,
        )
        memory = state.memory
        memories = (
            *(state.worth, memory.affinity, memory.initial_affinity),
            *(memory.honoured, memory.reneged, self._successors()),
        )
        honour, believed = rules.honour, rules.memory
        weights = (
            *(honour.worth, honour.reputation, honour.payment, honour.successor),
            *(believed.gratitude, believed.prior_mean, believed.prior_weight),
        )
        relationships = np.empty(gains[0].shape)
        out = np.empty((self.call_count, state.count), dtype=np.int8)
        month, pair_array = np.uint64(state.month), np.array(pairs)

        def run() -> Any:
            kernel.compute_relationships(pair_array, memories, weights, gains, relationships)
            kernel.compute_answers(
                constants, relationships, pair_of_call, keys, month, honour.busy, out
            )
            return out

        return run

    def _successors(self) -> Any:
        """Return 1 where an ally's supporters are not those that promised a partner aid.

        It is a table (ally, partner, world), as those of memory are.
        """
        successor = self.state.governments.successor
        return np.zeros_like(self.state.memory.affinity) if successor is None else successor

    def _pair_gains(self, pairs: list[tuple[int, int]]) -> tuple[Any, Any]:
        """Return payment, and the effect of coordination in log-odds, (pair, world) each."""
        pays = np.stack([payment(self.state, *each) for each in pairs])
        return pays, np.stack([bloc_credibility(self.state, *each) for each in pairs])

    def _call_constants(self) -> tuple[Any, ...]:
        """Return what does not change from month to month, by call.

        The record at zero of every fact, the facts of the pair and the divisors of the odds for any
        aid and for troops, (call, world) each; whether the ally fights elsewhere, (call, world),
        and whether its troops are apart from the partner, (call,).
        """
        state, cases = self.state, self.cases
        facts = [
            total(
                circumstance_considerations(
                    state.rules.honour, build_circumstances(state, case.call)
                ).values()
            )
            for case in cases
        ]
        return (
            np.stack([case.anchor.at_zero for case in cases]),
            np.stack(facts),
            np.exp(-np.stack([case.anchor.any_aid for case in cases])),
            np.exp(-np.stack([case.anchor.troops for case in cases])),
            np.stack([self._fights_elsewhere(case.call) for case in cases]),
            np.array([1 - state.stationed[case.call.ally, case.call.partner] for case in cases]),
        )

    def _draw_names(self, call: Any) -> tuple[str, str, str]:
        codes = self.state.codes
        return codes[call.ally], codes[call.partner], call.rivalry

    def _fights_elsewhere(self, call: Any) -> Any:
        wars = [r.war for code, r in self.state.rivalries.items() if code != call.rivalry]
        return np.any([war.fighting[call.ally] for war in wars], axis=0).astype(float)
