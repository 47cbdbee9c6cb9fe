"""What scenarios of the family assume and bring about, beyond what their lessons look at."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest
from numpy.typing import NDArray

from sim.model.recording.history import History
from sim.model.simulate import simulate
from tests.model.compare_histories import counted, same
from tests.model.institutions.month_by_month import watched
from tests.model.opening_chances import Eve
from tests.model.paired_worlds import CLEAR, rise
from tests.scenarios.test_family import NAMES
from tests.worlds import changed, real, still

WORLDS = 2000
FEW = 400
"""Enough for what holds in every world, or in nearly all."""


@pytest.mark.slow
def test_without_the_pact_nobody_calls_on_it() -> None:
    for event in ("called", "honoured", "reneged"):
        assert not counted(_few("no_pact"), event, subject="pact_2024").any()
    assert not _still("no_pact").worlds["abandoned_russia"].any()


@pytest.mark.slow
def test_a_treaty_that_promises_to_consult_is_never_invoked_and_does_what_none_would() -> None:
    consultation, none = _still("consultation_only"), _still("no_pact")
    assert not counted(consultation, "called", subject="pact_2024").any()
    assert same(consultation.events, none.events)


@pytest.mark.slow
def test_promised_aid_in_any_war_its_members_challenge_more() -> None:
    for who in ("russia", "dprk"):
        assert rise(_challenges("pact", who), _challenges("unconditional_pact", who)) > 4, who
    before, now = (Eve(real(name)) for name in ("pact", "unconditional_pact"))
    for who, rivalry in (("russia", "usa_russia"), ("russia", "russia_japan"), ("dprk", "korea")):
        assert (now.challenge(who, rivalry) >= before.challenge(who, rivalry)).mean() > 0.98


@pytest.mark.slow
def test_without_technology_none_is_given_whatever_is_owed() -> None:
    history = _few("no_arms_for_technology")
    assert (history.worlds["technology_arms_2023"] == 1).all()
    delivered = history.worlds["munitions_arms_2023"] > 0
    assert delivered.mean() > 0.99
    assert np.array_equal(history.worlds["returned_arms_2023"] > 0, delivered)


@pytest.mark.slow
def test_strictly_enforced_half_of_what_is_shipped_is_stopped_and_the_buyer_looks_away() -> None:
    shares = []
    for _, now, state in watched(changed(real("strict_enforcement"), months=12), 300):
        council = state.institutions.councils["security_council"]
        assert (council.enforcement < council.strength).all()
        stopped, delivered = now.arms_2023.munitions_stopped, now.arms_2023.munitions_delivered
        shares.append(stopped / (stopped + delivered))
    assert 0.3 < np.mean(shares[-1]) < 0.6


@pytest.mark.slow
def test_held_back_by_china_the_dprk_challenges_less_and_china_is_the_firmer_patron() -> None:
    assert rise(_challenges("pact", "dprk"), _challenges("china_restrains", "dprk")) < -CLEAR
    assert real("china_restrains").patronages["china_dprk"].weight.low >= 1


@pytest.mark.slow
def test_with_china_in_the_pact_it_may_be_called_and_sends_no_arms() -> None:
    history = _lived("china_joins")
    assert counted(history, "called", towards="china", subject="pact_2024").any()
    assert not counted(_lived("pact"), "called", towards="china", subject="pact_2024").any()
    assert "china" not in {spec.supplier for spec in real("china_joins").exchanges.values()}
    assert rise(_challenges("pact", "dprk"), _challenges("china_joins", "dprk")) > CLEAR


@pytest.mark.slow
def test_where_america_stands_firm_the_dprk_challenges_its_allies_less() -> None:
    before, now = (Eve(real(name)) for name in ("pact", "us_commitment"))
    for rivalry in ("korea", "japan_dprk"):
        assert now.challenge("dprk", rivalry).mean() < before.challenge("dprk", rivalry).mean()
    assert rise(_challenges("pact", "dprk"), _challenges("us_commitment", "dprk")) < -2
    reassured = (counted(_lived(name), "reassures") for name in ("pact", "us_commitment"))
    assert rise(*reassured) > CLEAR


@pytest.mark.slow
def test_where_america_goes_home_its_allies_are_challenged_more() -> None:
    assert rise(_challenges("pact", "dprk"), _challenges("us_retrenchment", "dprk")) > CLEAR


@pytest.mark.slow
def test_where_america_goes_home_it_sends_nothing_and_its_treaties_stand() -> None:
    history = _still("us_retrenchment")
    assert not history.worlds["munitions_usa_ukraine"].any()
    assert not history.worlds["missiles_usa_ukraine"].any()
    pact = _still("pact").worlds
    for treaty in ("us_rok_1953", "us_japan_1960", "north_atlantic_1949"):
        assert history.worlds[f"in_force_{treaty}"].all()
        assert pact[f"in_force_{treaty}"].all()


@pytest.mark.slow
def test_after_the_ceasefire_stores_are_made_good_and_no_more() -> None:
    for before, now, state in watched(real("ceasefire"), 200):
        if state.month >= 7:
            rules, arsenal = state.rules.supply, now.russia_arsenal
            short = np.maximum(rules.reserve * arsenal.use - arsenal.stock, 0)
            at_peace = ~now.on["ukraine"]
            restocked = now.arms_2023.delivered <= short / rules.restocking + 1e-12
            assert restocked[at_peace].all()
            missiles = now.arms_2023.missiles_sent - before.arms_2023.missiles_sent
            assert not missiles[at_peace].any()
    worlds = _few("ceasefire")
    assert worlds.worlds["peace_ukraine"].all()
    assert {*worlds.events["month"][worlds.events["event"] == "ceasefire"]} == {7}


@pytest.mark.slow
def test_attacked_at_home_the_aggressor_calls_and_the_ally_judges() -> None:
    history = _few("home_soil_attack")
    struck = counted(history, "home_soil", subject="ukraine", month=2) > 0
    called = counted(history, "called", actor="russia", towards="dprk", month=2) > 0
    assert struck.mean() > 0.8
    assert called[struck].mean() > 0.99
    honoured = counted(history, "honoured", actor="dprk", month=2)[called] > 0
    assert 0.05 < honoured.mean() < 0.95


@pytest.mark.slow
def test_given_the_best_the_programme_is_higher_and_wider_than_anywhere() -> None:
    levels = {name: _half_a_year(name).worlds["programme_dprk"] for name in NAMES}
    assert max(levels, key=lambda name: levels[name].mean()) == "top_tier_technology"
    assert levels["top_tier_technology"].std() > levels["pact"].std()


@pytest.mark.slow
def test_south_korea_sends_arms_in_september_in_every_world_where_it_has_not_before() -> None:
    history = _few("rok_arms_ukraine")
    assert history.worlds["arms_sent_rok_ukraine"].all()
    months = history.events["month"][history.events["event"] == "arms_sent"]
    assert months.max() == 4
    assert (months == 4).mean() > 0.9


@pytest.mark.slow
def test_the_crisis_stands_at_force_on_the_first_day_begun_by_the_dprk() -> None:
    history = _few("korea_crisis", months=3)
    begun = counted(history, "challenge", actor="dprk", towards="rok", month=1, level=4)
    assert (begun >= 1).all()
    assert history.worlds["force_korea"].all()


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "attacker", "attacked", "rivalry", "due"),
    [
        ("korea_attack", "dprk", "rok", "korea", "usa"),
        ("korea_strike", "rok", "dprk", "korea", "russia"),
        ("sea_of_japan", "japan", "russia", "russia_japan", "dprk"),
        ("taiwan_korea", "china", "usa", "usa_china", ""),
    ],
)
def test_a_war_is_on_from_the_first_day_and_the_attacked_calls_whoever_owes_aid(
    name: str, attacker: str, attacked: str, rivalry: str, due: str
) -> None:
    history = _few(name, months=3)
    begun = counted(history, "war", actor=attacker, towards=attacked, subject=rivalry, month=1)
    assert (begun == 1).all()
    if due:
        assert (counted(history, "called", actor=attacked, towards=due, month=1) >= 1).all()


@pytest.mark.slow
def test_the_nuclear_test_is_made_and_answered_by_force() -> None:
    history = _few("nuclear_test", months=3)
    assert (counted(history, "provocation", actor="dprk", subject="nuclear", month=2) == 1).all()
    assert history.worlds["nuclear_test_dprk"].all()
    answered = counted(history, "challenge", actor="usa", towards="dprk", month=3, level=4)
    assert (answered >= 1).mean() > 0.95  # unless the two are in a dispute already


# -- helpers ----------------------------------------------------------------------------------


@cache
def _lived(name: str) -> History:
    return simulate(real(name), 0, WORLDS)


@cache
def _few(name: str, months: int | None = None) -> History:
    return simulate(real(name), 0, FEW, months=months)


def _half_a_year(name: str) -> History:
    return simulate(real(name), 0, 60, months=6)


@cache
def _still(name: str) -> History:
    """Where nobody signs or leaves a treaty, which some do in a few worlds of a hundred."""
    return simulate(still(name), 0, FEW)


def _challenges(name: str, who: str) -> NDArray[np.int64]:
    return counted(_lived(name), "challenge", actor=who)
