"""What stands before every request: the host it names, the page that sent it, its size and rate."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from typing import Any

from starlette.datastructures import MutableHeaders
from starlette.requests import HTTPConnection, Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from sim.errors import RequestError
from sim.explore.serve.guard import fail, is_own, refuse
from sim.play.web.identity import SEAT_COOKIE, TEACHER_COOKIE, read_cookie
from sim.play.web.rates import Rate

MOST_BYTES = 4096
_NOT_ACCEPTED = 4403
_SECURITY = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}


@dataclass
class Rates:
    """How often something may be asked for.

    Attributes:
        each: changes of one visitor.
        all: changes of all together.
        wrong: wrong codes and keys of one visitor.
        all_wrong: wrong codes and keys of all together: a school may be one address, so that
            addresses are not distinguished.
    """

    each: Rate = field(default_factory=lambda: Rate(10, 1))
    all: Rate = field(default_factory=lambda: Rate(400, 1))
    wrong: Rate = field(default_factory=lambda: Rate(5, 60))
    all_wrong: Rate = field(default_factory=lambda: Rate(200, 60))


def describe_policy(host: str) -> str:
    """Return what a page of the class may do: use the files of its own host, and nothing else."""
    parts = {
        "default-src": "'none'",
        "script-src": "'self'",
        "style-src": "'self'",
        "img-src": "'self' data:",
        "connect-src": f"'self' ws://{host}" if host else "'none'",  # older Safari needs ws: named
        "base-uri": "'none'",
        "form-action": "'none'",
        "frame-ancestors": "'none'",
    }
    return "; ".join(f"{name} {value}" for name, value in parts.items())


class Guard:
    """Passes on what a page of this server sent to one of its addresses, and refuses the rest."""

    def __init__(self, app: ASGIApp, hosts: Callable[[], Collection[str]], rates: Rates) -> None:
        """Guard an app that is reached under the hosts that are returned, each without its port."""
        self._app, self._hosts, self._rates = app, hosts, rates

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on a request, or refuse it."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        connection = HTTPConnection(scope)
        host = connection.headers.get("host", "")
        if scope["type"] == "websocket":
            if self._knows(host) and is_own(connection):
                await self._app(scope, receive, send)
            else:
                await send({"type": "websocket.close", "code": _NOT_ACCEPTED})
            return
        refusal = self._refuse(Request(scope, receive), host)
        named = host if self._knows(host) else ""
        await (refusal or self._app)(scope, receive, _with_headers(send, named))

    def _refuse(self, request: Request, host: str) -> Response | None:
        if not self._knows(host):
            return fail(400, "the game is not at this address")
        if request.method in ("GET", "HEAD"):
            return None
        return refuse(request, MOST_BYTES) or self._limit(request)

    def _limit(self, request: Request) -> Response | None:
        visitor = read_cookie(request, SEAT_COOKIE) or read_cookie(request, TEACHER_COOKIE)
        if not visitor:
            return fail(403, "open the page first; the browser must accept its cookie")
        if self._rates.each.allows(visitor) and self._rates.all.allows():
            return None
        return fail(429, "too much at once; wait a second")

    def _knows(self, host: str) -> bool:
        name, _, port = host.partition(":")
        return name in self._hosts() and ((port.isascii() and port.isdigit()) or host == name)


def _with_headers(send: Send, host: str) -> Send:
    """Return a `send` that adds to every answer what its page may do."""

    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            headers.setdefault("Content-Security-Policy", describe_policy(host))
            headers.update(_SECURITY)
        await send(message)

    return sending


def read_text(sent: Any, name: str, most: int = 80) -> str:
    """Return a text in what was sent; empty if it is missing or no short text."""
    value = sent.get(name, "") if isinstance(sent, dict) else ""
    return value if isinstance(value, str) and len(value) <= most else ""


def read_whole(sent: dict[str, Any], name: str) -> int:
    """Return a whole number in what was sent.

    Raises:
        RequestError: it is none.
    """
    value = sent.get(name)
    if isinstance(value, bool) or not isinstance(value, int):
        raise RequestError(f"{name}: is no whole number")
    return value
