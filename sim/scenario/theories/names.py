"""Names that a theory gets wrong: the nearest one, and all of them where they are few."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

_FEW = 8


def suggest_name(name: str, known: Iterable[str], verb: str) -> str:
    """Return what could be meant by a name, as the end of a message.

    Args:
        name: the name that is wrong.
        known: the names that there are.
        verb: what the theory does with those, such as "it declares".
    """
    names = list(known)
    near = get_close_matches(name, names, n=1)
    if near:
        return f"; {verb} {near[0]!r}"
    if len(names) > _FEW:
        return f"; {verb} {len(names)} others"
    return f"; {verb} {', '.join(map(repr, names)) or 'none'}"
