"""Shocks occur in the month they are dated, in every world, whatever the actors decide."""

from __future__ import annotations

import numpy as np
import pytest

from sim.model.entities.rivalry import DISPLAY, FORCE, NONE, THREAT, WAR
from sim.model.recording.history import History
from sim.model.simulate import simulate
from sim.scenario.schema.scenario import Scenario
from tests.model.compare_histories import counted
from tests.worlds import quarrel, rivalry, shock, war

WORLDS = 200
RUNGS = {"threat": THREAT, "display": DISPLAY, "force": FORCE, "war": WAR}
STILL = {
    "mechanisms__treaties_move": False,
    "mechanisms__governments_change": False,
    "rivalries__feud": rivalry("rival", "member", onset=(0.0, 0.0)),
    "rules__escalate__climb": 0.0,
    "rules__escalate__war_given_force": 0.0,
    "rules__escalate__dies": 0.0,
    "rules__war__settles": 0.0,
    "rules__war__front_speed": 0.0,
    "rules__war__front_noise": 0.0,
    "rules__war__home_soil": 0.0,
}
"""No actor moves and nothing ends by itself, so that only shocks have effects."""


def still(**changes: object) -> Scenario:
    """Return the quarrel in which only shocks occur."""
    return quarrel(**STILL | {"months": 8} | changes)


@pytest.mark.parametrize("rung", RUNGS)
@pytest.mark.parametrize("actor", ["rival", "member"])
@pytest.mark.parametrize("month", [1, 2, 5])
def test_a_dispute_opens_at_its_rung_in_its_month_in_every_world(
    rung: str, actor: str, month: int
) -> None:
    history = simulate(still(shocks__march=shock("dispute", month, actor, rung=rung)), 0, WORLDS)
    expected = [NONE] * (month - 1) + [RUNGS[rung]] * (9 - month)
    assert (_rungs(history) == expected).all()
    opened = counted(history, "challenge", actor=actor, month=month, level=RUNGS[rung])
    assert (opened == 1).all()
    assert (counted(history, "challenge") == 1).all()
    assert (history.worlds["disputes_feud"] == 1).all()


def test_a_dispute_at_war_is_a_war_that_its_actor_began() -> None:
    history = simulate(still(shocks__march=shock("dispute", 3, "member")), 0, WORLDS)
    assert (counted(history, "war", actor="member", towards="rival", month=3) == 1).all()
    assert history.worlds["war_feud"].all()
    assert (counted(history, "called", actor="rival", towards="backer", month=3) == 1).all()


@pytest.mark.parametrize("actor", ["rival", "member"])
def test_a_fait_accompli_opens_a_war_with_ground_taken_by_its_actor(actor: str) -> None:
    taken = {"value": 0.3, "low": 0.1, "high": 0.6, "unit": "any", "source": "judgement"}
    scenario = still(
        shocks__march=shock("dispute", 3, actor) | {"fait_accompli": True},
        rules__war__fait_accompli=taken | {"grade": "judgement"},
    )
    front = simulate(scenario, 0, WORLDS).months["front_feud"].reshape(WORLDS, -1)[:, 2]
    assert ((front > 0.1) & (front < 0.6)).all()
    assert np.unique(front).size == WORLDS
    plain = simulate(still(shocks__march=shock("dispute", 3, actor)), 0, WORLDS)
    assert (plain.months["front_feud"].reshape(WORLDS, -1)[:, 2] == 0).all()


def test_a_dispute_opens_only_where_there_is_none_yet() -> None:
    march = {"shocks__march": shock("dispute", 2, "rival", rung="threat")}
    again = {"shocks__again": shock("dispute", 4, "member", rung="force")}
    history = simulate(still(**march, **again), 0, WORLDS)
    assert (counted(history, "challenge") == 1).all()
    assert (_rungs(history)[:, 1:] == THREAT).all()


@pytest.mark.parametrize("month", [1, 4, 8])
def test_a_ceasefire_ends_the_war_in_its_month_in_every_world(month: int) -> None:
    truce = shock("ceasefire", month)
    history = simulate(
        still(wars__feud=war("feud", "rival", "member"), shocks__truce=truce), 0, WORLDS
    )
    assert (counted(history, "ceasefire", month=month) == 1).all()
    assert (_rungs(history) == [WAR] * (month - 1) + [NONE] * (9 - month)).all()
    fronts = history.months["front_feud"].reshape(WORLDS, -1)
    assert np.isnan(fronts[:, month - 1 :]).all()
    assert not np.isnan(fronts[:, : month - 1]).any()
    assert history.worlds["peace_feud"].all()


def test_a_ceasefire_where_there_is_no_war_does_nothing() -> None:
    calm = simulate(still(), 0, WORLDS)
    truce = simulate(still(shocks__truce=shock("ceasefire", 3)), 0, WORLDS)
    assert calm.events["event"].size == truce.events["event"].size == 0


@pytest.mark.parametrize("month", [1, 4])
def test_an_attack_on_home_soil_strikes_the_attacker_once_in_its_month(month: int) -> None:
    raid = {"shocks__raid": shock("home_soil_attack", month, "rival")}
    again = {"shocks__again": shock("home_soil_attack", month + 2, "rival")}
    begun = still(wars__feud=war("feud", "rival", "member"), **raid, **again)
    history = simulate(begun, 0, WORLDS)
    struck = counted(history, "home_soil", actor="member", towards="rival", month=month)
    assert (struck == 1).all()
    assert (counted(history, "home_soil") == 1).all()
    assert history.worlds["home_soil_feud"].all()
    assert (counted(history, "called", actor="rival", subject="league", month=month) == 1).all()


def test_shocks_happen_in_the_order_of_their_months_not_of_the_file() -> None:
    late_first = {
        "shocks__truce": shock("ceasefire", 5),
        "shocks__march": shock("dispute", 2, "rival"),
    }
    history = simulate(still(**late_first), 0, WORLDS)
    assert (_rungs(history) == [NONE, WAR, WAR, WAR, NONE, NONE, NONE, NONE]).all()


def test_a_shock_after_the_last_month_never_happens() -> None:
    history = simulate(still(shocks__march=shock("dispute", 9, "rival")), 0, WORLDS)
    assert history.events["event"].size == 0


def _rungs(history: History) -> np.ndarray[tuple[int, int], np.dtype[np.int8]]:
    return history.months["rung_feud"].reshape(WORLDS, -1)
