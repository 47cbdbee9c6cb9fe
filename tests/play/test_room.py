"""The state of a room is a fold over its log."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sim.errors import ResultsError
from sim.play.acts import (
    Answer,
    Begin,
    Bell,
    Bet,
    Close,
    Entry,
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
from sim.play.room import Phase, fold
from tests.play.rooms import (
    MOVE,
    RESIST,
    SETUP,
    crisis,
    game,
    in_crisis,
    in_orders,
    lobby,
    over,
    room_after,
)


def test_a_new_room_waits_for_the_engine_and_then_for_the_class() -> None:
    opened = room_after(SETUP)
    assert (opened.phase, opened.needs_engine, opened.quarter) == (Phase.LOBBY, True, 0)
    assert (lobby().phase, lobby().needs_engine, lobby().quarter) == (Phase.LOBBY, False, 1)


def test_a_log_that_does_not_begin_with_its_opening_is_none() -> None:
    with pytest.raises(ResultsError, match="does not begin with its opening"):
        fold(None, Entry(1, "ABCD", 0.0, "id", Begin()))


def test_delegations_without_a_phone_are_silent_and_not_awaited() -> None:
    room = in_orders(joined=["south"])
    assert (room.present, room.silent, room.awaited) == (("south",), ("north",), ("south",))
    assert room_after(Release("phone of south"), start=room).silent == ("north", "south")


def test_paper_is_as_good_as_a_phone() -> None:
    assert in_orders(replace(SETUP, paper=("north",)), []).awaited == ("north",)


def test_a_sheet_that_is_in_is_no_longer_awaited_and_the_bell_is_due_when_all_are_in() -> None:
    room = in_orders()
    assert not room.bell_due(now=room.last_at)
    room = room_after(Order("north", 1, {"a": 1}), start=room)
    assert (room.awaited, room.standing) == (("south",), {"north": {"a": 1}})
    room = room_after(Order("south", 1), start=room)
    assert room.bell_due(now=room.last_at)


def test_the_bell_is_due_when_time_is_up() -> None:
    room = in_orders()
    assert room.ends_at == room.last_at + SETUP.order_seconds
    assert [room.bell_due(room.ends_at + after) for after in (-1, 0)] == [False, True]


def test_time_can_be_added_and_taken_away() -> None:
    room = in_orders()
    assert room.ends_at is not None
    assert room_after(Minutes(60), Minutes(-10), start=room).ends_at == room.ends_at + 50


def test_the_clock_stands_and_goes_on_with_what_was_left() -> None:
    room = in_orders()
    began, ends = room.last_at, room.ends_at
    room = room_after(Pause(), Minutes(5), start=room, at=began + 9)
    assert ends is not None
    paused = room.left - 5
    assert paused == ends - (began + 9 + room.last - 1)
    assert not room.bell_due(now=1e9)
    room = room_after(Resume(), start=room, at=5000.0)
    assert room.ends_at == room.last_at + paused + 5


def test_the_clock_can_be_stopped_as_of_an_earlier_moment() -> None:
    room = in_orders()
    stopped = room_after(Pause(since=room.last_at), start=room, at=9000.0)
    assert stopped.left == SETUP.order_seconds


def test_a_quarter_that_begins_while_the_clock_stands_has_its_whole_time() -> None:
    room = room_after(Bell(), Pause(), Simulated(game(2)), start=in_orders())
    assert (room.phase, room.ends_at, room.left) == (Phase.ORDERS, None, SETUP.order_seconds)


def test_the_bell_leaves_the_crisis_to_the_model_where_nobody_answered() -> None:
    room = room_after(Bell(), start=in_crisis())
    assert room.phase is Phase.SIMULATING
    assert room.current.answers == {RESIST.id: None}


def test_an_answer_counts_and_is_no_longer_awaited() -> None:
    assert in_crisis().awaited == ("south",)
    room = room_after(Answer("south", RESIST.id, 1), start=in_crisis())
    assert (room.awaited, room.bell_due(room.last_at)) == ((), True)
    assert room_after(Bell(), start=room).current.answers == {RESIST.id: 1}


def test_who_is_there_at_the_bell_is_asked_in_the_crises_of_the_quarter() -> None:
    room = room_after(Release("phone of north"), Bell(), start=in_orders())
    assert room.current.present == ("south",)
    room = room_after(Simulated(crisis()), Join("another", "north"), Bell(), start=room)
    assert room.current.present == ("south",)


def test_moves_and_news_count_once_the_quarter_is_complete() -> None:
    room = in_crisis()
    assert (room.moves, room.news, room.digests) == ((), (), ((1, "as it was"),) * 2)
    room = room_after(Bell(), Simulated(game(2)), start=room)
    assert (room.moves, len(room.news), room.phase) == ((MOVE,), 1, Phase.ORDERS)
    assert room.sheet("south") is not None
    assert room.sheet("nobody") is None


def test_the_game_is_over_after_the_last_quarter_or_when_it_is_closed() -> None:
    assert (over().phase, over().sheet("south")) == (Phase.OVER, None)
    assert room_after(Close(), start=in_orders()).phase is Phase.OVER


def test_the_lobby_bets_and_forks_are_remembered() -> None:
    room = room_after(
        Lobby(is_open=False), Bet("phone of north", "war_any", 12.0), start=in_orders()
    )
    assert (room.is_open, room.bets["phone of north", "war_any"].value) == (False, 12.0)
    fork = Fork(1, ("challenge", "north", "south", "feud"), 0)
    assert room_after(fork, start=over()).forks == (fork,)
