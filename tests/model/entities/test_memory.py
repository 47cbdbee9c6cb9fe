"""What was kept or broken is remembered: it changes trust, and whether a word is kept again."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.model.entities.memory import Memory
from sim.model.model import AllianceModel
from sim.model.randomness.parameters import SampledGroup
from sim.scenario.schema.scenario import Scenario
from tests.model.compare_histories import counted
from tests.model.paired_worlds import CLEAR, paired, rise
from tests.worlds import quarrel, shock, treaty

ALLY, PARTNER, WITNESS = 0, 1, 2
YES, NO = np.array([True]), np.array([False])
HERE = np.array([0])
"""The only world."""


def remembering(**rules: float) -> Memory:
    """Return the memory of three actors in one world."""
    usual = {
        "prior_mean": 0.4,
        "prior_weight": 4.0,
        "bystander": 0.3,
        "half_life": 120.0,
        "honoured": 0.05,
        "reneged": -0.2,
        "gratitude": 1.0,
    }
    numbers = {name: np.array([number]) for name, number in (usual | rules).items()}
    return Memory(np.full((3, 3, 1), 0.5), cast(SampledGroup, SimpleNamespace(**numbers)))


def test_everyone_starts_from_the_same_belief() -> None:
    memory = remembering(prior_mean=0.3)
    assert memory.belief(PARTNER, ALLY) == pytest.approx(0.3)
    assert memory.trust(WITNESS, ALLY) == pytest.approx(0)


def test_a_commitment_honoured_raises_belief_trust_affinity_and_gratitude() -> None:
    memory = remembering()
    memory.record_answer(ALLY, PARTNER, HERE, YES)
    assert memory.belief(PARTNER, ALLY) == pytest.approx((0.4 * 4 + 1) / 5)
    assert memory.trust(PARTNER, ALLY) > 0
    assert memory.affinity[PARTNER, ALLY] == memory.affinity[ALLY, PARTNER] == 0.55
    assert memory.gratitude(PARTNER, ALLY) == pytest.approx(0.05)


def test_a_word_broken_lowers_them() -> None:
    memory = remembering()
    memory.record_answer(ALLY, PARTNER, HERE, NO)
    assert memory.belief(PARTNER, ALLY) == pytest.approx(0.4 * 4 / 5)
    assert memory.trust(PARTNER, ALLY) < 0
    assert memory.affinity[PARTNER, ALLY] == memory.affinity[ALLY, PARTNER] == 0.3
    assert memory.gratitude(PARTNER, ALLY) == pytest.approx(-0.2)


def test_those_who_only_watch_learn_less_and_the_one_who_acted_nothing() -> None:
    memory = remembering()
    memory.record_answer(ALLY, PARTNER, HERE, NO)
    own, watched, seen = (memory.belief(who, ALLY)[0] for who in (ALLY, WITNESS, PARTNER))
    assert seen < watched < own == pytest.approx(0.4)


def test_what_was_seen_counts_half_after_its_half_life() -> None:
    memory = remembering(half_life=10)
    memory.record_answer(ALLY, PARTNER, HERE, YES)
    for _ in range(10):
        memory.fade()
    assert memory.honoured[PARTNER, ALLY] == pytest.approx(0.5)


@given(st.lists(st.tuples(st.booleans(), st.booleans()), max_size=60))
def test_belief_and_affinity_stay_shares_whatever_is_seen(acts: list[tuple[bool, bool]]) -> None:
    memory = remembering(honoured=0.4, reneged=-0.6)
    for honoured, fades in acts:
        memory.record_answer(ALLY, PARTNER, HERE, np.array([honoured]))
        if fades:
            memory.fade()
        assert 0 < memory.belief(PARTNER, ALLY)[0] < 1
        assert 0 <= memory.affinity.min() <= memory.affinity.max() <= 1


# -- in the quarrel ---------------------------------------------------------------------------


def twice(**changes: Any) -> Scenario:
    """Return the quarrel with an attack in month 1, a ceasefire, and an attack again."""
    shocks = {
        "shocks__first": shock("dispute", 1, "rival"),
        "shocks__peace": shock("ceasefire", 3),
        "shocks__second": shock("dispute", 4, "rival"),
        "rules__war__home_soil": 0.0,
        "rules__memory__bystander": 0.0,
    }
    one_ally = {"treaties": {"pact": treaty("patron", "member")}}
    return quarrel(**shocks, **one_ally, **changes, months=4)


def test_who_honoured_a_commitment_is_honoured_more_often_next_time_and_who_reneged_less() -> None:
    forgotten, remembered = paired(twice(mechanisms__memory=False), 6000, mechanisms__memory=True)
    honoured, broken = (counted(forgotten, event, month=1) > 0 for event in ("honoured", "reneged"))
    twins = forgotten, remembered
    called = np.all([counted(twin, "called", month=4) > 0 for twin in twins], axis=0)
    before, after = (counted(twin, "honoured", month=4) for twin in twins)
    assert rise(before, after, honoured & called) > CLEAR
    assert rise(before, after, broken & called) < -CLEAR


def test_trust_in_the_patron_rises_where_it_came_and_falls_where_it_did_not() -> None:
    block = AllianceModel(twice(), 0, 300)
    block.step()
    block.close()
    came = block.context.state.treaties["pact"].honoured > 0
    codes, memory = block.context.state.codes, block.context.state.memory
    member, bystander = (
        memory.trust(codes.index(who), codes.index("patron")) for who in ("member", "backer")
    )
    assert (member[came] > 0).all()
    assert (member[~came] < 0).all()
    assert bystander == pytest.approx(0)  # their eyes count nothing here


def test_quarrels_and_wars_cool_affinity() -> None:
    block = AllianceModel(quarrel(rules__memory__war=-0.02, rules__memory__dispute=-0.01), 0, 200)
    rivalry, codes = block.context.state.rivalries["feud"], block.context.state.codes
    rival, member = (codes.index(who) for who in ("rival", "member"))
    affinity = block.context.state.memory.affinity
    for _ in range(24):
        before = affinity[rival, member].copy()
        block.step()
        cooled = np.select([rivalry.rung == 5, rivalry.rung > 1], [0.02, 0.01], 0.0)
        assert affinity[rival, member] == pytest.approx(np.maximum(before - cooled, 0))
    block.close()
