"""Sanctions: how well they are enforced, and what they do to tests, programme and exchange."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from sim.model.entities.provoker import STRATEGIC_CLASSES
from sim.model.recording.history import History
from sim.model.simulate import simulate
from tests.model.compare_histories import counted
from tests.model.institutions.market import still
from tests.model.institutions.month_by_month import after, opened, watched
from tests.model.institutions.test_council import TESTED, UNANIMOUS
from tests.model.institutions.timing import first, when
from tests.model.paired_worlds import CLEAR, paired, rise

# -- enforcement ------------------------------------------------------------------------------


def test_enforcement_is_what_is_left_when_enforcers_look_away() -> None:
    for before, _, state in watched(still(rules__council__workaround=0.0, months=6), 100):
        council, rules = state.institutions.councils["board"], state.rules.council
        buyer, broker = (state.codes.index(who) for who in ("buyer", "broker"))
        lost = council.enforcer_weights[broker] * council.laxity[broker]
        lost = lost + council.enforcer_weights[buyer] * rules.defection * before.arms.reliance
        assert council.enforcement == pytest.approx(council.strength * (1 - lost))


def test_on_the_first_day_only_the_lax_look_away() -> None:
    council = opened(still(), 100).context.state.institutions.councils["board"]
    (laxity,) = council.laxity.values()
    (weight,) = (council.enforcer_weights[who] for who in council.laxity)
    lost = weight * laxity
    assert council.enforcement == pytest.approx(council.strength * (1 - lost))


def test_an_enforcer_that_relies_on_the_target_looks_away() -> None:
    loyal, torn = paired(still(rules__council__defection=0.0), 300, rules__council__defection=0.9)
    assert (torn.worlds["enforcement_board"] < loyal.worlds["enforcement_board"]).mean() > 0.95


def test_a_lax_enforcer_weakens_sanctions_the_more_rests_on_it() -> None:
    strict, lax, laxer = (
        after(still(**UNANIMOUS, **changes), 100, 1).institutions.councils["board"].enforcement
        for changes in (
            {"councils__board__laxity__broker": 0.1},
            {"councils__board__laxity__broker": 0.6},
            {"councils__board__laxity__broker": 0.6, "councils__board__enforcers__broker": 0.8},
        )
    )
    assert (strict > lax).all()
    assert (lax > laxer).mean() > 0.9


def test_an_adopted_measure_strengthens_sanctions() -> None:
    idle, stepping = paired(
        still(**TESTED, **UNANIMOUS, rules__council__step=0.0), 200, rules__council__step=0.2
    )
    stronger = stepping.worlds["enforcement_board"] > idle.worlds["enforcement_board"]
    assert np.array_equal(stronger, stepping.worlds["adopted_board"] > 0)


# -- what sanctions do ------------------------------------------------------------------------

BITING: dict[str, Any] = {
    **TESTED,
    **UNANIMOUS,
    "councils__board__laxity": {},
    "rules__council__coerces": 1.0,
    "rules__council__coerced_months": 3.0,
    "months": 10,
}
"""Sanctions that nobody vetoes and all enforce, and that always stop strategic tests."""


def test_a_target_coerced_makes_no_strategic_test_for_as_many_months_as_said() -> None:
    history = simulate(still(**BITING), 0, 300)
    coerced, tested = when(history, "coerced"), _strategic(history)
    assert len(coerced) > 300
    assert not tested & {(world, month + later) for world, month in coerced for later in (1, 2, 3)}
    again = {(world, month + 4) for world, month in coerced}
    assert len(tested & again) > 0.5 * sum(month <= 10 for _, month in again)
    assert coerced == when(history, "adopted")


def test_other_tests_go_on() -> None:
    history = simulate(still(**BITING | {"rules__council__coerced_months": 99.0}), 0, 100)
    stopped = np.flatnonzero(first(history, "coerced") < 10)
    late = (history.events["month"] == 10) & np.isin(history.events["world"], stopped)
    kinds = {*history.events["subject"][late & (history.events["event"] == "provocation")]}
    assert kinds == {"sub_threshold", "ballistic"}


def test_sanctions_that_nobody_enforces_coerce_nobody() -> None:
    lax = {"councils__board__laxity": {}, "councils__board__enforcement": 0.0}
    history = simulate(still(**BITING | lax | {"rules__council__step": 0.0}), 0, 100)
    assert history.worlds["adopted_board"].any()
    assert not counted(history, "coerced").any()


def test_a_measure_that_constrains_halves_what_the_programme_gains_by_itself() -> None:
    free, held = paired(
        still(**BITING | {"rules__council__constrains": 0.0}, mechanisms__technology=False),
        100,
        rules__council__constrains=1.0,
    )
    drift = [
        -np.diff(np.log(1 - history.months["programme_seller"].reshape(100, -1)), axis=1)
        for history in (free, held)
    ]
    times = np.round(np.log2(drift[0] / drift[1])).astype(int)
    adopted = np.zeros((100, 10), dtype=int)
    for world, month in when(held, "adopted"):
        adopted[world, month - 1] += 1
    assert np.array_equal(times, adopted.cumsum(axis=1)[:, 1:])


def test_vetoes_shelter_the_exchange() -> None:
    sheltered, bare = paired(
        still(rules__exchange__sanctions=1.5), 300, mechanisms__political_cover=False
    )
    assert (bare.worlds["munitions_arms"] <= sheltered.worlds["munitions_arms"]).mean() > 0.95
    assert rise(bare.worlds["munitions_arms"], sheltered.worlds["munitions_arms"]) > CLEAR


# -- helpers ----------------------------------------------------------------------------------


def _strategic(history: History) -> set[tuple[int, int]]:
    rows = np.isin(history.events["subject"].astype(str), STRATEGIC_CLASSES)
    return {
        *zip(*(history.events[name][rows].tolist() for name in ("world", "month")), strict=True)
    }
