"""Serves a class until Ctrl-C: on this computer alone, or in its networks."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from concurrent.futures import Executor
from contextlib import suppress
from dataclasses import dataclass

import uvicorn

from sim.explore.serve.guard import LOOPBACK
from sim.explore.serve.run import open_socket
from sim.explore.serve.worlds import spawn_pool
from sim.play.classroom import Classroom
from sim.play.web.addresses import Reach
from sim.play.web.app import create_app
from sim.play.web.desk import Desk
from sim.play.web.guard import MOST_BYTES
from sim.play.web.state import Web

_WORKERS = 2
_PING_SECONDS = 15.0
_MOST_CONNECTIONS = 600


@dataclass(frozen=True)
class Invitation:
    """What the terminal says when the class is open.

    Attributes:
        teacher: the address of the teacher's page with the key, on this computer.
        key: the key alone, for another device of the teacher's.
        projector: the address of the projector's page, on this computer.
        phones: the addresses for phones, the likeliest first; none without `lan`.
        codes: the codes of the rooms.
    """

    teacher: str
    key: str
    projector: str
    phones: tuple[str, ...]
    codes: tuple[str, ...]


def serve_class(
    classroom: Classroom,
    port: int,
    ready: Callable[[Invitation], object],
    *,
    token: str,
    lan: bool = False,
    make_pool: Callable[[], Executor] = lambda: spawn_pool(_WORKERS),
) -> None:
    """Serve a class until Ctrl-C.

    Args:
        classroom: the class, with a room at least.
        port: the port; 0 for one that is free.
        ready: called once the addresses can be opened.
        token: what a browser is given that has the teacher's key.
        lan: whether everybody in the networks of this computer is answered.
        make_pool: makes the processes of the engine.

    Raises:
        RequestError: the port is taken.
    """
    listening = open_socket(port, "" if lan else LOOPBACK)
    web = Web(Desk(classroom, make_pool), Reach(listening.getsockname()[1], lan), token)
    ready(invite(web, classroom.rooms))
    with suppress(KeyboardInterrupt):  # Ctrl-C is how a server is meant to end
        make_server(web).run(sockets=[listening])


def make_server(web: Web) -> uvicorn.Server:
    """Return the server of a class, which writes no log of who asked for what."""
    config = uvicorn.Config(
        create_app(web),
        log_level="warning",
        access_log=False,
        proxy_headers=False,
        server_header=False,
        limit_concurrency=_MOST_CONNECTIONS,
        timeout_graceful_shutdown=1,
        ws="websockets-sansio",
        ws_max_size=MOST_BYTES,
        ws_ping_interval=_PING_SECONDS,
        ws_per_message_deflate=False,
    )
    return uvicorn.Server(config)


def invite(web: Web, codes: Iterable[str]) -> Invitation:
    """Return what the terminal says of a class."""
    here = f"http://{LOOPBACK}:{web.reach.port}"
    return Invitation(
        f"{here}/teacher#{web.key}",
        web.key,
        f"{here}/projector",
        tuple(web.reach.addresses()),
        tuple(codes),
    )
