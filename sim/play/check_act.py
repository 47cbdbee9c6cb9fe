"""Whether something can be done in a room now, and the one sentence that says why not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import replace
from math import isfinite
from typing import Any

from sim.errors import RequestError
from sim.play.acts import (
    Act,
    Answer,
    Begin,
    Bell,
    Bet,
    Close,
    Create,
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
from sim.play.room import Phase, Room
from sim.play.sheet import Mode, Question
from sim.scenario.files.messages import find_nearest_name

MOST_PHONES = 12
"""Most phones in one delegation."""
_MOST_SECONDS = 3600
_SAID = {
    Phase.LOBBY: "the game has not begun",
    Phase.ORDERS: "order sheets are being filled in",
    Phase.CRISIS: "a crisis is being answered",
    Phase.SIMULATING: "time is up, and the quarter is being simulated",
    Phase.OVER: "the game is over",
}


def check_act(room: Room | None, act: Act) -> Act:
    """Return the act as it is to be written; a phone without a delegation is dealt one.

    Raises:
        RequestError: it cannot be done now. One sentence says why.
    """
    if room is None:
        if not isinstance(act, Create):
            raise RequestError("there is no such room")
        return act
    if isinstance(act, Create):
        raise RequestError(f"room {room.code!r} is open already")
    checked: Act = _CHECKS[type(act)](room, act)
    return checked


def _check_join(room: Room, act: Join) -> Act:
    if not room.is_open or room.phase is Phase.OVER:
        raise RequestError("this room is closed to further phones; ask the teacher to open it")
    if act.phone in room.phones:
        raise RequestError(f"this phone belongs to {_name(room, room.phones[act.phone])} already")
    seats = [code for code in room.seats if code not in room.setup.paper]
    phones = Counter(room.phones.values())
    free = [code for code in seats if phones[code] < MOST_PHONES]
    if act.seat:
        _require_known("delegation", act.seat, seats)
    if not free or (act.seat and act.seat not in free):
        raise RequestError(f"no place is left: a delegation has at most {MOST_PHONES} phones")
    return replace(act, seat=act.seat or min(free, key=lambda code: phones[code]))


def _check_release(room: Room, act: Release) -> Act:
    if act.phone not in room.phones:
        raise RequestError("no delegation has such a phone")
    return act


def _check_begin(room: Room, act: Begin) -> Act:
    _require_phase(room, Phase.LOBBY)
    if room.game is None:
        raise RequestError("the opening day is still being simulated; try again in a moment")
    return act


def _check_order(room: Room, act: Order) -> Act:
    _require_own(room, act.seat, act.phone)
    if act.quarter < room.quarter:
        raise RequestError(f"quarter {act.quarter} is over; quarter {room.quarter} is played now")
    if act.quarter > room.quarter:
        raise RequestError(f"quarter {act.quarter} has not begun; this is quarter {room.quarter}")
    _require_phase(room, Phase.ORDERS)
    if act.seat in room.current.sheets:
        raise RequestError(f"{_name(room, act.seat)} has sent in its sheet; the first counts")
    sheet = room.sheet(act.seat)
    questions = {question.id: question for question in sheet.questions} if sheet else {}
    for name, option in act.choices.items():
        _require_known("decision", name, questions)
        _require_option(questions[name], option)
    _require_one_initiative(questions[name] for name, option in act.choices.items() if option)
    return act


def _check_answer(room: Room, act: Answer) -> Act:
    _require_own(room, act.seat, act.phone)
    asked = {question.id: question for question in room.game.questions} if room.game else {}
    if act.question in room.current.answers:
        raise RequestError("this question is answered; the first answer counts")
    _require_phase(room, Phase.CRISIS)
    _require_known("question", act.question, asked)
    question = asked[act.question]
    if question.seat != act.seat:
        raise RequestError(f"this question is for {_name(room, question.seat)}")
    _require_option(question, act.option)
    return act


def _check_bell(room: Room, act: Bell) -> Act:
    _require_phase(room, Phase.ORDERS, Phase.CRISIS)
    return act


def _check_simulated(room: Room, act: Simulated) -> Act:
    if not room.needs_engine:
        raise RequestError(f"nothing is to be simulated: {_SAID[room.phase]}")
    return act


def _check_minutes(room: Room, act: Minutes) -> Act:
    _require_phase(room, Phase.ORDERS, Phase.CRISIS)
    if abs(act.seconds) > _MOST_SECONDS:
        raise RequestError(f"{act.seconds} seconds: at most an hour can be added or taken away")
    return act


def _check_pause(room: Room, act: Pause) -> Act:
    if room.is_paused:
        raise RequestError("the clock stands already")
    return act


def _check_resume(room: Room, act: Resume) -> Act:
    if not room.is_paused:
        raise RequestError("the clock runs already")
    return act


def _check_bet(room: Room, act: Bet) -> Act:
    seat = room.phones.get(act.phone)
    if seat is None:
        raise RequestError("this phone has not joined the room")
    if (act.phone, act.subject) in room.bets:
        raise RequestError("this phone has made its guess; the first one counts")
    if act.subject in room.setup.bets:
        return _check_guess(room, act)
    asked = {question.id: question for question in room.open_questions}
    _require_known("question", act.subject, asked)
    if asked[act.subject].seat == seat:
        raise RequestError("a delegation answers its own question and does not bet on it")
    _require_option(asked[act.subject], act.value)
    return act


def _check_guess(room: Room, act: Bet) -> Act:
    """Check a bet on a figure, which is made before the first quarter has been simulated."""
    if room.phase is not Phase.LOBBY and room.quarter > 1:
        raise RequestError("bets are made before the first quarter is over")
    if not isfinite(act.value) or act.value < 0:
        raise RequestError(f"{act.value}: a guess is a number of at least 0")
    return act


def _check_fork(room: Room, act: Fork) -> Act:
    _require_phase(room, Phase.OVER)
    decided = {move[:-1]: move.level for move in room.moves}
    if (act.month, *act.key) not in decided:
        raise RequestError("a fork changes one decision that the class took")
    if decided[act.month, *act.key] == act.level:
        raise RequestError("a fork changes the decision; this is what the class did")
    return act


def _check_anything(_room: Room, act: Act) -> Act:
    return act


def _require_phase(room: Room, *phases: Phase) -> None:
    if room.phase not in phases:
        raise RequestError(f"not now: {_SAID[room.phase]}")


def _require_own(room: Room, seat: str, phone: str) -> None:
    """Require that an act for a delegation comes from one of its phones, or from paper."""
    _require_known("delegation", seat, room.seats)
    if phone and room.phones.get(phone) != seat:
        raise RequestError(f"this phone does not belong to {_name(room, seat)}")
    if not phone and seat not in room.setup.paper:
        raise RequestError(f"only a phone of {_name(room, seat)} can act for it")


def _require_known(kind: str, name: str, known: Iterable[str]) -> None:
    names = list(known)
    if name not in names:
        nearest = find_nearest_name(name, names)
        hint = f"; did you mean {nearest!r}?" if nearest else ""
        raise RequestError(f"{name!r}: there is no such {kind}{hint}")


def _require_option(question: Question, option: float) -> None:
    if option not in range(len(question.options)):
        allowed = ", ".join(
            f"{number} ({option.words})" for number, option in enumerate(question.options)
        )
        raise RequestError(f"{option}: is no answer to {question.text!r}; allowed: {allowed}")


def _require_one_initiative(taken: Iterable[Question]) -> None:
    initiatives = [question for question in taken if question.mode is Mode.INITIATIVE]
    if len(initiatives) > 1:
        raise RequestError(f"{len(initiatives)} initiatives: one a quarter is possible")


def _name(room: Room, seat: str) -> str:
    return next((each.name for each in room.setup.seats if each.code == seat), seat)


_CHECKS: dict[type, Callable[[Room, Any], Act]] = {
    Join: _check_join,
    Release: _check_release,
    Lobby: _check_anything,
    Begin: _check_begin,
    Order: _check_order,
    Answer: _check_answer,
    Bell: _check_bell,
    Simulated: _check_simulated,
    Minutes: _check_minutes,
    Pause: _check_pause,
    Resume: _check_resume,
    Bet: _check_bet,
    Fork: _check_fork,
    Close: _check_anything,
}
