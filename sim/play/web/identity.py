"""Who somebody is: a cookie with a token, which no script can read and no other site can use."""

from __future__ import annotations

from starlette.requests import HTTPConnection
from starlette.responses import Response

from sim.play.tokens import hash_token

SEAT_COOKIE, TEACHER_COOKIE = "alliance-seat", "alliance-teacher"
"""The cookie of a phone or a laptop, and that of the teacher."""
_SECONDS = 20 * 3600
"""A cookie ends with the day."""


def read_cookie(connection: HTTPConnection, name: str) -> str:
    """Return the SHA-256 of a visitor's token; empty if there is none."""
    token = connection.cookies.get(name, "")
    return hash_token(token) if token else ""


def give_cookie(response: Response, name: str, token: str) -> None:
    """Have a browser hold a token."""
    response.set_cookie(name, token, max_age=_SECONDS, httponly=True, samesite="strict")
