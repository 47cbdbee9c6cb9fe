"""Tries whether this computer answers at its addresses, before a class is there."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from sim.explore.serve.run import open_socket
from sim.play.web.addresses import PROBE_TEXT, list_addresses, make_addresses, probe

_EVERYWHERE = ""
"""All addresses of this computer."""


def check_addresses(port: int) -> Iterator[tuple[str, bool]]:
    """Yield each address of this computer, and whether it answers there.

    Raises:
        RequestError: the port is taken.
    """
    with _answering(port) as used:
        yield from probe(make_addresses(list_addresses(), used))


@contextmanager
def _answering(port: int) -> Iterator[int]:
    """Answer probes, and nothing else, in the networks of this computer; yield the port."""
    listening = open_socket(port, _EVERYWHERE)
    app = Starlette(routes=[Route("/probe", _say)])
    server = uvicorn.Server(uvicorn.Config(app, log_level="warning", access_log=False))
    thread = Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    try:
        yield listening.getsockname()[1]
    finally:
        server.should_exit = True
        thread.join(5)
        listening.close()


async def _say(_request: Request) -> Response:
    return PlainTextResponse(PROBE_TEXT)
