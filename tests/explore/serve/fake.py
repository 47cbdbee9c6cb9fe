"""Runs and a pool for the served page: small ones, and in this process."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Executor, Future
from functools import cache
from typing import Any

from sim.explore.data.outcomes import choose_headlines
from sim.explore.serve.app import Anew
from sim.explore.serve.worlds import AnewWorlds
from sim.explore.sides import Sides, open_sides
from tests.explore.small import folder_of

HOST = "http://127.0.0.1:8000"
JSON = {"Origin": HOST}


class Here(Executor):
    """Runs a task at once in this process, and notes what was asked for."""

    def __init__(self) -> None:
        self.asked: list[tuple[Any, ...]] = []

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Run the task."""
        self.asked.append(args)
        future: Future[Any] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as error:
            future.set_exception(error)
        return future


@cache
def sides() -> Sides:
    """Return the pact against no pact, with few worlds."""
    return open_sides([folder_of("pact"), folder_of("no_pact")])


def anew(page: str = "<p>the page</p>", pool: Executor | None = None) -> Anew:
    """Return what is behind a served page."""
    measures = choose_headlines(sides())
    return Anew(page, sides(), measures, AnewWorlds(2, pool or Here()))


def position(**changes: Any) -> dict[str, Any]:
    """Return a position as a page sends it."""
    return {"page": "p", "number": 1, "side": "pact", "worlds": 250} | changes
