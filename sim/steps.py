"""The steps of long work, announced to a listener if there is one.

A step is announced where it begins, in one line, so that a page or an analysis need not pass a
callback through all its functions. Results do not depend on it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

Listener = Callable[[str, int], None]
"""Called with the name of a step that begins, and how many of its kind there are in all."""

_listener: ContextVar[Listener | None] = ContextVar("listener", default=None)


def announce(step: str, of: int = 1) -> None:
    """Say that a step begins.

    Args:
        step: what is done, such as `Drawing figures`; steps of one kind have one name.
        of: how many steps of this kind there are in all.
    """
    if listener := _listener.get():
        listener(step, of)


@contextmanager
def listen(listener: Listener) -> Iterator[None]:
    """Call the listener at every step that the body announces."""
    token = _listener.set(listener)
    try:
        yield
    finally:
        _listener.reset(token)
