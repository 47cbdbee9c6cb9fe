"""What draws two actors together or apart."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
import pytest

from sim.model.arrays import Vector
from sim.model.measures.propensity import common_adversaries, propensities
from sim.model.model import AllianceModel
from sim.model.opening import opening_state
from sim.model.randomness.streams import RandomStreams
from sim.model.state import State
from sim.scenario.schema.scenario import Scenario
from tests.worlds import actor, quarrel, real, rivalry, tangle, treaty, war

WORLDS = 40
JUDGED = {"unit": "months", "source": "judgement", "grade": "judgement"}
WEIGHTS = ("affinity", "common_adversary", "rivalry", "war", "aid", "consultation")


def opening(scenario: Scenario) -> State:
    return opening_state(scenario, RandomStreams(scenario.seed, 0, WORLDS))


def pull(first: str, second: str, **changes: Any) -> Vector:
    """Propensity of two actors of the quarrel on the opening day, (world,)."""
    state = opening(quarrel(**changes))
    propensity: Vector = propensities(state)[state.codes.index(first), state.codes.index(second)]
    return propensity


def only(**weights: float) -> dict[str, float]:
    """Settings under which nothing weighs but what is named."""
    names = (*WEIGHTS, "standing_aside")
    ranges = {f"rules__alignment__{name}": 0.0 for name in names}
    return ranges | {f"rules__alignment__{name}": weight for name, weight in weights.items()}


# -- what holds whatever happens ------------------------------------------------------------


@pytest.mark.parametrize("months", [0, 1, 12])
def test_it_is_symmetric_bounded_and_nothing_towards_oneself(months: int) -> None:
    worlds = AllianceModel(tangle(), 0, WORLDS)
    for _ in range(months):
        worlds.step()
    propensity = propensities(worlds.context.state)
    worlds.close()
    assert (propensity == propensity.swapaxes(0, 1)).all()
    assert (np.abs(propensity) <= 1).all()
    assert (propensity[np.diag_indices(len(propensity))] == 0).all()


@pytest.mark.parametrize("place", [0, 2, 6])
def test_an_actor_that_does_nothing_moves_nobody(place: int) -> None:
    tree = tangle().model_dump()
    actors = list(tree["actors"].items())
    idle = actor(0.0, (0, 0), vote=1.0)
    tree["actors"] = dict([*actors[:place], ("idle", idle), *actors[place:]])
    without = propensities(opening(tangle()))
    propensity = propensities(opening(Scenario.model_validate(tree)))
    others = [row for row in range(len(propensity)) if row != place]
    assert propensity[np.ix_(others, others)].tobytes() == without.tobytes()


def test_where_nothing_weighs_nobody_is_drawn_to_anybody() -> None:
    assert (propensities(opening(quarrel(**only()))) == 0).all()


# -- affinity -------------------------------------------------------------------------------


@pytest.mark.parametrize(("apart", "drawn"), [(0.0, 1.0), (2.0, 0.0), (4.0, -1.0), (3.0, -0.5)])
def test_affinity_draws_together_above_the_middle_of_its_scale(apart: float, drawn: float) -> None:
    votes = {"actors__rival__ideal_point": 0.0, "actors__patron__ideal_point": apart}
    assert pull("rival", "patron", **votes, **only(affinity=1.0)) == pytest.approx(drawn)


# -- rivalry, war and common adversaries ----------------------------------------------------


def test_a_rivalry_pulls_apart_by_what_it_is_worth_to_both() -> None:
    feud = rivalry("rival", "member", stake=(0.8, 0.4))
    assert pull("rival", "member", rivalries__feud=feud, **only(rivalry=1.0)) == pytest.approx(-0.6)


def test_war_pulls_further_apart() -> None:
    at_war = {"wars__fight": war("feud", "rival", "member")}
    weights = only(rivalry=1.0, war=1.0)
    assert (pull("rival", "member", **at_war, **weights) < pull("rival", "member", **weights)).all()


def test_who_helps_in_a_war_is_pulled_away_from_whom_it_helps_against() -> None:
    support = {"patron": {"side": "member", "aid": "materiel", "source": "disputes"}}
    fight = {"wars__fight": war("feud", "rival", "member", support=support)}
    assert pull("rival", "patron", **fight, **only(war=1.0)) == pytest.approx(-1 / 3)
    assert pull("member", "patron", **fight, **only(war=1.0)) == pytest.approx(0)


def test_the_enemy_of_my_enemy_is_my_friend() -> None:
    feuds = {"rivalries__grudge": rivalry("rival", "patron", stake=(0.5, 0.5))}
    drawn = pull("member", "patron", **feuds, **only(common_adversary=1.0))
    assert drawn == pytest.approx(0.8 * 0.5)


def test_common_adversaries_add_up_as_chances_do() -> None:
    hostile = np.zeros((4, 4, 1))
    for first, second, hostility in ((0, 2, 0.5), (1, 2, 1.0), (0, 3, 0.4), (1, 3, 0.5)):
        hostile[first, second] = hostile[second, first] = hostility
    assert common_adversaries(hostile)[0, 1] == pytest.approx(1 - (1 - 0.5) * (1 - 0.2))


# -- treaties -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("obligations", "kind"),
    [
        (["defence"], "aid"),
        (["offence", "consultation"], "aid"),
        (["consultation", "nonaggression"], "consultation"),
        (["nonaggression"], "standing_aside"),
        (["neutrality"], "standing_aside"),
    ],
)
def test_a_treaty_draws_together_by_the_weightiest_of_its_promises(
    obligations: list[str], kind: str
) -> None:
    weights = {"aid": 0.8, "consultation": 0.4, "standing_aside": 0.2}
    bound = {"treaties__pact": treaty("patron", "member", obligations=obligations)}
    propensity = pull("patron", "member", **bound, **only(**weights))
    assert propensity == pytest.approx(weights[kind] / 0.8)


def test_a_political_statement_does_not() -> None:
    statement = {"treaties__pact": treaty("patron", "member", obligations=[])}
    assert (pull("patron", "member", **statement, **only(aid=1.0)) == 0).all()


def test_a_treaty_not_concluded_or_ended_does_not() -> None:
    for change in ({"concluded": False}, {"ends": date(2020, 1, 1)}):
        pact = treaty("patron", "member", **change)
        assert (pull("patron", "member", treaties__pact=pact, **only(aid=1.0)) == 0).all()


def test_a_treaty_signed_on_the_opening_day_binds_on_it_as_far_as_signed_treaties_do() -> None:
    unratified = {"ratification": {"value": 6, "low": 6, "high": 6} | JUDGED}
    pact = treaty("patron", "member", signed=date(2024, 6, 19), **unratified)
    weights = {"rules__honour__signed_only": 0.7, **only(aid=1.0)}
    assert pull("patron", "member", treaties__pact=pact, **weights) == pytest.approx(0.7)


def test_a_treaty_of_one_sided_promises_draws_both() -> None:
    drawn = pull("friend", "patron", **only(aid=1.0))
    assert (drawn == pull("patron", "friend", **only(aid=1.0))).all()
    assert (drawn == 1).all()


# -- the world of 2024 ----------------------------------------------------------------------


def test_the_treaty_of_2024_draws_its_parties_together_and_nobody_else() -> None:
    states = [opening(real(name)) for name in ("pact", "no_pact")]
    moved = propensities(states[0]) - propensities(states[1])
    russia, dprk = (states[0].codes.index(code) for code in ("russia", "dprk"))
    assert (moved[russia, dprk] >= 0).all()  # 0 where the older one, to consult, weighs as much
    assert (moved[russia, dprk] > 0).mean() > 0.8
    moved[russia, dprk] = moved[dprk, russia] = 0
    assert (moved == 0).all()
