"""Bets beside their answers, on columns that can be counted by hand."""

from __future__ import annotations

from typing import cast

import pytest

from sim.experiment.storage.results import Results
from sim.play.debrief.bets import SettledBet, settle_bets
from sim.play.debrief.request import Bet
from tests.play.debrief.columns import Columns

VALUES = {"war": True, "kept": False, "tests": 3.0}


def settle(measure: str, *guesses: float) -> SettledBet:
    """Return a bet on four worlds, settled."""
    [settled] = settle_bets([Bet(measure, guesses)], VALUES, cast(Results, Columns()))
    return settled


def test_a_guess_of_how_often_stands_beside_the_frequency() -> None:
    bet = settle("war", 40, 10, 60)
    assert (bet.guesses, bet.median, bet.value, bet.top) == ((10, 40, 60), 40, 25.0, 100.0)
    assert bet.low < 25 < bet.high
    assert bet.sentence == (
        "A war: in 25% of ordinary worlds; your middle guess was 40% (10 to 60). "
        "In your world: yes."
    )
    assert bet.distance == pytest.approx(0.15)


def test_a_guess_of_an_amount_stands_beside_a_typical_world() -> None:
    bet = settle("tests", 20)
    assert (bet.value, bet.top) == (2.0, 20)
    assert bet.sentence == (
        "Tests, per world: 2 in a typical world, 1.15 to 7.1 in nine of ten; your middle guess "
        "was 20. In your world: 3."
    )
    assert [bet.place(value) for value in (0, 5, 20, 99)] == [0, 25, 100, 100]


def test_what_is_not_defined_in_the_game_has_no_answer_of_its_own() -> None:
    [bet] = settle_bets([Bet("kept", (50,))], VALUES | {"war": False}, cast(Results, Columns()))
    assert bet.sentence.endswith("In your world: n/a.")


def test_the_widest_off_comes_first() -> None:
    bets = [Bet("war", (30,)), Bet("tests", (20,))]
    settled = settle_bets(bets, VALUES, cast(Results, Columns()))
    assert [bet.name for bet in settled] == ["Tests", "A war"]
