"""Pages that open in a browser once they are written."""

from __future__ import annotations

import webbrowser
from pathlib import Path

import pytest

from sim.cli.pages import require_page, writing_page
from sim.errors import RequestError
from tests.cli.conftest import Sim

PAGE = Path("page.html")


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    addresses = list[str]()
    monkeypatch.setattr(webbrowser, "open", addresses.append)
    return addresses


@pytest.mark.parametrize("wanted", [True, False])
def test_a_page_opens_only_if_asked(
    wanted: bool, opened: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with writing_page(PAGE, open_=wanted):
        pass
    assert opened == ([PAGE.resolve().as_uri()] if wanted else [])
    assert capsys.readouterr().out == f"{PAGE}\n"


def test_a_page_that_could_not_be_written_does_not_open(opened: list[str]) -> None:
    with pytest.raises(RequestError), writing_page(PAGE, open_=True):
        raise RequestError("no room")
    assert opened == []


def test_there_must_be_a_page_to_open() -> None:
    require_page(PAGE, open_=True)
    require_page(None, open_=False)
    with pytest.raises(RequestError, match="there is no --html"):
        require_page(None, open_=True)


@pytest.mark.parametrize("command", ["compare", "stress"])
def test_a_command_says_so_before_it_simulates(sim: Sim, command: str) -> None:
    result = sim(command, "whole.toml", "whole.toml", "--open")
    assert result.exit_code == 2
    assert result.stderr.strip() == (
        "--open: opens the page that --html FILE writes, and there is no --html"
    )
