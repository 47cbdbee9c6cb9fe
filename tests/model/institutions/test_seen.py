"""What others come to know of an exchange, and when its parties stop denying it."""

from __future__ import annotations

from typing import Any

import numpy as np

from sim.model.recording.history import History
from sim.model.simulate import simulate
from tests.model.institutions.market import still
from tests.model.institutions.month_by_month import after, watched
from tests.model.institutions.timing import NEVER, first
from tests.model.paired_worlds import CLEAR, paired, rise
from tests.worlds import number, real, shock

OFTEN: dict[str, Any] = {"rules__exchange__troops": 0.0, "rules__technology__willing": -1.5}
"""Soldiers and technology within months."""


def test_what_is_seen_differs_from_what_is_and_is_right_in_the_median() -> None:
    arms = after(still(), 4000, 1).institutions.exchanges["arms"]
    assert (np.abs(arms.estimate - 1) > 0.01).mean() > 0.95
    assert 0.47 < (arms.estimate < 1).mean() < 0.53
    assert 0.97 < np.median(arms.estimate) < 1.03


def test_an_estimate_errs_the_more_the_more_is_hidden() -> None:
    spread = [
        np.log(after(still(**hidden), 2000, 1).institutions.exchanges["arms"].estimate).std()
        for hidden in ({"exchanges__arms__secrecy": secrecy} for secrecy in (0.0, 0.4, 1.0))
    ]
    assert spread[0] == 0
    assert spread[1] < 0.5 * spread[2]
    widest = still(rules__observation__error=0.8, exchanges__arms__secrecy=1.0)
    log = np.log(after(widest, 4000, 1).institutions.exchanges["arms"].estimate)
    assert abs(log.std() - 0.8) < 0.04


def test_an_estimate_is_one_world_s_error_in_every_month() -> None:
    history = simulate(still(), 0, 100)
    seen, true = (history.months[name].reshape(100, -1) for name in ("seen_arms", "delivered_arms"))
    ratios = seen / true
    assert np.allclose(ratios, ratios[:, :1])
    total = history.worlds["munitions_arms"] * ratios[:, 0]
    assert np.allclose(history.worlds["munitions_seen_arms"], total)


def test_nothing_is_seen_before_it_is_there() -> None:
    for _, now, _ in watched(still(**OFTEN, exchanges__arms__disclosed=False), 300):
        assert not (now.arms.troops_seen & (now.arms.troops_sent == 0)).any()
        assert (now.arms.tier_seen <= now.arms.tier).all()
        assert not (now.arms.disclosed & (now.arms.munitions_delivered == 0)).any()


def test_what_is_hidden_is_seen_later() -> None:
    open_, hidden = paired(
        still(**OFTEN, exchanges__arms__secrecy=1e-9, rules__observation__open_detection=1.0),
        1000,
        exchanges__arms__secrecy=1.0,
        rules__observation__detection=0.2,
    )
    for act, sight in (("troops_sent", "troops_seen"), ("technology", "technology_seen")):
        at_once, later = (
            _first(history, sight) - _first(history, act) for history in (open_, hidden)
        )
        assert not at_once[_first(open_, act) < NEVER].any()
        sees = (_first(hidden, act) < NEVER) & (later >= 0)
        assert (later[sees] > 0).mean() > 0.6


def test_the_lag_of_sight_is_as_long_as_detection_says() -> None:
    hidden = {"exchanges__arms__secrecy": 1.0, "rules__observation__detection": 0.25}
    history = simulate(still(months=24, rules__exchange__troops=-9.0, **hidden), 0, 1000)
    lag = _first(history, "troops_seen") - 1  # all are sent in the first month
    assert abs((lag == 0).mean() - 0.25) < 0.05
    assert abs(lag[lag < NEVER - 1].mean() - 3) < 0.4


# -- denial -----------------------------------------------------------------------------------


def test_nothing_is_admitted_before_it_is_seen() -> None:
    unknown = still(**OFTEN, exchanges__arms__disclosed=False, rules__observation__admission=1.0)
    history = simulate(unknown, 0, 1000)
    admitted, seen = _first(history, "admits"), _first(history, "deliveries_seen")
    assert (admitted < NEVER).mean() > 0.5
    assert (admitted >= seen).all()


def test_soldiers_who_fought_unseen_end_no_denial() -> None:
    unseen = {"rules__observation__detection": 0.0, "exchanges__arms__secrecy": 1.0}
    shy, proud = paired(still(**OFTEN, **unseen), 300, rules__observation__pride=9.0)
    assert np.array_equal(_first(shy, "admits"), _first(proud, "admits"))


def test_denial_ends_more_readily_once_soldiers_have_fought_and_were_seen() -> None:
    shy, proud = paired(
        still(**OFTEN, rules__observation__pride=0.0), 2000, rules__observation__pride=2.0
    )
    assert rise(shy.worlds["admitted_arms"], proud.worlds["admitted_arms"]) > CLEAR
    assert (_first(proud, "admits") <= _first(shy, "admits")).all()
    moved = _first(proud, "admits") < _first(shy, "admits")
    assert (_first(proud, "admits") >= _first(proud, "troops_seen"))[moved].all()


def test_in_one_run_denial_ends_more_often_after_soldiers_were_seen_than_before() -> None:
    after_, before = [], []
    for then, now, _ in watched(still(**OFTEN, months=24), 1000):
        denied = ~then.arms.admitted
        fought = now.arms.troops_seen & (now.arms.troops_fallen > 0)
        ended = now.arms.admitted & ~then.arms.admitted
        after_.append((ended[denied & fought].sum(), (denied & fought).sum()))
        before.append((ended[denied & ~fought].sum(), (denied & ~fought).sum()))
    often, seldom = (np.sum(counts, axis=0) for counts in (after_, before))
    assert often[0] / often[1] > 2 * seldom[0] / seldom[1]


def test_sanctions_that_are_enforced_make_denial_last() -> None:
    lax, strict = paired(
        still(rules__observation__exposure=1.5, councils__board__enforcement=0.0),
        2000,
        councils__board__enforcement=1.0,
    )
    assert rise(lax.worlds["admitted_arms"], strict.worlds["admitted_arms"]) < -CLEAR


def test_what_was_never_hidden_is_never_admitted() -> None:
    history = simulate(still(exchanges__arms__secrecy=number(0)), 0, 300)
    assert not history.worlds["admitted_arms"].any()


def test_what_is_announced_is_known_at_once_and_comes_to_light_nowhere() -> None:
    open_ = still(exchanges__arms__secrecy=number(0), exchanges__arms__disclosed=False, **OFTEN)
    for _, now, _state in watched(open_, 300):
        assert now.arms.disclosed.all()
        assert np.array_equal(now.arms.troops_seen, now.arms.troops_sent > 0)
        assert np.array_equal(now.arms.tier_seen, now.arms.tier)
    told = simulate(open_, 0, 300).events
    for event in ("deliveries_seen", "troops_seen", "technology_seen", "admits"):
        assert "arms" not in told["subject"][told["event"] == event], event


def test_soldiers_who_have_gone_home_are_seen_by_nobody() -> None:
    truce = {"shocks__truce": shock("ceasefire", 5, on="front")}
    hidden = still(**OFTEN, **truce, exchanges__arms__secrecy=1.0, months=12)
    history = simulate(hidden, 0, 500)
    assert {*_first(history, "troops_seen")} & {*range(1, 5)}
    assert not {*_first(history, "troops_seen")} & {*range(5, 13)}


def test_the_gifts_of_the_real_scenario_are_announced_and_its_arms_are_not() -> None:
    exchanges = real("pact").exchanges
    announced = {code for code, exchange in exchanges.items() if exchange.secrecy.high == 0}
    assert announced == {"usa_ukraine", "europe_ukraine"}
    assert exchanges["arms_2023"].secrecy.low > 0


def _first(history: History, event: str) -> Any:
    """Return the month in which each world first saw such an event about the arms."""
    return first(history, event, "arms")
