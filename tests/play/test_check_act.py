"""What cannot be done in a room is refused in one sentence."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sim.errors import RequestError
from sim.play.acts import (
    Act,
    Answer,
    Begin,
    Bell,
    Bet,
    Close,
    Fork,
    Join,
    Lobby,
    Minutes,
    Order,
    Pause,
    Release,
    Resume,
    Simulated,
)
from sim.play.check_act import MOST_PHONES, check_act
from sim.play.room import Room
from tests.play.rooms import (
    CHALLENGE,
    RESIST,
    RESTRAIN,
    SETUP,
    TEST,
    game,
    in_crisis,
    in_orders,
    lobby,
    over,
    room_after,
)

PHONE = "phone of north"
NORTH = Order("north", 1, {RESTRAIN.id: 2, CHALLENGE.id: 1}, PHONE)
FULL = [Join(f"phone {number}", "north") for number in range(MOST_PHONES)]
ANSWER = Answer("south", RESIST.id, 1, "phone of south")
FORK = Fork(1, ("challenge", "north", "south", "feud"), 0)


def test_nothing_can_be_done_in_a_room_that_does_not_exist() -> None:
    with pytest.raises(RequestError, match=r"^there is no such room$"):
        check_act(None, Begin())
    assert check_act(None, SETUP) == SETUP


@pytest.mark.parametrize(
    ("room", "act"),
    [
        (lobby(), Begin()),
        (lobby(), Join("phone", "south")),
        (in_orders(), Release(PHONE)),
        (in_orders(), NORTH),
        (in_orders(), Bell()),
        (in_orders(), Minutes(60)),
        (in_orders(), Pause()),
        (in_crisis(), ANSWER),
        (in_crisis(), Bet(PHONE, RESIST.id, 1)),
        (lobby(), Lobby(is_open=False)),
        (room_after(SETUP), Simulated(game())),
        (room_after(Pause(), start=in_orders()), Resume()),
        (over(), FORK),
        (over(), Close()),
    ],
    ids=lambda value: getattr(value, "kind", ""),
)
def test_what_is_possible_is_let_through(room: Room, act: Act) -> None:
    assert check_act(room, act) == act


def test_a_phone_without_a_wish_joins_the_smallest_delegation() -> None:
    room = room_after(Join("one", "north"), start=lobby())
    assert check_act(room, Join("two")) == Join("two", "south")


def test_paper_delegations_are_not_dealt() -> None:
    room = lobby(replace(SETUP, paper=("north",)))
    assert check_act(room, Join("one")) == Join("one", "south")


@pytest.mark.parametrize(
    ("room", "act", "message"),
    [
        (lobby(), SETUP, "room 'ABCD' is open already"),
        (room_after(SETUP), Begin(), "the opening day is still being simulated; try again"),
        (in_orders(), Begin(), "not now: order sheets are being filled in"),
        (
            lobby(),
            Join("one", "nort"),
            "'nort': there is no such delegation; did you mean",
        ),
        (in_orders(), Join(PHONE, "south"), "this phone belongs to North already"),
        (
            room_after(Lobby(is_open=False), start=lobby()),
            Join("one"),
            "this room is closed to further phones; ask the teacher to open it",
        ),
        (over(), Join("one"), "this room is closed to further phones"),
        (room_after(*FULL, start=lobby()), Join("one", "north"), "no place is left"),
        (lobby(), Release("nobody's"), "no delegation has such a phone"),
        (lobby(), NORTH, "this phone does not belong to North"),
        (in_orders(), replace(NORTH, phone=""), "only a phone of North can act for it"),
        (in_orders(), replace(NORTH, seat="south"), "this phone does not belong to South"),
        (in_orders(), replace(NORTH, seat="west"), "'west': there is no such delegation"),
        (in_orders(), replace(NORTH, quarter=0), "quarter 0 is over; quarter 1 is played now"),
        (in_orders(), replace(NORTH, quarter=2), "quarter 2 has not begun; this is quarter 1"),
        (in_crisis(), NORTH, "not now: a crisis is being answered"),
        (
            room_after(NORTH, start=in_orders()),
            NORTH,
            "North has sent in its sheet; the first counts",
        ),
        (
            in_orders(),
            replace(NORTH, choices={"standing:restrain:north": 1}),
            f"'standing:restrain:north': there is no such decision; did you mean {RESTRAIN.id!r}?",
        ),
        (
            in_orders(),
            replace(NORTH, choices={RESTRAIN.id: 3}),
            "restraint'; allowed: 0 (Leave it to the model), 1 (No), 2 (Yes)",
        ),
        (in_orders(), replace(NORTH, choices={RESTRAIN.id: -1}), "-1: is no answer"),
        (
            in_orders(),
            replace(NORTH, choices={CHALLENGE.id: 1, TEST.id: 1}),
            "2 initiatives: one a quarter is possible",
        ),
        (in_orders(), ANSWER, "not now: order sheets are being filled in"),
        (in_crisis(), replace(ANSWER, question="m9:answer"), "there is no such question"),
        (in_crisis(), replace(ANSWER, option=2), "2: is no answer to"),
        (
            in_crisis(),
            Answer("north", RESIST.id, 1, PHONE),
            "this question is for South",
        ),
        (
            room_after(ANSWER, start=in_crisis()),
            ANSWER,
            "this question is answered; the first answer counts",
        ),
        (lobby(), Bell(), "not now: the game has not begun"),
        (room_after(Bell(), start=in_orders()), Bell(), "not now: time is up, and the quarter is"),
        (in_orders(), Simulated(game()), "nothing is to be simulated: order sheets"),
        (lobby(), Minutes(60), "not now: the game has not begun"),
        (in_orders(), Minutes(9999), "9999 seconds: at most an hour can be added or taken away"),
        (room_after(Pause(), start=in_orders()), Pause(), "the clock stands already"),
        (in_orders(), Resume(), "the clock runs already"),
        (in_crisis(), Bet("nobody's", RESIST.id, 1), "this phone has not joined the room"),
        (
            in_crisis(),
            Bet("phone of south", RESIST.id, 1),
            "a delegation answers its own question and does not bet on it",
        ),
        (in_crisis(), Bet(PHONE, RESIST.id, 2), "2: is no answer to"),
        (in_crisis(), Bet(PHONE, "peace", 2), "'peace': there is no such question"),
        (in_orders(), Bet(PHONE, "war_any", -1), "-1: a guess is a number of at least 0"),
        (in_orders(), Bet(PHONE, "war_any", float("nan")), "nan: a guess is a number"),
        (
            room_after(Bell(), Simulated(game(2)), start=in_orders()),
            Bet(PHONE, "war_any", 1),
            "bets are made before the first quarter is over",
        ),
        (
            room_after(Bet(PHONE, "war_any", 1), start=in_orders()),
            Bet(PHONE, "war_any", 2),
            "this phone has made its guess; the first one counts",
        ),
        (in_orders(), FORK, "not now: order sheets are being filled in"),
        (over(), replace(FORK, month=2), "a fork changes one decision that the class took"),
        (over(), replace(FORK, level=1), "a fork changes the decision; this is what the class did"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_not_possible_is_refused_in_a_sentence(room: Room, act: Act, message: str) -> None:
    with pytest.raises(RequestError) as refused:
        check_act(room, act)
    assert message in str(refused.value)
    assert "\n" not in str(refused.value)
