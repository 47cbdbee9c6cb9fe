"""Rooms of a class without an engine: two delegations, games made by hand."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from sim.model.decision_log import DrawKey
from sim.play.acts import Act, Begin, Bell, Create, Entry, Join, Simulated
from sim.play.game import Game, Move
from sim.play.news import News
from sim.play.room import Room, fold
from sim.play.seats import Goal, Seat
from sim.play.sheet import Mode, Option, Question, Sheet
from tests.worlds import quarrel

SEATS = (Seat("north", "North", (Goal("Be safe."),)), Seat("south", "South"))
SETUP = Create(
    "quarrel", "quarrel", quarrel().model_dump_json(), 17, SEATS, "an engine", bets=("war_any",)
)
RESTRAIN = Question(
    "standing:restrain:north:south",
    "north",
    Mode.STANDING,
    "Urge South to show restraint",
    (Option("Leave it to the model", (None,)), Option("No", (0,)), Option("Yes", (1,))),
    (DrawKey("restrain", "north", "south"),),
)
CHALLENGE = Question(
    "initiative:challenge:north:south:feud",
    "north",
    Mode.INITIATIVE,
    "Open a dispute with South",
    (Option("No", (0, None)), Option("With a threat", (1, 0)), Option("With force", (1, 2))),
    (DrawKey("challenge", "north", "south", "feud"), DrawKey("opening", "north", "", "feud")),
    month=1,
)
TEST = replace(
    CHALLENGE,
    id="initiative:provocation:north:nuclear",
    text="Carry out a nuclear test",
    options=(Option("No", (0,)), Option("Test it", (1,))),
    keys=(DrawKey("provocation", "north", "", "nuclear"),),
)
RESIST = Question(
    "m1:resist_challenge:south:north:feud",
    "south",
    Mode.CRISIS,
    "North has opened a dispute with you. How do you answer?",
    (Option("No military answer", (0,)), Option("Answer in kind", (1,))),
    (DrawKey("resist challenge", "south", "north", "feud"),),
    month=1,
)
MOVE = Move(1, "challenge", "north", "south", "feud", 1)


def game(quarter: int = 1, *, quarters: int = 2, digest: str = "as it was") -> Game:
    """Return a game between two quarters."""
    sheets = (
        Sheet("north", quarter, "June to August 2024", (RESTRAIN,), (CHALLENGE, TEST)),
        Sheet("south", quarter, "June to August 2024"),
    )
    moves = (MOVE,) if quarter > 1 else ()
    news = (News(1, "Jun 2024", "Something happens."),) if quarter > 1 else ()
    over = quarter > quarters
    return Game(
        quarter, quarters, 3 * (quarter - 1), (), () if over else sheets, moves, news, (), digest
    )


def crisis() -> Game:
    """Return a game in which South is asked."""
    return replace(game(), month=1, questions=(RESIST,), sheets=())


def room_after(*acts: Act, start: Room | None = None, at: float = 100.0) -> Room:
    """Return a room after some acts, one a second; the first opens it."""
    room = start
    for number, act in enumerate(acts, 1 + (start.last if start else 0)):
        room = fold(room, Entry(number, "ABCD", at + number, f"id {number}", act))
    assert room is not None
    return room


def lobby(setup: Create = SETUP) -> Room:
    """Return a room that waits for the class; the opening day is simulated."""
    return room_after(setup, Simulated(game()))


def in_orders(setup: Create = SETUP, joined: Iterable[str] = ("north", "south")) -> Room:
    """Return a room that waits for the sheets of the first quarter."""
    joins = (Join(f"phone of {seat}", seat) for seat in joined)
    return room_after(*joins, Begin(), start=lobby(setup), at=200.0)


def in_crisis(setup: Create = SETUP) -> Room:
    """Return a room that waits for the answer of South."""
    return room_after(Bell(), Simulated(crisis()), start=in_orders(setup), at=300.0)


def over() -> Room:
    """Return a room in which the last quarter is played."""
    return room_after(Bell(), Simulated(game(3)), start=in_crisis(), at=400.0)
