"""The pages and their files, the projector, the QR code, and what says that a class is here."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import cache
from pathlib import Path
from secrets import token_hex
from typing import Any

from starlette.requests import HTTPConnection, Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Route, WebSocketRoute
from starlette.websockets import WebSocket

from sim.explore.serve.guard import fail
from sim.play.tokens import make_token
from sim.play.web.addresses import PROBE_TEXT, draw_code
from sim.play.web.identity import SEAT_COOKIE, give_cookie
from sim.play.web.push import GONE, VIEWER
from sim.play.web.state import Web, send_view, web_of
from sim.play.web.views.projector import find_room, show_projector

FOLDER = Path(__file__).parents[1]
PAGES = {"/": "phone", "/laptop": "laptop", "/teacher": "teacher", "/projector": "projector"}
"""The address of each page, and its file."""
_KINDS = {".js": "text/javascript", ".css": "text/css"}


def routes() -> list[BaseRoute]:
    """Return the routes."""
    return [
        *(Route(path, _page(name)) for path, name in PAGES.items()),
        Route("/static/{name}", _static),
        Route("/qr/{place:int}", _qr),
        Route("/probe", _probe),
        Route("/projector/state", _state),
        WebSocketRoute("/projector/ws", _socket),
    ]


def _page(name: str) -> Callable[[Request], Awaitable[Response]]:
    async def send(request: Request) -> Response:
        """Send a page; a browser that is new has a cookie from now on, by which tries count."""
        response = HTMLResponse(_read(FOLDER / "pages" / f"{name}.html"))
        if SEAT_COOKIE not in request.cookies:
            give_cookie(response, SEAT_COOKIE, make_token())
        return response

    return send


async def _static(request: Request) -> Response:
    name = request.path_params["name"]
    if name not in _list_static():
        return fail(404, "there is no such file")
    file = FOLDER / "static" / name
    return Response(_read(file), media_type=_KINDS[file.suffix])


@cache
def _list_static() -> frozenset[str]:
    return frozenset(file.name for file in (FOLDER / "static").iterdir() if file.suffix in _KINDS)


@cache
def _read(file: Path) -> str:
    return file.read_text("utf-8")


async def _probe(_request: Request) -> Response:
    return PlainTextResponse(PROBE_TEXT)


async def _qr(request: Request) -> Response:
    """Draw the QR code of an address; it holds the address alone, and no code."""
    addresses, place = web_of(request).reach.addresses(), request.path_params["place"]
    if not 0 <= place < len(addresses):
        return fail(404, "there is no such address")
    return Response(draw_code(addresses[place]), media_type="image/svg+xml")


async def _state(request: Request) -> Response:
    view = _view(web_of(request), request)
    return send_view(view) if view else fail(404, "there is no such room")


async def _socket(socket: WebSocket) -> None:
    web = web_of(socket)
    room = find_room(web.desk, socket.query_params.get("room", "1"))
    if room is None:
        await socket.accept()
        await socket.close(GONE)
        return
    await web.desk.hub.serve(
        socket, f"{VIEWER}{token_hex(8)}", lambda: _view(web, socket), room.code
    )


def _view(web: Web, viewer: HTTPConnection) -> dict[str, Any] | None:
    addresses = web.reach.addresses() if web.is_teacher(viewer) else []
    return show_projector(web.desk, viewer.query_params.get("room", "1"), addresses)
