"""The server of a class, put together."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from starlette.applications import Starlette
from starlette.middleware import Middleware

from sim.play.web.guard import Guard
from sim.play.web.routes import pages, phone, teacher
from sim.play.web.state import Web


def create_app(web: Web) -> Starlette:
    """Return the server of a class."""

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        await web.desk.open()
        try:
            yield
        finally:
            await web.debriefs.close()
            await web.desk.close()

    routes = [*pages.routes(), *phone.routes(), *teacher.routes()]
    guard = Middleware(Guard, hosts=web.reach.hosts, rates=web.rates)
    app = Starlette(routes=routes, middleware=[guard], lifespan=lifespan)
    app.state.web = web
    return app
