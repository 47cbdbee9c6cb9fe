"""The server: the page, what its panel offers, and worlds simulated anew.

Only this computer is answered: the server listens on the loopback address, answers requests that
name it as their host, and simulates only for a page that it sent itself.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route

from sim.errors import RequestError, SimError
from sim.explore.serve.answer import compare_anew
from sim.explore.serve.guard import HEADERS, LOOPBACK, fail, refuse
from sim.explore.serve.position import Position, edited, read_position
from sim.explore.serve.worlds import AnewWorlds, Columns
from sim.explore.sides import Sides
from sim.model.measures.registry import Measure

_MOST_BYTES = 65_536
_PAGES = 64
"""Number of open pages whose newest position is remembered."""


@dataclass
class Anew:
    """What is behind the panel of a served page.

    Attributes:
        page: the page.
        sides: the runs on it.
        measures: the outcomes that are compared.
        worlds: simulates.
    """

    page: str
    sides: Sides
    measures: list[Measure]
    worlds: AnewWorlds
    _newest: OrderedDict[str, int] = field(default_factory=OrderedDict)

    @property
    def names(self) -> list[str]:
        """The columns that are simulated: the outcomes, and what they are given."""
        every = [name for each in self.measures for name in (each.name, each.given) if name]
        return list(dict.fromkeys(every))

    def controls(self) -> dict[str, Any]:
        """Return what the panel offers beside the numbers on the page: the switches."""
        return {
            "sides": [
                {"name": results.name, "mechanisms": scenario.mechanisms.model_dump()}
                for results, scenario in zip(self.sides.results, self.sides.scenarios, strict=True)
            ]
        }

    async def answer(self, position: Position) -> dict[str, Any] | None:
        """Return the outcomes of a position; None if a newer one of the same page has come.

        Raises:
            SimError: the position makes no valid scenario.
        """
        self._newest[position.page] = max(position.number, self._newest.get(position.page, 0))
        while len(self._newest) > _PAGES:
            self._newest.popitem(last=False)
        place = self._place(position.side)
        scenario = await asyncio.to_thread(edited, self.sides.scenarios[place], position)
        worlds = min(position.worlds, len(self.sides.worlds))
        after = await self.worlds.simulate(
            scenario, worlds, self.names, lambda: self._is_newest(position)
        )
        if after is None or not self._is_newest(position):
            return None
        before = self._before(place, worlds)
        return {"worlds": worlds, "rows": list(compare_anew(self.measures, before, after))}

    def _is_newest(self, position: Position) -> bool:
        return self._newest.get(position.page, 0) <= position.number

    def _place(self, side: str) -> int:
        names = [results.name for results in self.sides.results]
        if side not in names:
            raise RequestError(f"side {side!r}: allowed are {', '.join(names)}")
        return names.index(side)

    def _before(self, place: int, worlds: int) -> Columns:
        results = self.sides.results[place]
        return {name: results.column(name)[:worlds] for name in self.names}


def create_app(anew: Anew) -> Starlette:
    """Return the server of a page."""

    async def page(_request: Request) -> Response:
        return HTMLResponse(anew.page, headers=HEADERS)

    async def controls(_request: Request) -> Response:
        return JSONResponse(anew.controls(), headers=HEADERS)

    async def simulate(request: Request) -> Response:
        if refusal := refuse(request, _MOST_BYTES):
            return refusal
        try:
            found = await anew.answer(read_position(await request.json()))
        except SimError as error:
            return fail(400, str(error).replace("--set ", ""))
        except ValueError:
            return fail(400, "the request is not JSON")
        return fail(409, "superseded") if found is None else JSONResponse(found, headers=HEADERS)

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        warming = asyncio.create_task(anew.worlds.warm(anew.sides.first, anew.names))
        yield
        warming.cancel()
        anew.worlds.close()

    routes = [
        Route("/", page),
        Route("/anew/controls", controls),
        Route("/anew", simulate, methods=["POST"]),
    ]
    hosts = Middleware(TrustedHostMiddleware, allowed_hosts=[LOOPBACK, "localhost"])
    return Starlette(routes=routes, middleware=[hosts], lifespan=lifespan)
