"""Surprises: the chance of what was decided, by seat, and never more than five."""

from __future__ import annotations

from dataclasses import replace
from math import inf, log2

import pytest

from sim.analysis.stories.replay import Choice
from sim.model.decision_log import DrawKey
from sim.play.debrief.surprises import (
    MOST_MOVES,
    Delegation,
    PlayedMove,
    chance_of,
    group_by_seat,
    list_moves,
)
from tests.play.debrief.small import CHALLENGE, MOVES, small_game, small_record

ANSWER = Choice(4, DrawKey("answer", "china", "russia", "ukraine"), {}, (0.5, 0.3, 0.1), 0.2, 0)


def moves() -> list[PlayedMove]:
    """Return the moves of the small game."""
    return list_moves(small_record(), small_game().past)


def delegations() -> dict[str, Delegation]:
    """Return its delegations, by code."""
    return {each.code: each for each in group_by_seat(small_record(), moves())}


@pytest.mark.parametrize(("level", "chance"), [(0, 0.5), (1, 0.2), (2, 0.2), (3, 0.1), (7, 0.1)])
def test_the_chance_of_a_level_is_that_of_this_level_alone(level: int, chance: float) -> None:
    assert chance_of(ANSWER, level) == pytest.approx(chance)


def test_a_move_keeps_the_chance_that_the_model_gave_it() -> None:
    played = moves()[MOVES.index(CHALLENGE)]
    assert played.choice
    assert played.choice.played
    assert played.choice.level == 1
    assert played.chance == played.choice.chances[0] < 0.1
    assert played.bits == pytest.approx(-log2(played.chance))
    assert played.text.startswith("The DPRK opens a dispute with the United States")
    assert played.when == "Jul 2024"
    assert "a chance of about one in" in played.odds


def test_what_the_model_excludes_is_infinitely_surprising() -> None:
    played = replace(moves()[0], choice=replace(ANSWER, chances=(0.0,)))
    assert played.bits == inf


def test_an_order_without_an_occasion_is_idle_and_no_surprise() -> None:
    japan = delegations()["japan"]
    assert (japan.moves, japan.idle, japan.surprises) == (0, 1, ())
    assert moves()[-1].text == ("Whether Japan stands firm against China: stand firm.")


def test_the_same_order_in_many_months_is_one_surprise() -> None:
    usa = delegations()["usa"]
    assert usa.moves == 2
    assert [surprise.months for surprise in usa.surprises] in ([2], [])


def test_delegations_stand_in_the_order_of_the_scenario_with_at_most_five_moves() -> None:
    assert list(delegations()) == ["russia", "dprk", "usa", "japan"]
    rare = replace(moves()[MOVES.index(CHALLENGE)])
    many = [
        replace(rare, move=rare.move.model_copy(update={"towards": f"x{number}"}))
        for number in range(9)
    ]
    [dprk] = group_by_seat(small_record(), many)
    assert (dprk.moves, len(dprk.surprises)) == (9, MOST_MOVES)


def test_bits_are_said_with_one_decimal() -> None:
    challenge = delegations()["dprk"].surprises
    assert all(float(each.bits) > log2(3) for each in challenge)
    excluded = replace(challenge[0].rarest, choice=replace(ANSWER, chances=(0.0,)))
    assert replace(challenge[0], rarest=excluded).bits == ""
    assert excluded.odds == "no chance"
