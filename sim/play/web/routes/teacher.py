"""The routes of the teacher: rooms, clocks, phones and the file; none of them moves for a seat."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import BaseRoute, Route, WebSocketRoute
from starlette.websockets import WebSocket

from sim.errors import RequestError
from sim.explore.serve.guard import fail
from sim.play.acts import Act, Begin, Bell, Close, Lobby, Minutes, Pause, Release, Resume
from sim.play.class_file import render_class_file
from sim.play.tokens import is_key, make_code
from sim.play.web.guard import read_text, read_whole
from sim.play.web.identity import SEAT_COOKIE, TEACHER_COOKIE, give_cookie, read_cookie
from sim.play.web.push import GONE
from sim.play.web.state import answering, for_teacher, read_json, send_view, web_of
from sim.play.web.views.teacher import show_teacher

MOST_ROOMS = 12
_ADDED_SECONDS = 60
_SANDBOX = "sandbox allow-scripts allow-downloads; frame-ancestors 'none'"
_ACTS: dict[str, Callable[[], Act]] = {
    "begin": Begin,
    "bell": Bell,
    "pause": Pause,
    "resume": Resume,
    "minute": lambda: Minutes(_ADDED_SECONDS),
    "open": lambda: Lobby(is_open=True),
    "shut": lambda: Lobby(is_open=False),
    "close": Close,
}
"""What the teacher does in a room, beside releasing a phone."""


def routes() -> list[BaseRoute]:
    """Return the routes."""
    return [
        Route("/teacher/key", answering(_enter), methods=["POST"]),
        Route("/teacher/state", _state),
        WebSocketRoute("/teacher/ws", _socket),
        Route("/teacher/act", for_teacher(_act), methods=["POST"]),
        Route("/teacher/room", for_teacher(_open_room), methods=["POST"]),
        Route("/teacher/file/{room}", for_teacher(_send_file)),
        Route("/teacher/turns", for_teacher(_offer_turns), methods=["POST"]),
        Route("/teacher/turn", for_teacher(_turn), methods=["POST"]),
        Route("/teacher/debrief", for_teacher(_prepare), methods=["POST"]),
        Route("/teacher/debrief/{room}", for_teacher(_send_debrief)),
    ]


async def _enter(request: Request) -> Response:
    """Make a browser the teacher's, by the key on the terminal."""
    web, sent = web_of(request), await read_json(request)
    visitor = read_cookie(request, SEAT_COOKIE)
    if web.rates.wrong.is_spent(visitor) or web.rates.all_wrong.is_spent():
        raise RequestError("too many wrong keys; wait a minute")
    if not is_key(sent.get("key", ""), web.key):
        web.rates.wrong.allows(visitor)
        web.rates.all_wrong.allows()
        return fail(403, "this is not the key; it stands on the terminal")
    response = JSONResponse({})
    give_cookie(response, TEACHER_COOKIE, web.token)
    return response


async def _state(request: Request) -> Response:
    web = web_of(request)
    known = web.is_teacher(request)
    return send_view(
        show_teacher(web.desk, web.debriefs, web.reach.addresses()) if known else {"out": True}
    )


async def _socket(socket: WebSocket) -> None:
    web = web_of(socket)
    if not web.is_teacher(socket):
        await socket.accept()
        await socket.close(GONE)
        return
    visitor = f"teacher:{read_cookie(socket, TEACHER_COOKIE)}"

    def view() -> dict[str, Any]:
        return show_teacher(web.desk, web.debriefs, web.reach.addresses())

    await web.desk.hub.serve(socket, visitor, view)


async def _act(request: Request) -> Response:
    web, sent = web_of(request), await read_json(request)
    what, code = read_text(sent, "what"), read_text(sent, "room")
    if code not in web.desk.rooms:
        raise RequestError("there is no such room")
    if what == "release":
        act: Act = Release(read_text(sent, "phone"))
    elif what in _ACTS:
        act = _ACTS[what]()
    else:
        raise RequestError(f"what: allowed are release, {', '.join(_ACTS)}")
    await web.desk.act(code, act, read_text(sent, "id"))
    return JSONResponse({})


async def _open_room(request: Request) -> Response:
    """Open another room with the same world: what differs between rooms is what they decide."""
    web = web_of(request)
    rooms = web.desk.rooms
    if len(rooms) >= MOST_ROOMS:
        raise RequestError(f"a class has at most {MOST_ROOMS} rooms")
    first = next(iter(rooms.values())).setup
    await web.desk.act(make_code(), replace(first))
    return JSONResponse({})


async def _send_file(request: Request) -> Response:
    """Send the game of a room as a scenario file."""
    web, code = web_of(request), request.path_params["room"]
    room = web.desk.rooms.get(code)
    if room is None:
        return fail(404, "there is no such room")
    name = f"class-{list(web.desk.rooms).index(code) + 1}.toml"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(render_class_file(room), media_type="application/toml", headers=headers)


async def _offer_turns(request: Request) -> Response:
    """List what could have been decided otherwise, once the game is over."""
    web, sent = web_of(request), await read_json(request)
    web.debriefs.offer(read_text(sent, "room"))
    return JSONResponse({})


async def _turn(request: Request) -> Response:
    """Choose a decision to be changed in the debrief; the game stays as it was played."""
    web, sent = web_of(request), await read_json(request)
    code = read_text(sent, "room")
    fork = web.debriefs.find_turn(code, read_whole(sent, "number"), read_whole(sent, "level"))
    await web.desk.act(code, fork, read_text(sent, "id"))
    return JSONResponse({})


async def _prepare(request: Request) -> Response:
    web, sent = web_of(request), await read_json(request)
    web.debriefs.prepare(read_text(sent, "room"), read_whole(sent, "worlds"))
    return JSONResponse({})


async def _send_debrief(request: Request) -> Response:
    """Send the page of a debrief, which has a policy of its own; it cannot act for the teacher."""
    page = web_of(request).debriefs.pages.get(request.path_params["room"])
    if page is None:
        return fail(404, "there is no debrief yet")
    return HTMLResponse(page, headers={"Content-Security-Policy": _SANDBOX})
