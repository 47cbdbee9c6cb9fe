"""The table of levers at hand: it is the page of `sim levers`, read back."""

from __future__ import annotations

from pathlib import Path

import pytest

from sim.analysis.sensitivity.known_levers import find_known_page, read_known_levers
from sim.scenario.files import lookup
from sim.scenario.load import load_scenario
from tests.docs.pages import TOP
from tests.worlds import SCENARIOS

PAGE = """# The pact: what moves a measure

<!-- sim levers writes this page -->

2 numbers vary: 2 move a measure.

Each at either end.

## Numbers that move a measure, and the one they move most

| Number | Range | Measure | Low end | High end | Moves by | Interval | Moves |
| --- | --- | --- | --- | --- | --- | --- | --- |
| `rules.a.b` | 1 (0 to 2) | One \\| two | 3% | 4% | +1.50 | +0.1 to +1.2 pp | 10 |
| `rules.c` | 1 (0 to 2) | Three | 1 | 2 | +0.5 | +1 to +2 | 3 |

## Numbers that change no measure in any world

| Number | Range | Worlds that differ | Likeliest to move | Why it remains |
| --- | --- | --- | --- | --- |
| `rules.d` | 1 (0 to 2) | 0 |  | no reason |
"""


def test_the_page_is_read_back(tmp_path: Path) -> None:
    page = tmp_path / "levers.md"
    page.write_text(PAGE, "utf-8")
    known = read_known_levers(page)
    assert known.title == "The pact: what moves a measure"
    assert known.notes == ("2 numbers vary: 2 move a measure.", "Each at either end.")
    first, second = known.levers
    assert (first.key, first.measure, first.moved) == ("rules.a.b", "One | two", 10)
    assert second.effect == "Three, 1 to 2"


def test_the_page_of_the_project_is_that_of_the_pact_and_names_its_numbers() -> None:
    page = find_known_page(SCENARIOS / "pact.toml")
    assert page == TOP / "docs" / "levers.md"
    known = read_known_levers(page)
    keys = {key for key, _ in load_scenario(SCENARIOS / "pact.toml").scenario.iter_quantities()}
    assert len(known.levers) > 100
    assert {lever.key for lever in known.levers} <= keys
    assert "numbers vary" in known.notes[0]


def test_another_scenario_has_none(tmp_path: Path) -> None:
    assert find_known_page(SCENARIOS / "no_pact.toml") is None
    assert find_known_page(tmp_path / "pact.toml") is None


def test_in_an_installed_package_the_page_stands_beside_the_scenarios(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    module = tmp_path / "sim" / "scenario" / "files" / "lookup.py"
    monkeypatch.setattr(lookup, "__file__", str(module))
    page = tmp_path / "sim" / "scenarios" / "reference" / "levers.md"
    page.parent.mkdir(parents=True)
    scenario = page.parents[1] / "pact.toml"
    assert find_known_page(scenario) is None
    page.touch()
    assert find_known_page(scenario) == page
