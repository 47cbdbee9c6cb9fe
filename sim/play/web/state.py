"""What all routes share: the desk, the rates, the teacher's key, and the addresses."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from functools import wraps
from json import JSONDecodeError
from time import time
from typing import Any

from starlette.requests import HTTPConnection, Request
from starlette.responses import JSONResponse, Response

from sim.errors import SimError
from sim.explore.serve.guard import fail
from sim.play.tokens import hash_token, make_key
from sim.play.web.addresses import Reach
from sim.play.web.debriefs import Debriefs
from sim.play.web.desk import Desk
from sim.play.web.guard import Rates
from sim.play.web.identity import SEAT_COOKIE, TEACHER_COOKIE, read_cookie
from sim.play.web.members import Member, find_member

Handler = Callable[[Request], Awaitable[Response]]


@dataclass
class Web:
    """What all routes share.

    Attributes:
        desk: the class.
        reach: where the class is found.
        token: what a browser is given that has the teacher's key.
        rates: how often something may be asked for.
        key: by which a browser becomes the teacher's; a new one each time, on the terminal only.
        debriefs: what is prepared for the debriefs of the rooms.
    """

    desk: Desk
    reach: Reach
    token: str
    rates: Rates = field(default_factory=Rates)
    key: str = field(default_factory=make_key)
    debriefs: Debriefs = field(init=False)

    def __post_init__(self) -> None:
        """Prepare debriefs at the same desk."""
        self.debriefs = Debriefs(self.desk)

    def member(self, connection: HTTPConnection) -> Member | None:
        """Return what a visitor is in the class, by the cookie alone; None if nothing."""
        return find_member(self.desk.rooms, read_cookie(connection, SEAT_COOKIE))

    def is_teacher(self, connection: HTTPConnection) -> bool:
        """Return whether a browser has been given the teacher's cookie, now or before a restart."""
        visitor = read_cookie(connection, TEACHER_COOKIE)
        known = {room.setup.teacher for room in self.desk.rooms.values()}
        return bool(visitor) and visitor in {hash_token(self.token), *known}


def web_of(connection: HTTPConnection) -> Web:
    """Return what the routes of an app share."""
    web: Web = connection.app.state.web
    return web


def answering(handler: Handler) -> Handler:
    """Return a handler whose errors are answered with their one sentence."""

    @wraps(handler)
    async def answer(request: Request) -> Response:
        try:
            return await handler(request)
        except SimError as error:
            return fail(409, str(error))

    return answer


def for_teacher(handler: Handler) -> Handler:
    """Return a handler that answers the teacher alone."""

    @wraps(handler)
    async def answer(request: Request) -> Response:
        if not web_of(request).is_teacher(request):
            return fail(401, "only the teacher can do this; the key is on the terminal")
        return await answering(handler)(request)

    return answer


async def read_json(request: Request) -> dict[str, Any]:
    """Return what was sent; empty if it is no object."""
    try:
        sent = await request.json()
    except (JSONDecodeError, UnicodeDecodeError, RecursionError):
        return {}
    return sent if isinstance(sent, dict) else {}


def send_view(view: dict[str, Any]) -> Response:
    """Return a view with the time of the server."""
    return JSONResponse(view | {"now": time()})
