"""The state of a room: a fold over its log, in which the engine is not needed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from sim.errors import ResultsError
from sim.play.acts import (
    Answer,
    Begin,
    Bell,
    Bet,
    Close,
    Create,
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
from sim.play.game import Choices, Game, Move, Orders
from sim.play.news import News
from sim.play.sheet import Question, Sheet


class Phase(StrEnum):
    """What a room waits for."""

    LOBBY = "lobby"
    """The class gathers."""
    ORDERS = "orders"
    """Order sheets."""
    CRISIS = "crisis"
    """Answers."""
    SIMULATING = "simulating"
    """The engine."""
    OVER = "over"
    """Nothing: all quarters are played, or the room is closed."""


@dataclass(frozen=True)
class Room:
    """The state of a room.

    Attributes:
        code: of the room.
        setup: how it was opened.
        phase: what it waits for.
        game: as last simulated; None until the opening day is.
        phones: the delegation of each phone, by the hash of its token.
        is_open: whether further phones may join.
        orders: the sheets sent in and the answers given, by quarter, those of the current one
            included; answers that did not come in time are None.
        moves: what the class decided in all full quarters so far.
        news: of all full quarters so far.
        digests: of the history, each time the engine has recorded it: quarter and digest.
        is_paused: whether the clock stands.
        ends_at: when the bell is due, in seconds since 1970; None where the clock stands, and
            while there is nothing to wait for.
        left: seconds left where the clock stands.
        bets: the guesses, by phone and subject.
        forks: what the class would have done otherwise.
        last: number of the last entry.
        last_at: its time.
    """

    code: str
    setup: Create
    phase: Phase = Phase.LOBBY
    game: Game | None = None
    phones: Mapping[str, str] = field(default_factory=dict)
    is_open: bool = True
    orders: Mapping[int, Orders] = field(default_factory=dict)
    moves: tuple[Move, ...] = ()
    news: tuple[News, ...] = ()
    digests: tuple[tuple[int, str], ...] = ()
    is_paused: bool = False
    ends_at: float | None = None
    left: float = 0.0
    bets: Mapping[tuple[str, str], Bet] = field(default_factory=dict)
    forks: tuple[Fork, ...] = ()
    last: int = 0
    last_at: float = 0.0

    @property
    def quarter(self) -> int:
        """The quarter that is played, from 1; 0 before the opening day is simulated."""
        return self.game.quarter if self.game else 0

    @property
    def seats(self) -> tuple[str, ...]:
        """The codes of the delegations, in their order."""
        return tuple(seat.code for seat in self.setup.seats)

    @property
    def present(self) -> tuple[str, ...]:
        """The delegations with a phone, or on paper."""
        there = {*self.phones.values(), *self.setup.paper}
        return tuple(code for code in self.seats if code in there)

    @property
    def silent(self) -> tuple[str, ...]:
        """The delegations that nobody has joined: the model plays them."""
        return tuple(code for code in self.seats if code not in self.present)

    @property
    def current(self) -> Orders:
        """What has come in for the quarter that is played."""
        return self.orders.get(self.quarter, Orders())

    @property
    def standing(self) -> dict[str, Choices]:
        """The options on the last sheet of each delegation."""
        sent = [self.orders[quarter].sheets for quarter in sorted(self.orders)]
        return {seat: choices for sheets in sent for seat, choices in sheets.items()}

    @property
    def awaited(self) -> tuple[str, ...]:
        """The delegations that are there and awaited: for a sheet, or for an answer."""
        if self.phase is Phase.ORDERS:
            return tuple(code for code in self.present if code not in self.current.sheets)
        return tuple(dict.fromkeys(question.seat for question in self.open_questions))

    @property
    def open_questions(self) -> tuple[Question, ...]:
        """The crises that wait for an answer of a delegation that is there."""
        if self.phase is not Phase.CRISIS or self.game is None:
            return ()
        answered, there = self.current.answers, self.present
        return tuple(
            question
            for question in self.game.questions
            if question.id not in answered and question.seat in there
        )

    def sheet(self, seat: str) -> Sheet | None:
        """Return the order sheet of a delegation; None where there is none to fill in."""
        sheets = self.game.sheets if self.game and self.phase is Phase.ORDERS else ()
        return next((sheet for sheet in sheets if sheet.seat == seat), None)

    def bell_due(self, now: float) -> bool:
        """Whether time is up, or everybody who is there is in."""
        if self.phase not in (Phase.ORDERS, Phase.CRISIS) or self.is_paused:
            return False
        everybody = bool(self.present) and not self.awaited
        return everybody or (self.ends_at is not None and now >= self.ends_at)

    @property
    def needs_engine(self) -> bool:
        """Whether the engine has something to simulate."""
        return self.phase is Phase.SIMULATING or (self.game is None and self.phase is Phase.LOBBY)


def fold(room: Room | None, entry: Entry) -> Room:
    """Return the room after an entry; the first one opens it."""
    if isinstance(entry.act, Create):
        after = Room(entry.room, entry.act)
    elif room is None:
        raise ResultsError(f"the log of room {entry.room!r} does not begin with its opening")
    else:
        after = _FOLDS[type(entry.act)](room, entry.act, entry.at)
    return replace(after, last=entry.number, last_at=entry.at)


def _join(room: Room, act: Join, _at: float) -> Room:
    return replace(room, phones={**room.phones, act.phone: act.seat})


def _release(room: Room, act: Release, _at: float) -> Room:
    left = {phone: seat for phone, seat in room.phones.items() if phone != act.phone}
    return replace(room, phones=left)


def _set_lobby(room: Room, act: Lobby, _at: float) -> Room:
    return replace(room, is_open=act.is_open)


def _begin(room: Room, _act: Begin, at: float) -> Room:
    return _wait(room, Phase.ORDERS, at)


def _order(room: Room, act: Order, _at: float) -> Room:
    sheets = {**room.current.sheets, act.seat: act.choices}
    return _with_current(room, replace(room.current, sheets=sheets))


def _answer(room: Room, act: Answer, _at: float) -> Room:
    answers = {**room.current.answers, act.question: act.option}
    return _with_current(room, replace(room.current, answers=answers))


def _ring(room: Room, _act: Bell, _at: float) -> Room:
    """Leave to the model what has not come in; who is there by now is asked in crises."""
    asked = room.game.questions if room.phase is Phase.CRISIS and room.game else ()
    answers = {question.id: None for question in asked} | {**room.current.answers}
    present = room.present if room.phase is Phase.ORDERS else room.current.present
    current = replace(room.current, answers=answers, present=present)
    return replace(_with_current(room, current), phase=Phase.SIMULATING, ends_at=None, left=0.0)


def _record(room: Room, act: Simulated, at: float) -> Room:
    game = act.game
    room = replace(room, game=game, digests=(*room.digests, (game.quarter, game.digest)))
    if game.questions:
        return _wait(room, Phase.CRISIS, at)
    room = replace(room, moves=room.moves + game.moves, news=room.news + game.news)
    if game.is_over:
        return replace(room, phase=Phase.OVER, ends_at=None)
    return room if room.phase is Phase.LOBBY else _wait(room, Phase.ORDERS, at)


def _add_time(room: Room, act: Minutes, _at: float) -> Room:
    if room.ends_at is None:
        return replace(room, left=max(room.left + act.seconds, 0.0))
    return replace(room, ends_at=room.ends_at + act.seconds)


def _pause(room: Room, act: Pause, at: float) -> Room:
    left = room.left if room.ends_at is None else max(room.ends_at - (act.since or at), 0.0)
    return replace(room, is_paused=True, ends_at=None, left=left)


def _resume(room: Room, _act: Resume, at: float) -> Room:
    waits = room.phase in (Phase.ORDERS, Phase.CRISIS)
    return replace(room, is_paused=False, ends_at=at + room.left if waits else None, left=0.0)


def _bet(room: Room, act: Bet, _at: float) -> Room:
    return replace(room, bets={**room.bets, (act.phone, act.subject): act})


def _fork(room: Room, act: Fork, _at: float) -> Room:
    return replace(room, forks=(*room.forks, act))


def _close(room: Room, _act: Close, _at: float) -> Room:
    return replace(room, phase=Phase.OVER, is_open=False, ends_at=None)


def _wait(room: Room, phase: Phase, at: float) -> Room:
    """Return the room as it begins to wait, with the time that the phase has."""
    setup = room.setup
    seconds = setup.crisis_seconds if phase is Phase.CRISIS else setup.order_seconds
    if room.is_paused:
        return replace(room, phase=phase, ends_at=None, left=float(seconds))
    return replace(room, phase=phase, ends_at=at + seconds, left=0.0)


def _with_current(room: Room, current: Orders) -> Room:
    return replace(room, orders={**room.orders, room.quarter: current})


_FOLDS: dict[type, Callable[[Room, Any, float], Room]] = {
    Join: _join,
    Release: _release,
    Lobby: _set_lobby,
    Begin: _begin,
    Order: _order,
    Answer: _answer,
    Bell: _ring,
    Simulated: _record,
    Minutes: _add_time,
    Pause: _pause,
    Resume: _resume,
    Bet: _bet,
    Fork: _fork,
    Close: _close,
}
