"""Each actor of a scenario is a delegation, with goals from its stakes and ties."""

from __future__ import annotations

import pytest

from sim.errors import RequestError
from sim.play.seats import deal_seats
from tests.play.conftest import ShortGame
from tests.worlds import quarrel


def test_the_pact_has_eight_delegations_with_two_or_three_goals_each(short: ShortGame) -> None:
    seats = deal_seats(short.scenario)
    assert [seat.code for seat in seats] == list(short.scenario.actors)
    assert len(seats) == 8
    assert {len(seat.goals) for seat in seats} == {2, 3}


@pytest.mark.parametrize(
    ("code", "goal", "gauge"),
    [
        ("ukraine", "End the war with Russia on terms you can live with.", "front_ukraine"),
        ("ukraine", "Keep the support of NATO-Europe.", ""),
        ("dprk", "Keep the peace with South Korea, and give nothing up.", ""),
        ("dprk", "Advance your programme of weapons.", "programme_dprk"),
        ("japan", "Keep the United States safe, and at your side.", ""),
        ("china", "Keep the peace with the United States, and give nothing up.", ""),
        (
            "japan",
            "Keep your partners together (United States, Japan and South Korea).",
            "coordination_pacific",
        ),
    ],
)
def test_goals_come_from_stakes_ties_and_institutions(
    short: ShortGame, code: str, goal: str, gauge: str
) -> None:
    [seat] = deal_seats(short.scenario, [code])
    assert {each.text: each.gauge for each in seat.goals}[goal] == gauge


def test_an_actor_without_stakes_or_ties_wants_to_stay_out_of_war() -> None:
    [seat] = deal_seats(quarrel(actors__hermit=quarrel().actors["friend"]), ["hermit"])
    assert [goal.text for goal in seat.goals] == ["Stay out of war."]


def test_an_actor_that_does_not_exist_cannot_be_played(short: ShortGame) -> None:
    message = r"^seat 'japn': no actor; did you mean 'japan'\?\n    allowed: russia, dprk"
    with pytest.raises(RequestError, match=message):
        deal_seats(short.scenario, ["japn"])
