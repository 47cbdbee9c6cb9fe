"""`sim explore`: one page from results or scenarios, and one message for each mistake."""

from __future__ import annotations

import re
from base64 import b64decode
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from sim.cli.app import app
from sim.cli.commands.start.explore import DEFAULT_WORLDS
from sim.cli.options import SizeOptions
from sim.explore.data.pack import decode_pack
from tests.explore.small import folder_of
from tests.worlds import SCENARIOS

Explore = Callable[..., Result]
PAGE = Path("page.html")


@pytest.fixture
def explore(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Explore:
    """`sim explore --quick` in an empty folder."""
    monkeypatch.chdir(tmp_path)
    runner = CliRunner(env={"TERM": "dumb", "NO_COLOR": "1", "COLUMNS": "100"})
    return lambda *words: runner.invoke(app, ["explore", *map(str, words), "--quick"])


def packed(page: Path) -> dict[str, Any]:
    """Return the header of the pack in a page."""
    [text] = re.findall(r'id="worlds">\s*([A-Za-z0-9+/=]+)', page.read_text("utf-8"))
    return decode_pack(b64decode(text))


def test_results_become_a_page_whose_path_is_printed(explore: Explore) -> None:
    result = explore(folder_of("pact"), folder_of("no_pact"), "--to", PAGE)
    assert (result.exit_code, result.stdout) == (0, "page.html\n"), result.stderr
    header = packed(PAGE)
    assert [side["title"] for side in header["sides"]] == ["The pact", "No pact"]
    assert header["command"].startswith("sim explore ")
    assert (header["choices"], header["stress"], header["stories"]) == ([], None, None)


def test_a_scenario_is_simulated_first_with_its_pairs(explore: Explore) -> None:
    scenario = SCENARIOS / "no_pact.toml"
    result = explore(scenario, "--worlds", "200", "--months", "2", "--workers", "1")
    assert result.exit_code == 0, result.stderr
    header = packed(Path("explorer.html"))
    assert (header["worlds"], header["months"]) == (200, 2)


def test_a_scenario_without_a_size_gets_worlds_enough(
    explore: Explore, monkeypatch: pytest.MonkeyPatch
) -> None:
    sizes: list[SizeOptions] = []

    def simulate(_: object, __: object, size: SizeOptions, *___: object) -> list[Path]:
        sizes.append(size)
        return [folder_of()]

    monkeypatch.setattr("sim.cli.inputs.simulate_inputs", simulate)
    assert explore(SCENARIOS / "pact.toml").exit_code == 0
    assert explore(folder_of(), "--to", PAGE).exit_code == 0
    assert [size.worlds for size in sizes] == [DEFAULT_WORLDS, None]


def test_an_existing_page_is_not_overwritten_unless_forced(explore: Explore) -> None:
    PAGE.write_text("mine", "utf-8")
    result = explore(folder_of(), "--to", PAGE)
    assert result.exit_code == 2
    assert result.stderr == "--to page.html: already exists; --force overwrites it\n"
    assert PAGE.read_text("utf-8") == "mine"
    assert explore(folder_of(), "--to", PAGE, "--force").exit_code == 0
    assert packed(PAGE)["worlds"] == 210


def test_a_page_is_opened_when_asked(explore: Explore, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    monkeypatch.setattr("webbrowser.open", opened.append)
    assert explore(folder_of(), "--to", PAGE, "--open").exit_code == 0
    assert opened == [PAGE.resolve().as_uri()]


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ([folder_of, folder_of], "is named twice"),
        (["a", "b", "c", "d"], "4 scenarios on one page\n    allowed: 1 to 3"),
        ([folder_of, "--measure", "war_widr"], "did you mean 'war_wider'?"),
        (["nowhere.toml"], "nowhere.toml: there is no such file"),
        ([folder_of, "--worlds", "500"], "does not apply to finished results"),
    ],
)
def test_a_mistake_has_one_message_and_leaves_no_page(
    explore: Explore, words: list[Any], message: str
) -> None:
    given = [word() if callable(word) else word for word in words]
    result = explore(*given, "--to", PAGE)
    assert result.exit_code == 2
    assert message in result.stderr
    assert list(Path().glob("*.html")) == []


def test_a_page_that_cannot_be_written_leaves_nothing_behind(explore: Explore) -> None:
    Path("taken").write_text("a file", "utf-8")
    result = explore(folder_of(), "--to", "taken/page.html")
    assert result.exit_code == 2
    assert "--to taken/page.html: cannot be written" in result.stderr
    assert [file.name for file in Path().iterdir()] == ["taken"]
