"""Serving: the page with its panel, on a free port, by processes that are ended."""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from typer.testing import CliRunner

from sim.cli.app import app
from sim.errors import WorkerError
from sim.explore.build import PackOptions, build_pack
from sim.explore.serve import run
from sim.explore.serve.run import ANEW_SCRIPT, serve_page
from sim.explore.serve.worlds import AnewWorlds
from tests.docs.pages import TOP
from tests.explore.serve.fake import sides
from tests.explore.small import folder_of


def test_the_page_is_served_on_a_free_port(monkeypatch: pytest.MonkeyPatch) -> None:
    served: list[Any] = []

    def record(server: uvicorn.Server, sockets: Any) -> None:
        served.append((server.config.app, sockets[0].getsockname()))
        sockets[0].close()

    monkeypatch.setattr(uvicorn.Server, "run", record)
    header = build_pack(sides(), PackOptions(("sim", "explore")).quick())
    ready: list[str] = []
    serve_page(header, sides(), 0, ready.append, workers=1)
    ((_, (host, port)),) = served
    assert host == "127.0.0.1"
    assert ready == [f"http://127.0.0.1:{port}/"]


def test_the_panel_asks_no_other_host() -> None:
    script = ANEW_SCRIPT.read_text("utf-8")
    assert "http" not in script
    assert 'fetch("anew' in script


def test_the_command_serves_instead_of_writing(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    opened: list[str] = []

    def serve(_header: object, _sides: object, port: int, ready: Any, *_: object) -> None:
        ready(f"http://127.0.0.1:{port}/")

    monkeypatch.setattr(run, "serve_page", serve)
    monkeypatch.setattr("webbrowser.open", opened.append)
    words = ["explore", str(folder_of("pact")), "--quick", "--serve", "--open", "--port", "8123"]
    result = CliRunner().invoke(app, words)
    assert result.exit_code == 0, result.output
    assert result.stdout.startswith("http://127.0.0.1:8123/\n")
    assert "Ctrl-C ends it" in result.stdout
    assert opened == ["http://127.0.0.1:8123/"]
    assert not list(tmp_path.iterdir())


@pytest.mark.slow
def test_processes_are_warmed_and_a_lost_one_is_said() -> None:
    worlds = AnewWorlds(1)
    scenario = sides().first.model_copy(update={"months": 1})

    async def lose_one() -> None:
        await worlds.warm(scenario, ["war_any"])
        assert await worlds.simulate(scenario, 2, ["war_any"], lambda: True)
        (process,) = multiprocessing.active_children()
        process.kill()
        with pytest.raises(WorkerError, match="start sim explore --serve again"):
            await worlds.simulate(scenario, 4, ["war_any"], lambda: True)

    try:
        asyncio.run(lose_one())
    finally:
        worlds.close()


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="asks for a process by a signal")
def test_processes_end_with_a_server_that_is_killed() -> None:
    words = [sys.executable, "-m", "tests.explore.serve.orphan"]
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True, cwd=TOP) as server:
        assert server.stdout
        worker = int(server.stdout.readline())
        server.kill()
        server.stdout.close()
    for _ in range(100):
        if not is_running(worker):
            return
        time.sleep(0.1)
    raise AssertionError("the process goes on")


def is_running(process: int) -> bool:
    """Return whether there is such a process."""
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True
