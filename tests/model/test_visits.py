"""A visit is recorded, and counts as the part of a kept commitment that a scenario says."""

from __future__ import annotations

import numpy as np
import pytest

from sim.model.model import AllianceModel
from sim.model.simulate import simulate
from sim.model.state import State
from tests.model.compare_histories import counted, same
from tests.worlds import quarrel

WORLDS, MONTH = 20, 2
VISIT = {
    "shocks__visit": {
        "date": "2024-07-19",
        "kind": "visit",
        "actor": "patron",
        "towards": "member",
    }
}


def test_a_visit_is_recorded_in_its_month_in_every_world() -> None:
    history = simulate(quarrel(**VISIT, months=3), 0, WORLDS)
    visits = counted(history, "visit", actor="patron", towards="member", month=MONTH)
    assert (visits == 1).all()


def test_a_visit_of_no_weight_changes_nothing_else() -> None:
    plain, visited = simulate(quarrel(), 0, 200), simulate(quarrel(**VISIT), 0, 200)
    assert same(plain.worlds, visited.worlds)
    assert same(plain.months, visited.months)
    others = visited.events["event"] != "visit"
    told = {name: column[others] for name, column in visited.events.items()}
    assert same(plain.events, told)


@pytest.mark.parametrize("weight", [0.25, 0.8])
def test_the_host_counts_it_as_a_part_of_a_commitment_honoured(weight: float) -> None:
    state = _after_visit(weight)
    guest, host, other = (state.codes.index(code) for code in ("patron", "member", "rival"))
    rules = state.rules.memory
    seen = state.memory.honoured[:, guest] / 0.5 ** (1 / rules.half_life)
    assert seen[host] == pytest.approx(weight)
    assert seen[other] == pytest.approx(weight * rules.bystander)
    assert not seen[guest].any()
    assert not state.memory.honoured[:, host].any()
    warmer = state.memory.affinity[host, guest] - state.memory.initial_affinity[host, guest]
    assert warmer == pytest.approx(rules.honoured * weight)


def test_a_quarter_of_a_kept_commitment_moves_the_belief_from_41_to_44_per_cent() -> None:
    state = _after_visit(0.25, rules__memory__prior_mean=0.41, rules__memory__prior_weight=4.0)
    guest, host = state.codes.index("patron"), state.codes.index("member")
    assert state.memory.belief(host, guest) == pytest.approx(np.full(WORLDS, 0.444), abs=0.002)


def test_without_memory_a_visit_leaves_no_trace() -> None:
    state = _after_visit(1.0, mechanisms__memory=False)
    assert not state.memory.honoured.any()


def _after_visit(weight: float, **changes: object) -> State:
    """Return the state at the end of the month of the visit, in which nobody is called."""
    still = {"rivalries": {}, "headlines": ("disputes",), "rules__memory__visit": weight}
    block = AllianceModel(quarrel(**VISIT | still | changes), 0, WORLDS)
    for _ in range(MONTH):
        block.step()
    block.close()
    return block.context.state
