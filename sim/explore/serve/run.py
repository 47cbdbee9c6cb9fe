"""Serves a page until Ctrl-C."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import uvicorn

from sim.errors import RequestError
from sim.experiment.execution.workers import count_processors
from sim.explore.data.outcomes import choose_headlines
from sim.explore.page import render_page
from sim.explore.serve.app import Anew, create_app
from sim.explore.serve.guard import LOOPBACK
from sim.explore.serve.worlds import AnewWorlds
from sim.explore.sides import Sides

ANEW_SCRIPT = Path(__file__).with_name("anew.js")
_MOST_WORKERS = 8
"""More processes answer no sooner: a block has a fixed cost."""


def serve_page(
    header: dict[str, Any],
    sides: Sides,
    port: int,
    ready: Callable[[str], object],
    measures: tuple[str, ...] = (),
    workers: int | None = None,
) -> None:
    """Serve the page of a pack on this computer until Ctrl-C.

    Args:
        header: the pack.
        sides: the runs in it.
        port: the port; 0 for one that is free.
        ready: called with the address once it can be opened.
        measures: the outcomes shown first; empty for the headlines.
        workers: number of processes.

    Raises:
        RequestError: the port is taken.
    """
    listening = open_socket(port)
    page = render_page(header, ANEW_SCRIPT.read_text("utf-8"))
    count = workers or min(count_processors(), _MOST_WORKERS)
    anew = Anew(page, sides, choose_headlines(sides, measures), AnewWorlds(count))
    config = uvicorn.Config(
        create_app(anew), log_level="warning", access_log=False, timeout_graceful_shutdown=1
    )
    ready(f"http://{LOOPBACK}:{listening.getsockname()[1]}/")
    with suppress(KeyboardInterrupt):  # Ctrl-C is how a server is meant to end
        uvicorn.Server(config).run(sockets=[listening])


def open_socket(port: int, host: str = LOOPBACK) -> socket.socket:
    """Return a socket that listens on an address of this computer; empty for all of them.

    Raises:
        RequestError: the port is taken.
    """
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    if os.name != "nt":
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
        listening.listen()
    except OSError as error:
        listening.close()
        raise RequestError(
            f"--port {port}: cannot be used: {error.strerror}\n    allowed: a free port, or 0"
        ) from None
    return listening
