"""Tokens of 192 random bits, of which the log holds the SHA-256 alone; codes and keys to type."""

from __future__ import annotations

from hashlib import sha256
from secrets import choice, compare_digest, token_hex

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""Of which codes are made: without signs that look alike."""
_BITS = 192
_CODE, _KEY = 5, 8


def make_token() -> str:
    """Return a new token of 192 bits."""
    return token_hex(_BITS // 8)


def hash_token(token: str) -> str:
    """Return what the log holds of a token."""
    return sha256(token.encode()).hexdigest()


def make_code() -> str:
    """Return a new code of a room: one of 29 million."""
    return "".join(choice(ALPHABET) for _ in range(_CODE))


def make_key() -> str:
    """Return a new key for the teacher, such as `K7QM-3XPD`: one of 850 thousand million."""
    key = "".join(choice(ALPHABET) for _ in range(_KEY))
    return f"{key[: _KEY // 2]}-{key[_KEY // 2 :]}"


def simplify(typed: object) -> str:
    """Return a code or a key as typed, without what people add: blanks, hyphens, small letters."""
    return "".join(sign for sign in str(typed)[:32].upper() if sign.isalnum())


def is_key(typed: object, key: str) -> bool:
    """Return whether the typed key is the right one."""
    return compare_digest(simplify(typed).encode(), simplify(key).encode())
