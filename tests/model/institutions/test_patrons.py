"""Patrons hold clients back, less the less the client depends on them, and may lose it for that."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from sim.model.actor import Actor
from sim.model.decisions.modifiers import patron_restraint
from sim.model.recording.history import History
from sim.model.simulate import simulate
from sim.model.state import State
from tests.model.compare_histories import counted
from tests.model.institutions.market import market, patronage, still
from tests.model.institutions.month_by_month import after, opened, watched
from tests.model.paired_worlds import CLEAR, paired, rise
from tests.worlds import shock

TENSE = {"provokers__seller__rate": 5.0}
RICH: dict[str, Any] = {
    "exchanges__arms__munitions_price": 9.0,
    "rules__restraint__trade": 1.0,
}
"""An exchange that matters much to the seller."""


def test_a_patron_restrains_more_where_its_client_is_nearer_to_dragging_it_in() -> None:
    dispute = {"shocks__march": shock("dispute", 2, "seller", on="strait", rung="display")}
    unmoved = {"rules__escalate__dies": 0.0, "rules__restraint__backlash": 0.0}
    before, now = paired(still(**unmoved), 1500, **dispute)
    assert rise(_restrained(before), _restrained(now)) > CLEAR
    calm, tense = paired(still(**unmoved), 1500, rules__restraint__entrapment=9.0)
    assert rise(_restrained(calm), _restrained(tense)) > CLEAR


def test_a_threat_in_words_drags_nobody_in() -> None:
    words = {"shocks__march": shock("dispute", 2, "seller", on="strait", rung="threat")}
    quiet = still(rules__escalate__dies=0.0, rules__escalate__climb=0.0, months=4)
    before, now = paired(quiet, 300, **words)
    assert np.array_equal(_restrained(before), _restrained(now))


# -- two patrons ------------------------------------------------------------------------------


def test_dependence_is_a_patron_s_share_of_what_the_client_needs() -> None:
    for before, now, state in watched(still(), 100):
        traded = now.arms.annual_returns / state.rules.restraint.trade
        first, second = before.broker_seller.need, before.buyer_seller.need + traded
        every = np.maximum(first + second, 1)
        assert now.broker_seller.dependence == pytest.approx(first / every)
        assert now.buyer_seller.dependence == pytest.approx(second / every)


@pytest.mark.parametrize(
    "why", [RICH, {"patronages__buyer_seller__dependence": 0.9}], ids=["trade", "need"]
)
def test_where_the_second_patron_s_share_grows_the_first_restrains_less(
    why: dict[str, Any],
) -> None:
    before, now = paired(still(rules__restraint__abandonment=2.0), 1500, **why)
    dependence = "dependence_broker_seller"
    assert rise(before.worlds[dependence], now.worlds[dependence]) < -CLEAR
    assert rise(_restrained(before), _restrained(now)) < -CLEAR


def test_and_what_it_holds_it_by_is_less_even_where_it_does_restrain() -> None:
    always = {"rules__restraint__willing": 50.0, "rules__restraint__backlash": 0.0}
    alone = {"patronages__buyer_seller": None}
    with_two, with_one = (
        after(still(**always, **RICH, **changes), 200, 6) for changes in ({}, alone)
    )
    seller = with_two.codes.index("seller")
    broker = with_two.institutions.patronages["broker_seller"]
    leverage = broker.weight * broker.dependence
    assert (leverage < patron_restraint(with_one, seller)).mean() > 0.9
    assert (leverage <= patron_restraint(with_one, seller)).all()


def test_a_client_of_one_patron_has_nobody_to_turn_to() -> None:
    alone = still(patronages__buyer_seller=None, rules__restraint__backlash=1.0)
    history = simulate(alone, 0, 200)
    assert history.worlds["restrained_broker_seller"].sum() > 100
    assert not counted(history, "backlash").any()


def test_a_patron_of_another_is_no_patron_of_the_client() -> None:
    other = {"patronages__leader_neighbour": patronage("leader", "neighbour", 1.0, 0.9)}
    before, now = paired(still(), 200, **other)
    assert np.array_equal(before.months["dependence_broker_seller"],
                          now.months["dependence_broker_seller"])  # fmt: skip
    assert np.array_equal(_restrained(before), _restrained(now))


# -- what restraint does ----------------------------------------------------------------------


def test_a_client_held_back_challenges_less_in_every_world_where_it_is() -> None:
    block = opened(market(rules__restraint__willing=0.0), 300)
    block.context.state.begin_month()
    state = block.context.state
    free = _odds(block.context.actors, state)
    broker = state.institutions.patronages["broker_seller"]
    broker.restraining = np.arange(300) % 2 == 0
    state.institutions.effects.renew_restraint()
    held = _odds(block.context.actors, state)
    for who in ("seller", "neighbour"):
        lowered = free[who] - held[who]
        expected = broker.weight * broker.dependence * broker.restraining * (who == "seller")
        assert lowered == pytest.approx(expected)


def test_a_patron_with_more_hold_over_its_client_prevents_more_disputes() -> None:
    always = {"rules__restraint__willing": 3.0, "rules__restraint__backlash": 0.0}
    loose, firm = paired(
        market(**always, patronages__broker_seller__weight=0.0),
        2000,
        patronages__broker_seller__weight=2.5,
    )
    challenges = [counted(history, "challenge", actor="seller") for history in (loose, firm)]
    assert rise(*challenges) < -CLEAR
    climbs = [counted(history, "climb", actor="seller") for history in (loose, firm)]
    assert rise(*climbs) < -CLEAR
    others = [counted(history, "challenge", actor="leader") for history in (loose, firm)]
    assert abs(rise(*others)) < CLEAR


# -- backlash ---------------------------------------------------------------------------------


def test_a_client_that_lashes_back_turns_from_one_patron_to_the_other() -> None:
    for before, now, state in watched(still(rules__restraint__backlash=0.5), 300):
        moved = [
            state.rules.restraint.turning
            * getattr(before, code).need
            * (getattr(now, code).backlashes > getattr(before, code).backlashes)
            for code in ("broker_seller", "buyer_seller")
        ]
        broker, buyer = before.broker_seller.need, before.buyer_seller.need
        assert now.broker_seller.need == pytest.approx(broker - moved[0] + moved[1])
        assert now.buyer_seller.need == pytest.approx(buyer + moved[0] - moved[1])


def test_nobody_lashes_back_who_is_not_held_back() -> None:
    history = simulate(still(rules__restraint__backlash=0.5), 0, 300)
    assert _when(history, "backlash") <= _when(history, "restrains")
    assert len(_when(history, "backlash")) > 100


def test_backlash_moves_dependence_and_is_resented() -> None:
    meek, proud = paired(
        still(rules__restraint__backlash=0.0), 1000, rules__restraint__backlash=0.5
    )
    dependence = "dependence_broker_seller"
    assert rise(meek.worlds[dependence], proud.worlds[dependence]) < -CLEAR
    fond = [
        after(
            still(rules__restraint__backlash=backlash, rules__restraint__resentment=-0.05), 200, 12
        )
        for backlash in (0.0, 0.5)
    ]
    pair = tuple(fond[0].codes.index(who) for who in ("seller", "broker"))
    lashed = fond[1].institutions.patronages["broker_seller"].backlashes > 0
    cooler = fond[1].memory.affinity[pair] < fond[0].memory.affinity[pair]
    assert lashed.mean() > 0.3
    assert np.array_equal(cooler, lashed)


def test_patrons_decide_before_any_client_turns_whatever_their_order_in_the_file() -> None:
    scenario = still(rules__restraint__backlash=0.5)
    patronages = {code: spec.model_dump() for code, spec in scenario.patronages.items()}
    turned = dict(reversed(patronages.items()))
    plain = simulate(scenario, 0, 300)
    reordered = simulate(still(rules__restraint__backlash=0.5, patronages=turned), 0, 300)
    assert [*plain.worlds] != [*reordered.worlds]
    for name, column in plain.worlds.items():
        assert column == pytest.approx(reordered.worlds[name], rel=1e-9), name


# -- helpers ----------------------------------------------------------------------------------


def _restrained(history: History) -> Any:
    return history.worlds["restrained_broker_seller"]


def _odds(actors: list[Actor], state: State) -> dict[str, Any]:
    strait = state.rivalries["strait"]
    return {
        actors[row].code: actors[row].challenge_odds(strait, side)
        for side, row in enumerate(strait.rivals)
    }


def _when(history: History, event: str) -> set[tuple[int, int, str]]:
    rows = history.events["event"] == event
    columns = (history.events[name][rows].tolist() for name in ("world", "month", "subject"))
    return {*zip(*columns, strict=True)}
