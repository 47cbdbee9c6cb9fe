"""A class in a process of its own, which can be killed: `python -m tests.play.web.serving`.

Its engine answers at once; the rest is what `sim play` serves.
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from sim.explore.serve.guard import LOOPBACK
from sim.explore.serve.run import open_socket
from sim.play.web.addresses import Reach
from sim.play.web.run import make_server
from tests.docs.pages import TOP
from tests.play.web.fake import open_web

NAME = "classroom.test"
"""A name of this computer that browsers do not take for a secure context, as with phones."""
KEY = "AAAA-BBBB"


@dataclass
class Server:
    """A class that is served, killed and served again."""

    file: Path
    port: int
    rooms: tuple[str, ...] = ("ABCDE",)
    _process: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> str:
        """Where phones find it."""
        return f"http://{NAME}:{self.port}"

    @property
    def here(self) -> str:
        """Where this computer finds it."""
        return f"http://{LOOPBACK}:{self.port}"

    def start(self) -> None:
        """Serve, and return once it answers."""
        words = [str(self.file), str(self.port), *self.rooms]
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.play.web.serving", *words],
            cwd=TOP,
            start_new_session=True,
        )
        for _ in range(600):
            with suppress(URLError, ConnectionError, TimeoutError):
                with urlopen(f"{self.here}/probe", timeout=1) as answer:
                    answer.read()
                return
            time.sleep(0.05)
        raise AssertionError("the server does not answer")

    def memory(self) -> float:
        """Return the megabytes that the server holds; 0 where the system does not say."""
        status = Path(f"/proc/{self._process.pid if self._process else 0}/status")
        if not status.is_file():
            return 0.0
        lines = dict(line.split(":", 1) for line in status.read_text().splitlines())
        return int(lines["VmRSS"].split()[0]) / 1024

    def kill(self) -> None:
        """Kill it as a lost power supply would, and all that it started."""
        if self._process:
            with suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait(10)
            self._process = None


@contextmanager
def serving(file: Path, rooms: tuple[str, ...] = ("ABCDE",)) -> Iterator[Server]:
    """Yield a class that is served on a free port, and ended."""
    with socket.socket() as free:
        free.bind((LOOPBACK, 0))
        port = free.getsockname()[1]
    server = Server(file, port, rooms)
    server.start()
    try:
        yield server
    finally:
        server.kill()


def main() -> None:
    """Serve on the loopback address alone, under the name of a classroom too."""
    file, port, *rooms = sys.argv[1:]
    web = open_web(Path(file), rooms=tuple(rooms))
    web.desk.make_pool = lambda: ThreadPoolExecutor(1)
    web.reach = Reach(int(port), True, lambda: [NAME])
    web.key = KEY
    make_server(web).run(sockets=[open_socket(int(port))])


if __name__ == "__main__":
    main()
