"""Provocations below the level of a dispute: they excite one another, and four things move them."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy.stats import poisson

from sim.model.decisions.modifiers import provocation_tension
from sim.model.entities.provoker import STRATEGIC_CLASSES
from sim.model.recording.history import History
from sim.model.simulate import simulate
from sim.model.theory.count_distributions import poisson_quantile
from sim.scenario.checks.arrangements import PROVOCATION_CLASSES
from tests.model.compare_histories import counted, same
from tests.model.institutions.market import market, still
from tests.model.institutions.month_by_month import after, opened, watched
from tests.model.paired_worlds import CLEAR, paired, rise
from tests.worlds import START, shock

UNMOVED: dict[str, Any] = {
    "rules__provocation__exercises": 0.0,
    "rules__provocation__talks": 0.0,
    "rules__provocation__programme": 0.0,
    "rules__provocation__cover": 0.0,
    "rules__council__coerces": 0.0,
    "mechanisms__calming_down": False,
}
"""A process left to itself, at one rate."""

CALMING: dict[str, Any] = UNMOVED | {"mechanisms__calming_down": True}
UNSPENT: dict[str, Any] = {f"rules__provocation__spent_{kind}": 0.0 for kind in STRATEGIC_CLASSES}

MONTHS = 12
TALKS = {"shocks__talks": shock("talks", 4, on="strait") | {"months": 6}}
BUSY = {"rules__balancing__exercise": 9.0}
EAGER = {"actors__seller__programme__drift": 0.1}
LONELY = {"shocks__truce": shock("ceasefire", 2, on="front")}
MOVED: dict[str, tuple[dict[str, Any], int]] = {
    "exercises": (BUSY, 1),
    "talks": (TALKS, 1),
    "programme": (EAGER, 1),
    "cover": (LONELY, -1),  # at peace the buyer shelters the seller less than on day one
}
"""What brings each term into play, and which way it then moves a process with a weight above 0."""


@pytest.mark.parametrize("term", MOVED)
@pytest.mark.parametrize("weight", [-1.5, 1.5])
def test_a_term_moves_provocations_by_the_sign_of_its_weight(term: str, weight: float) -> None:
    setting, turn = MOVED[term]
    plain, moved = paired(
        still(**UNMOVED | setting), 500, **{f"rules__provocation__{term}": weight}
    )
    name = "provocations_seller" if term in ("exercises", "talks") else "ballistic_seller"
    risen = rise(plain.worlds[name], moved.worlds[name])
    assert np.sign(weight) * turn * risen > CLEAR


@pytest.mark.parametrize("term", MOVED)
def test_a_term_of_no_weight_is_switched_off(term: str) -> None:
    setting, _ = MOVED[term]
    plain, moved = paired(still(**UNMOVED), 300, **setting)
    assert np.array_equal(_counts(plain), _counts(moved))
    assert same(_provoked(plain), _provoked(moved))


def test_talks_move_nothing_before_them_and_wear_off_after() -> None:
    plain, talks = paired(
        still(**UNMOVED | {"rules__provocation__talks": -3.0, "months": 18}), 1000, **TALKS
    )
    before, now = _counts(plain), _counts(talks)
    assert np.array_equal(before[:, :3], now[:, :3])
    assert rise(before[:, 3:9].sum(axis=1), now[:, 3:9].sum(axis=1)) < -CLEAR
    assert now[:, 15:].mean() > 0.9 * before[:, 15:].mean()


def test_programme_and_cover_move_tests_of_missiles_only() -> None:
    alone = still(**UNMOVED | {"provokers__seller__excitation": 0.0} | EAGER)
    plain, moved = paired(alone, 500, rules__provocation__programme=2.0)
    for kind in ("sub_threshold", "nuclear"):
        assert np.array_equal(_of_class(plain, kind), _of_class(moved, kind))
    for kind in ("ballistic", "icbm", "satellite"):
        assert _of_class(moved, kind).sum() > _of_class(plain, kind).sum()


# -- self-excitation --------------------------------------------------------------------------


def test_counts_that_excite_one_another_are_more_spread_than_chance() -> None:
    excited, calm = _exciting(0.6), _exciting(0.0)
    assert 0.9 < _spread(calm) < 1.1
    assert _spread(excited) > 1.2


def test_a_month_after_many_is_busier() -> None:
    excited, calm = _exciting(0.6), _exciting(0.0)
    assert _carried_over(excited) > 0.2
    assert abs(_carried_over(calm)) < 0.05


@pytest.mark.parametrize(("rate", "excitation"), [(2.2, 0.4), (1.0, 0.6), (3.0, 0.0)])
def test_in_the_long_run_there_are_as_many_as_the_rate_and_its_echoes(
    rate: float, excitation: float
) -> None:
    process = {"provokers__seller__rate": rate, "provokers__seller__excitation": excitation}
    counts = _counts(simulate(still(**UNMOVED, **process), 0, 2000))
    assert counts.mean() == pytest.approx(rate / (1 - excitation), rel=0.04)
    assert counts[:, 0].mean() == pytest.approx(counts[:, -1].mean(), rel=0.12)


def test_classes_share_as_said() -> None:
    history = simulate(still(**UNMOVED), 0, 2000)
    every = _counts(history).sum()
    shares = {"sub_threshold": 0.44, "ballistic": 0.40, "icbm": 0.09, "satellite": 0.05}
    for kind, share in (shares | {"nuclear": 0.02}).items():
        assert _of_class(history, kind).sum() / every == pytest.approx(share, rel=0.06)


def test_what_one_provocation_brings_is_spread_over_the_weeks_after_it() -> None:
    for before, now, state in watched(still(**UNMOVED, months=4), 50):
        provoker, rules = now.seller_provoker, state.rules.provocation
        left = np.exp(-30.44 / rules.memory_days)
        number = np.sum([*provoker.counts.values()], axis=0)
        if state.month > 1:
            outstanding = before.seller_provoker.outstanding * left + provoker.excitation * number
            assert provoker.outstanding == pytest.approx(outstanding)


@given(st.floats(0, 0.999999), st.floats(0, 20))
def test_counts_are_drawn_from_the_poisson(draw: float, mean: float) -> None:
    count = int(poisson_quantile(np.array([draw]), np.array([mean]), np.zeros(1))[0])
    assert poisson.cdf(count, mean) >= draw * (1 - 1e-9) - 1e-12
    assert count == 0 or poisson.cdf(count - 1, mean) <= draw * (1 + 1e-9) + 1e-12


@given(st.floats(0, 0.999), st.floats(0, 10), st.floats(0, 10))
def test_with_the_same_draw_a_higher_mean_never_brings_fewer(
    drawn: float, mean: float, more: float
) -> None:
    means = np.array([mean, mean + more])
    few, many = poisson_quantile(np.array([drawn, drawn]), means, np.zeros(2))
    assert many >= few


# -- calming down -----------------------------------------------------------------------------


@pytest.mark.parametrize("excitation", [0.0, 0.4])
def test_provocations_relax_from_the_rate_of_the_opening_day_to_that_of_the_long_run(
    excitation: float,
) -> None:
    process = {
        "provokers__seller__rate": 4.0,
        "provokers__seller__excitation": excitation,
        "provokers__seller__long_run": 1.0,
        "rules__provocation__calming_half_life": 3.0,
        "months": 36,
    }
    counts = _counts(simulate(still(**CALMING, **UNSPENT, **process), 0, 1500))
    assert counts[:, 0].mean() == pytest.approx(4.0 / (1 - excitation), rel=0.06)
    assert counts[:, -6:].mean() == pytest.approx(1.0, rel=0.06)
    assert (np.diff(counts.mean(axis=0)[:24:6]) < 0).all()


def test_a_slower_calming_leaves_more_of_them() -> None:
    fast, slow = paired(
        still(**CALMING, rules__provocation__calming_half_life=6.0), 500,
        rules__provocation__calming_half_life=24.0,
    )  # fmt: skip
    assert rise(fast.worlds["provocations_seller"], slow.worlds["provocations_seller"]) > CLEAR


def test_where_the_long_run_is_as_the_opening_day_and_nothing_is_spent_calming_changes_nothing(
) -> None:  # fmt: skip
    same_rate = {"provokers__seller__long_run": 2.0, "provokers__seller__rate": 1.0}
    steady = still(**CALMING, **UNSPENT, **same_rate, provokers__seller__excitation=0.5)
    on, off = paired(steady, 200, mechanisms__calming_down=False)
    assert np.array_equal(_counts(on), _counts(off))


@pytest.mark.parametrize("kind", STRATEGIC_CLASSES)
def test_a_class_that_was_tested_pauses_and_no_other_does(kind: str) -> None:
    shares = dict.fromkeys(PROVOCATION_CLASSES, 0.15) | {kind: 0.4}
    often = {f"provokers__seller__{name}": share for name, share in shares.items()}
    busy = still(**CALMING, **UNSPENT | often, provokers__seller__excitation=0.0)
    free, spent = paired(busy, 500, **{f"rules__provocation__spent_{kind}": 0.9})
    assert _spread(_of_class(spent, kind)) < 0.8 < _spread(_of_class(free, kind))
    for other in {*PROVOCATION_CLASSES} - {kind}:
        assert np.array_equal(_of_class(free, other), _of_class(spent, other)), other


def test_in_the_long_run_a_pause_leaves_the_shares_as_they_were() -> None:
    steady = {
        "provokers__seller__excitation": 0.0,
        "provokers__seller__rate": 2.0,
        "provokers__seller__long_run": 2.0,
        "months": 48,
    }
    history = simulate(still(**CALMING, **steady), 0, 1500)
    every = _counts(history).sum()
    for kind, share in {"ballistic": 0.40, "icbm": 0.09, "satellite": 0.05}.items():
        assert _of_class(history, kind).sum() / every == pytest.approx(share, rel=0.1), kind


def test_a_test_just_before_the_first_day_makes_another_in_the_first_month_rarer() -> None:
    rested, spent = paired(
        still(**CALMING, provokers__seller__satellite=0.3, provokers__seller__sub_threshold=0.19),
        1500,
        provokers__seller__last_satellite=START,
    )
    first = [_of_class(history, "satellite", months=1).sum() for history in (rested, spent)]
    assert first[1] < 0.6 * first[0]


@given(st.floats(0, 0.999), st.floats(0, 10), st.floats(0, 1))
def test_a_further_test_in_the_same_month_is_the_less_likely_the_more_the_first_cost(
    draw: float, mean: float, spent: float
) -> None:
    at = np.array([draw]), np.array([mean])
    plain, paused = (poisson_quantile(*at, np.array([cost]))[0] for cost in (0.0, spent))
    assert min(plain, 1) <= paused <= plain
    assert poisson_quantile(*at, np.ones(1))[0] == min(plain, 1)


# -- tension ----------------------------------------------------------------------------------


def test_tension_is_as_usual_on_the_first_day_and_on_average() -> None:
    history = simulate(still(**UNMOVED, months=36), 0, 1000)
    tension = history.months["tension_seller"].reshape(1000, -1)
    assert tension.mean() == pytest.approx(1, abs=0.04)
    assert (tension >= 0).all()


def test_tension_is_what_provocations_add_and_months_take_away() -> None:
    for before, now, state in watched(still(months=5), 100):
        if state.month == 1:
            continue
        old, new, rules = before.seller_provoker, now.seller_provoker, state.rules.provocation
        added = [getattr(rules, f"severity_{kind}") * new.counts[kind] for kind in new.counts]
        left = 0.5 ** (1 / rules.tension_half_life)
        assert new.tension == pytest.approx(old.tension * left + np.sum(added, axis=0))


def test_graver_provocations_bring_more_tension() -> None:
    mild, grave = paired(still(), 1000, rules__provocation__severity_nuclear=8.0)
    raised = grave.months["tension_seller"] - mild.months["tension_seller"]
    after_test = _after_nuclear_test(grave)
    assert raised.reshape(1000, -1)[after_test].mean() > 0.05


def test_tension_makes_a_challenge_likelier_between_provoker_and_provoked_only() -> None:
    state = after(still(), 500, 3)
    heard = provocation_tension(state, *state.rivalries["strait"].rivals)
    tense = state.institutions.provokers["seller"].unusual_tension > 1
    weighs = state.rules.provocation.tension > 0.01
    assert (heard[tense & weighs] > 0).all()
    assert (heard[~tense] <= 0).all()
    for code in ("front", "chill", "cool"):
        assert not provocation_tension(state, *state.rivalries[code].rivals).any()


def test_challenges_are_likelier_than_in_the_record_while_the_opening_day_s_rate_lasts() -> None:
    state = opened(still(**CALMING), 200).context.state
    provoker = state.institutions.provokers["seller"]
    state.month = 1
    provoker.start_in_equilibrium(
        {kind: np.ones(200) for kind in PROVOCATION_CLASSES}, np.full(200, 0.2), np.full(200, 0.8)
    )
    assert provoker.unusual_tension == pytest.approx(np.ones(200))
    provoker.start_calming(state.rules.provocation, START)
    assert provoker.relative_tension == pytest.approx(np.ones(200))
    assert provoker.unusual_tension == pytest.approx(provoker.baseline_rate / provoker.long_run)


def test_a_tense_neighbourhood_has_more_disputes() -> None:
    calm, tense = paired(
        market(rules__provocation__tension=0.4, provokers__seller__rate=0.4),
        2000,
        rules__provocation__exercises=2.0,
        **BUSY,
    )
    assert rise(calm.worlds["disputes_strait"], tense.worlds["disputes_strait"]) > CLEAR


@pytest.mark.parametrize("month", [1, 5])
def test_a_test_that_the_scenario_assumes_is_made_in_its_month_and_in_no_other(month: int) -> None:
    assumed = {"shocks__test": shock("nuclear_test", month, "seller", on="strait")}
    plain, tested = paired(still(**UNMOVED | {"months": 8}), 300, **assumed)
    for each in range(1, 9):
        before, now = (_tests_in(history, each) for history in (plain, tested))
        assert now.all() if each == month else not now.all()
        assert each >= month or (now == before).all()
    assert rise(plain.worlds["tension_seller"], tested.worlds["tension_seller"]) > CLEAR


def test_on_the_first_day_nothing_has_been_counted() -> None:
    provoker = opened(still(), 10).context.state.institutions.provokers["seller"]
    assert not any(total.any() for total in provoker.totals.values())


# -- helpers ----------------------------------------------------------------------------------


@cache
def _exciting(excitation: float) -> NDArray[np.int64]:
    alone = still(**UNMOVED, provokers__seller__excitation=excitation)
    return _counts(simulate(alone, 0, 2000))


def _counts(history: History) -> NDArray[np.int64]:
    """Return the provocations of every month, (world, month)."""
    counts = history.months["provocations_seller"]
    return counts.reshape(len(history.worlds["world"]), -1)


def _of_class(history: History, kind: str, months: int = 600) -> NDArray[np.int64]:
    """Return the provocations of a class in each world's first months, (world,)."""
    rows = (history.events["event"] == "provocation") & (history.events["subject"] == kind)
    rows &= history.events["month"] <= months
    return np.bincount(
        history.events["world"][rows],
        weights=history.events["level"][rows],
        minlength=len(history.worlds["world"]),
    )


def _provoked(history: History) -> dict[str, Any]:
    rows = history.events["event"] == "provocation"
    return {name: column[rows] for name, column in history.events.items()}


def _spread(counts: NDArray[np.int64]) -> float:
    """Return the variance of a month's count over its mean: 1 where chance alone is at work."""
    return float(np.mean(counts.var(axis=0) / counts.mean(axis=0)))


def _carried_over(counts: NDArray[np.int64]) -> float:
    """Return how far a month's count goes with that of the month before."""
    return float(np.corrcoef(counts[:, :-1].ravel(), counts[:, 1:].ravel())[0, 1])


def _tests_in(history: History, month: int) -> NDArray[np.int64]:
    """Return whether a nuclear weapon is tested in a month, 1 or 0, (world,)."""
    return counted(history, "provocation", actor="seller", subject="nuclear", month=month)


def _after_nuclear_test(history: History) -> NDArray[np.bool_]:
    tested = np.zeros((1000, MONTHS), dtype=bool)
    rows = (history.events["event"] == "provocation") & (history.events["subject"] == "nuclear")
    tested[history.events["world"][rows], history.events["month"][rows] - 1] = True
    return tested
