"""Who somebody is: a cookie of 192 random bits, of which the log holds the SHA-256 alone."""

from __future__ import annotations

from hashlib import sha256
from secrets import choice, compare_digest, token_hex

from starlette.requests import HTTPConnection
from starlette.responses import Response

from sim.play.opening import ALPHABET

SEAT_COOKIE, TEACHER_COOKIE = "alliance-seat", "alliance-teacher"
"""The cookie of a phone or a laptop, and that of the teacher."""
_BITS = 192
_SECONDS = 20 * 3600
"""A cookie ends with the day."""
_KEY = 8


def make_token() -> str:
    """Return a new token of 192 bits."""
    return token_hex(_BITS // 8)


def make_key() -> str:
    """Return a new key for the teacher, such as `K7QM-3XPD`: one of 850 thousand million."""
    key = "".join(choice(ALPHABET) for _ in range(_KEY))
    return f"{key[: _KEY // 2]}-{key[_KEY // 2 :]}"


def hash_token(token: str) -> str:
    """Return what the log holds of a token."""
    return sha256(token.encode()).hexdigest()


def simplify(typed: object) -> str:
    """Return a code or a key as typed, without what people add: blanks, hyphens, small letters."""
    return "".join(sign for sign in str(typed).upper()[:32] if sign.isalnum())


def is_key(typed: object, key: str) -> bool:
    """Return whether the typed key is the right one."""
    return compare_digest(simplify(typed).encode(), simplify(key).encode())


def read_cookie(connection: HTTPConnection, name: str) -> str:
    """Return the SHA-256 of a visitor's token; empty if there is none."""
    token = connection.cookies.get(name, "")
    return hash_token(token) if token else ""


def give_cookie(response: Response, name: str, token: str) -> None:
    """Have a browser hold a token; no script can read it, and no other site can use it."""
    response.set_cookie(name, token, max_age=_SECONDS, httponly=True, samesite="strict")
