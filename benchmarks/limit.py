"""The engine against a compiled kernel that does the same arithmetic."""

from __future__ import annotations

from functools import partial
from typing import Any

import numpy as np

from benchmarks.scenarios import pact
from benchmarks.table import Table, verdict
from benchmarks.timing import in_turns
from sim.experiment.blocks import BLOCK
from sim.model.actor import reached
from sim.model.decisions.calls import answer_chances
from sim.model.decisions.modifiers import credibility, payment
from sim.model.decisions.phase_cache import Moment
from sim.model.decisions.prospective_allies import Circle
from sim.model.model import Worlds
from sim.model.randomness.streams import key_of
from sim.model.state import State

MONTHS, TARGET, WHAT = 12, 3, "answer"


def limit(*, quick: bool) -> Table:
    """Return how many times what a compiled kernel takes the engine takes."""
    try:
        from benchmarks import kernel  # noqa: PLC0415  numba is an extra
    except ImportError:
        return Table("The limit", ("numba is not installed: `pip install .[bench]`",))
    table = Table(
        "The limit: a compiled kernel",
        ("Worlds", "Engine", "Kernel", "Ratio", f"Target {TARGET}"),
        "The mutual-defence rule of one month, as `benchmarks/kernel.py` says; processor time per "
        "answer in nanoseconds. Both give the same answers.",
    )
    for size in (1000,) if quick else (1000, BLOCK):
        month = _Month(size)
        work = {"engine": month.engine, "kernel": month.prepared(kernel)}
        assert np.mean(work["engine"]() == work["kernel"]()) > 1 - 1e-6
        taken = in_turns({n: _often(w) for n, w in work.items()}, 3 if quick else 9)
        ratio = taken["engine"].median / taken["kernel"].median
        said = (one.told(partial(_each, answers=10 * size * month.calls)) for one in taken.values())
        table.add(f"{size:,}", *said, f"{ratio:.2f}", verdict(ratio, TARGET))
    return table


def _each(seconds: float, answers: int) -> str:
    return f"{seconds / answers * 1e9:.1f}"


def _often(work: Any) -> Any:
    return lambda: [work() for _ in range(10)]


class _Month:
    """A month in which every rival asks itself who would come."""

    def __init__(self, size: int) -> None:
        worlds = Worlds(pact(), 0, size)
        for _ in range(MONTHS):
            worlds.step()
        self.state: State = worlds.stage.state
        worlds.close()
        self.circles = [
            Circle(self.state, rivalry, rival, began)
            for rivalry in self.state.rivalries.values()
            for rival in rivalry.rivals
            for began in (True, False)
        ]
        self.every = [ally.call for circle in self.circles for ally in circle.allies]
        self.calls = len(self.every)
        self.engine()

    def engine(self) -> Any:
        """Return every answer as the engine has it, (call, world)."""
        state, levels = self.state, []
        moment = Moment(state)
        for circle in self.circles:
            willing = circle.willing(state, moment)
            for ally, odds in zip(circle.allies, willing, strict=True):
                chances = answer_chances(state, ally.call, odds)
                drawn = state.luck.uniform(WHAT, state.month, *self._names(ally.call))
                levels.append(reached(drawn, chances))
        return np.stack(levels)

    def prepared(self, kernel: Any) -> Any:
        """Return the kernel, ready to be run on the same."""
        state, honour, memory = self.state, self.state.rules.honour, self.state.memory
        rules = state.rules
        pairs = sorted({(call.ally, call.partner) for call in self.every})
        pair = np.array([pairs.index((call.ally, call.partner)) for call in self.every])
        pays = np.stack([payment(state, *each) for each in pairs])
        gained = np.stack([credibility(state, *each) for each in pairs])
        ends = np.cumsum([0, *(len(circle.allies) for circle in self.circles)])
        said = np.stack([one for circle in self.circles for one in circle.said(state)])
        ground = np.stack([ally.ground for circle in self.circles for ally in circle.allies])
        busy = np.stack([self._busy(call) for call in self.every])
        apart = np.array([1 - state.stationed[call.ally, call.partner] for call in self.every])
        seed = state.scenario.seed
        keys = np.stack([key_of(seed, WHAT, *self._names(call)) for call in self.every])
        first = memory.first
        held = state.worth, memory.affinity, first, memory.kept, memory.broken
        weights = (
            *(honour.interest, honour.reputation, honour.payment, np.ones(state.count)),
            *(rules.memory.gratitude, rules.memory.prior_mean, rules.memory.prior_weight),
        )
        cuts = honour.busy, honour.buck_passing, honour.cut_war, *state.steps
        regard, out = np.empty(pays.shape), np.empty(said.shape, dtype=np.int8)
        month, at = np.uint64(state.month), np.array(pairs)

        def run() -> Any:
            kernel.regards(at, held, weights, pays, gained, regard)
            kernel.answers(ends, said, ground, regard, pair, busy, apart, keys, month, cuts, out)
            return out

        return run

    def _names(self, call: Any) -> tuple[str, str, str]:
        codes = self.state.codes
        return codes[call.ally], codes[call.partner], call.rivalry

    def _busy(self, call: Any) -> Any:
        wars = [r.war for code, r in self.state.rivalries.items() if code != call.rivalry]
        return np.any([war.fighting[call.ally] for war in wars], axis=0).astype(float)
