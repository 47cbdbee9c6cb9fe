"""The routes of phones and laptops: to join, to order, to answer, to bet.

Who acts is taken from the cookie. A phone has one delegation, and what it sends cannot name
another; a laptop has those that the teacher gave it, and names one of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route, WebSocketRoute
from starlette.websockets import WebSocket

from sim.errors import RequestError
from sim.play.acts import Act, Answer, Bet, Join, Order
from sim.play.tokens import hash_token, make_token, simplify
from sim.play.web.guard import read_text, read_whole
from sim.play.web.identity import SEAT_COOKIE, give_cookie, read_cookie
from sim.play.web.members import Device, Member, phone_id
from sim.play.web.push import GONE
from sim.play.web.state import Web, answering, for_teacher, read_json, send_view, web_of
from sim.play.web.views.phone import describe_sent, show_member

_NO_MEMBER = "this browser has no seat; join with the code"


@dataclass(frozen=True)
class _Actor:
    """Who acts: in which room, for which delegation, by which device."""

    room: str
    seat: str
    phone: str


def routes() -> list[BaseRoute]:
    """Return the routes."""
    return [
        Route("/state", _state),
        WebSocketRoute("/ws", _socket),
        Route("/join", answering(_join), methods=["POST"]),
        Route("/order", answering(_order), methods=["POST"]),
        Route("/answer", answering(_answer), methods=["POST"]),
        Route("/bet", answering(_bet), methods=["POST"]),
        Route("/laptop/look", for_teacher(_look), methods=["POST"]),
        Route("/laptop/join", for_teacher(_join_laptop), methods=["POST"]),
    ]


async def _state(request: Request) -> Response:
    web = web_of(request)
    member = web.member(request)
    return send_view(show_member(web.desk, member) if member else {"out": True})


async def _socket(socket: WebSocket) -> None:
    web = web_of(socket)
    visitor, member = read_cookie(socket, SEAT_COOKIE), web.member(socket)
    if member is None:
        await socket.accept()
        await socket.close(GONE)
        return

    def view() -> dict[str, Any] | None:
        now = web.member(socket)
        return show_member(web.desk, now) if now else None

    await web.desk.hub.serve(socket, visitor, view, member.room)


async def _join(request: Request) -> Response:
    web, sent = web_of(request), await read_json(request)
    code = require_code(web, request, sent)
    if web.is_teacher(request):
        raise RequestError(
            "this is the teacher's browser, which takes no seat; a laptop for several does"
        )
    if web.member(request):
        raise RequestError("this browser has a seat already")
    token = make_token()
    await web.desk.act(code, Join(phone_id(hash_token(token))))
    return _welcome(token, code)


async def _look(request: Request) -> Response:
    """Tell the teacher which delegations a laptop can hold."""
    web, sent = web_of(request), await read_json(request)
    room = web.desk.rooms[require_code(web, request, sent)]
    seats = [
        {"code": seat.code, "name": seat.name, "free": seat.code not in room.phones.values()}
        for seat in room.setup.seats
    ]
    return JSONResponse({"seats": seats})


async def _join_laptop(request: Request) -> Response:
    """Make the browser a laptop that holds delegations without a phone."""
    web, sent = web_of(request), await read_json(request)
    code = require_code(web, request, sent)
    device = _read_device(sent)
    seats = sent.get("seats")
    room = web.desk.rooms[code]
    if not isinstance(seats, list) or not seats or not set(map(str, seats)) <= set(room.seats):
        raise RequestError("choose at least one delegation of this room")
    if taken := [seat for seat in seats if seat in room.phones.values()]:
        raise RequestError(f"{', '.join(taken)}: has phones of its own, which decide for it")
    if web.member(request):
        raise RequestError("this browser has a seat already")
    token = make_token()
    for seat in seats:
        await web.desk.act(code, Join(phone_id(hash_token(token), device, seat), seat))
    return _welcome(token, code)


def _read_device(sent: dict[str, Any]) -> Device:
    if sent.get("device") not in (Device.LAPTOP, Device.PAPER):
        raise RequestError("device: allowed are laptop and paper")
    return Device(sent["device"])


def _welcome(token: str, code: str) -> Response:
    """Give a browser its seat; the token is new, so that no older one can be planted on it."""
    response = JSONResponse({"room": code})
    give_cookie(response, SEAT_COOKIE, token)
    return response


def require_code(web: Web, request: Request, sent: dict[str, Any]) -> str:
    """Return the code of a room that was typed; the tries are counted.

    Raises:
        RequestError: there is no such room, or there were too many tries.
    """
    visitor = read_cookie(request, SEAT_COOKIE)
    if web.rates.wrong.is_spent(visitor) or web.rates.all_wrong.is_spent():
        raise RequestError("too many wrong codes; wait a minute")
    code = simplify(sent.get("code", ""))
    if code not in web.desk.rooms:
        web.rates.wrong.allows(visitor)
        web.rates.all_wrong.allows()
        raise RequestError("there is no room with this code; it stands on the projector")
    return code


async def _order(request: Request) -> Response:
    web, sent = web_of(request), await read_json(request)
    actor = _require_actor(web.member(request), sent)
    order = Order(actor.seat, read_whole(sent, "quarter"), _read_choices(sent), actor.phone)
    return await _record(web, actor, order, read_text(sent, "id"))


async def _answer(request: Request) -> Response:
    web, sent = web_of(request), await read_json(request)
    actor = _require_actor(web.member(request), sent)
    option = read_whole(sent, "option")
    answer = Answer(actor.seat, read_text(sent, "question", 200), option, actor.phone)
    return await _record(web, actor, answer, read_text(sent, "id"))


async def _bet(request: Request) -> Response:
    web, sent = web_of(request), await read_json(request)
    actor = _require_actor(web.member(request), sent)
    value = sent.get("value")
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 100:
        raise RequestError("value: a guess is a number from 0 to 100")
    bet = Bet(actor.phone, read_text(sent, "subject", 200), float(value))
    return await _record(web, actor, bet, read_text(sent, "id"))


async def _record(web: Web, actor: _Actor, act: Act, act_id: str) -> Response:
    """Answer once it is on the disk, with the time that the log has.

    The id is made the actor's own, so that nobody's can be taken by another.
    """
    if not act_id:
        raise RequestError("id: missing")
    entry = await web.desk.act(actor.room, act, hash_token(f"{actor.phone}:{act_id}"))
    room = web.desk.rooms[actor.room]
    ledger = web.desk.ledger
    match entry.act:
        case Order() as order:
            sent = ledger.sheets.get((actor.room, order.quarter, order.seat))
        case Answer() as answer:
            sent = ledger.answers.get((actor.room, answer.question))
        case _:
            sent = None
    return JSONResponse(describe_sent(room, sent))


def _require_actor(member: Member | None, sent: dict[str, Any]) -> _Actor:
    """Return who acts.

    Raises:
        RequestError: the browser has no seat; or it is a laptop that does not hold the one named.
    """
    if member is None:
        raise RequestError(_NO_MEMBER)
    if member.device is Device.PHONE:
        ((seat, phone),) = member.phones.items()
        return _Actor(member.room, seat, phone)
    seat = read_text(sent, "seat")
    if seat not in member.phones:
        raise RequestError("this laptop does not hold that delegation")
    return _Actor(member.room, seat, member.phones[seat])


def _read_choices(sent: dict[str, Any]) -> dict[str, int]:
    choices = sent.get("choices")
    if not isinstance(choices, dict):
        raise RequestError("choices: is not an object")
    return {name: read_whole(choices, name) for name in choices}
