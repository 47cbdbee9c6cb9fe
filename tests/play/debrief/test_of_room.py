"""A room becomes a debrief: its file, its forks and its bets."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from sim.play.acts import Bet as Guess
from sim.play.acts import Fork
from sim.play.debrief.of_room import make_page, request_debrief
from sim.play.debrief.request import Bet, DebriefRequest
from sim.play.debrief.sides import open_game
from sim.play.game import Move
from sim.play.room import Room
from tests.play.debrief.small import CHALLENGE, small_debrief, small_game
from tests.play.rooms import over

KEY = ("challenge", "dprk", "usa", "usa_dprk")
FORKS = tuple(Fork(month, KEY, 0) for month in (1, 2, 3))
GUESSES = (
    Guess("a", "war_wider", 10.0),
    Guess("b", "war_wider", 40.0),
    Guess("a", "m4:answer:china:dprk:korea", 1.0),
)


def room() -> Room:
    """Return a room that has played the pact, guessed, and chosen three forks."""
    scenario = small_game().whole.model_copy(update={"past": None})
    played = over()
    setup = replace(
        played.setup,
        name="pact",
        file="pact",
        scenario=scenario.model_dump_json(),
        bets=("peace_ukraine", "war_wider"),
    )
    return replace(
        played,
        setup=setup,
        moves=(Move(2, *KEY, 1),),
        forks=FORKS,
        bets={(guess.phone, guess.subject): guess for guess in GUESSES},
    )


def test_a_room_hands_on_its_file_its_last_forks_and_its_guesses_on_outcomes(
    tmp_path: Path,
) -> None:
    request = request_debrief(room(), tmp_path / "class.toml", 500)
    assert open_game(request.file).past.moves == (CHALLENGE,)
    assert [turn.month for turn in request.turns] == [2, 3]
    assert request.turns[0] == CHALLENGE.model_copy(update={"level": 0})
    assert request.bets == (Bet("war_wider", (10.0, 40.0)),)
    assert request.worlds == 500


def test_the_job_returns_the_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sim.play.debrief.build.build_debrief", lambda *_: small_debrief())
    monkeypatch.setattr("sim.play.debrief.page.render_debrief", lambda debrief: debrief.lead)
    request = DebriefRequest(small_game().loaded.file)
    assert make_page(request, tmp_path) == small_debrief().lead
