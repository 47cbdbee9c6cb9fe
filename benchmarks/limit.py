"""Compares the engine with a compiled kernel that does the same arithmetic."""

from __future__ import annotations

from functools import partial
from typing import Any

import numpy as np

from benchmarks.scenarios import load_pact
from benchmarks.table import BenchmarkTable, verdict
from benchmarks.timing import time_in_turns
from sim.experiment.blocks import DEFAULT_BLOCK_SIZE
from sim.model.decisions.calls import answer_chances
from sim.model.decisions.modifiers import bloc_credibility, payment
from sim.model.decisions.phase_cache import PhaseCache
from sim.model.decisions.prospective_allies import ProspectiveCoalition
from sim.model.model import AllianceModel
from sim.model.randomness.streams import philox_key
from sim.model.state import State
from sim.model.theory.quantal_response import level_reached

MONTHS, TARGET_RATIO, DECISION = 12, 3, "answer"


def limit(*, quick: bool) -> BenchmarkTable:
    """Return the ratio of the engine's time to that of a compiled kernel."""
    try:
        from benchmarks import kernel  # noqa: PLC0415  numba is an extra
    except ImportError:
        return BenchmarkTable("The limit", ("numba is not installed: `pip install .[bench]`",))
    table = BenchmarkTable(
        "The limit: a compiled kernel",
        ("Worlds", "Engine", "Kernel", "Ratio", f"Target {TARGET_RATIO}"),
        "The mutual-defence rule of one month, as `benchmarks/kernel.py` says; processor time per "
        "answer in nanoseconds. Both give the same answers.",
    )
    for size in (1000,) if quick else (1000, DEFAULT_BLOCK_SIZE):
        month = _DefenceMonth(size)
        work = {"engine": month.run_engine, "kernel": month.prepare_kernel(kernel)}
        assert np.mean(work["engine"]() == work["kernel"]()) > 1 - 1e-6
        taken = time_in_turns({n: _ten_times(w) for n, w in work.items()}, 3 if quick else 9)
        ratio = taken["engine"].median / taken["kernel"].median
        per_answer = partial(_nanoseconds_per_answer, answers=10 * size * month.call_count)
        cells = (timing.summary(per_answer) for timing in taken.values())
        table.add_row(f"{size:,}", *cells, f"{ratio:.2f}", verdict(ratio, TARGET_RATIO))
    return table


def _nanoseconds_per_answer(seconds: float, answers: int) -> str:
    return f"{seconds / answers * 1e9:.1f}"


def _ten_times(work: Any) -> Any:
    return lambda: [work() for _ in range(10)]


class _DefenceMonth:
    """A month in which every rival assesses which allies would intervene."""

    def __init__(self, size: int) -> None:
        model = AllianceModel(load_pact(), 0, size)
        for _ in range(MONTHS):
            model.step()
        self.state: State = model.context.state
        model.close()
        self.coalitions = [
            ProspectiveCoalition(self.state, rivalry, rival, attacks)
            for rivalry in self.state.rivalries.values()
            for rival in rivalry.rivals
            for attacks in (True, False)
        ]
        self.all_calls = [ally.call for coalition in self.coalitions for ally in coalition.allies]
        self.call_count = len(self.all_calls)
        self.run_engine()

    def run_engine(self) -> Any:
        """Return every answer of the engine, (call, world)."""
        state, levels = self.state, []
        cache = PhaseCache(state)
        for coalition in self.coalitions:
            willing = coalition.joint_call(state, cache).willingness
            for ally, odds in zip(coalition.allies, willing.values(), strict=True):
                chances = answer_chances(state, ally.call, odds)
                drawn = state.streams.uniform(DECISION, state.month, *self._draw_names(ally.call))
                levels.append(level_reached(drawn, chances))
        return np.stack(levels)

    def prepare_kernel(self, kernel: Any) -> Any:
        """Return a function that runs the kernel on the same state."""
        state, honour, memory = self.state, self.state.rules.honour, self.state.memory
        rules = state.rules
        pairs = sorted({(call.ally, call.partner) for call in self.all_calls})
        pair_of_call = np.array([pairs.index((call.ally, call.partner)) for call in self.all_calls])
        pays = np.stack([payment(state, *each) for each in pairs])
        gained = np.stack([bloc_credibility(state, *each) for each in pairs])
        ends = np.cumsum([0, *(len(coalition.allies) for coalition in self.coalitions)])
        treaty_terms = np.stack(
            [
                ally.case.treaty_log_odds()
                for coalition in self.coalitions
                for ally in coalition.allies
            ]
        )
        circumstances = np.stack(
            [
                ally.case.circumstance_log_odds
                for coalition in self.coalitions
                for ally in coalition.allies
            ]
        )
        busy = np.stack([self._fights_elsewhere(call) for call in self.all_calls])
        apart = np.array([1 - state.stationed[call.ally, call.partner] for call in self.all_calls])
        seed = state.scenario.seed
        keys = np.stack(
            [philox_key(seed, DECISION, *self._draw_names(call)) for call in self.all_calls]
        )
        first = memory.initial_affinity
        memories = state.worth, memory.affinity, first, memory.honoured, memory.reneged
        weights = (
            *(honour.interest, honour.reputation, honour.payment, np.ones(state.count)),
            *(rules.memory.gratitude, rules.memory.prior_mean, rules.memory.prior_weight),
        )
        cuts = honour.busy, honour.buck_passing, honour.cut_war, *state.odds_divisors
        relationships = np.empty(pays.shape)
        out = np.empty(treaty_terms.shape, dtype=np.int8)
        month, pair_array = np.uint64(state.month), np.array(pairs)

        def run() -> Any:
            kernel.compute_relationships(pair_array, memories, weights, pays, gained, relationships)
            kernel.compute_answers(
                ends,
                treaty_terms,
                circumstances,
                relationships,
                pair_of_call,
                busy,
                apart,
                keys,
                month,
                cuts,
                out,
            )
            return out

        return run

    def _draw_names(self, call: Any) -> tuple[str, str, str]:
        codes = self.state.codes
        return codes[call.ally], codes[call.partner], call.rivalry

    def _fights_elsewhere(self, call: Any) -> Any:
        wars = [r.war for code, r in self.state.rivalries.items() if code != call.rivalry]
        return np.any([war.fighting[call.ally] for war in wars], axis=0).astype(float)
