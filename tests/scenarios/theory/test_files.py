"""The four states' scenarios differ in one thing at a time, and say so."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from typing import Any

import pytest

from sim.scenario.files.layers import read_layer
from sim.scenario.load import load_scenario
from tests.scenarios.theory.four_states import FOLDER, NAMES, load

WORDS = {"title", "description", "question", "lesson"}
TREATY = "treaties.syldavia_ruritania.concluded"
QUARREL = "pairs.ruritania_borduria"
SIZE = {"actors.ruritania.capability", "actors.ruritania.major_power"}
PATRON, MEMBER = (f"actors.{who}.nuclear_warheads" for who in ("ruritania", "syldavia"))
ONE_THING: dict[str, tuple[str, set[str]]] = {
    "unallied": ("conditional", {TREATY}),
    "unconditional": ("conditional", {"treaties.syldavia_ruritania.conditional"}),
    "among_many": ("conditional", {"treaties.syldavia_ruritania.signatories"}),
    "quarrel": ("conditional", {QUARREL}),
    "quarrel_unallied": ("quarrel", {TREATY}),
    "small_patron": ("conditional", SIZE),
    "small_patron_unallied": ("small_patron", {TREATY}),
    "umbrella": ("conditional", {PATRON}),
    "umbrella_unallied": ("umbrella", {TREATY}),
    "nuclear_member": ("umbrella", {MEMBER}),
    "nuclear_member_unallied": ("nuclear_member", {TREATY}),
}
"""The scenario from which each differs, and in what."""


def test_of_every_scenario_it_is_said_in_what_it_differs() -> None:
    assert {*ONE_THING} == {*NAMES} - {"conditional"}


@pytest.mark.parametrize("name", ONE_THING)
def test_it_differs_in_one_thing_only(name: str) -> None:
    other, keys = ONE_THING[name]
    first, second = (dict(_leaves(load(it).model_dump(mode="json"))) for it in (name, other))
    differing = {key for key in {*first, *second} if first.get(key) != second.get(key)}
    differing = {key for key in differing if key.partition(".")[0] not in WORDS}
    assert differing
    assert {next((key for key in keys if it.startswith(key)), it) for it in differing} == keys


@pytest.mark.parametrize("name", NAMES)
def test_it_has_four_invented_actors_a_title_a_question_and_a_lesson(name: str) -> None:
    own = read_layer(FOLDER / f"{name}.toml").tree
    assert {"title", "description", "question"} <= {*own}
    assert "invented" in own["description"]
    assert own["question"].endswith("?")
    assert ("lesson" in own) == (name != "unallied"), "the base of all is compared with nothing"
    assert len(load(name).actors) == 4


@pytest.mark.parametrize("word", ["title", "question"])
def test_no_two_have_the_same_title_or_question(word: str) -> None:
    assert len({getattr(load(name), word) for name in NAMES}) == len(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_the_page_of_the_folder_lists_it_with_its_base_and_question(name: str) -> None:
    page = (FOLDER / "README.md").read_text(encoding="utf-8").splitlines()
    (row,) = [line for line in page if line.startswith(f"| [{name}]({name}.toml) |")]
    scenario = load(name)
    base = f"`{scenario.lesson.base}`" if scenario.lesson else ""
    cells = [cell.strip() for cell in row.strip("|").split("|")]
    assert cells[1] == base
    assert cells[3] == scenario.question


def test_every_published_claim_has_a_source_a_range_and_scenarios_that_exist() -> None:
    known = {*load_scenario(FOLDER / "conditional.toml").bibliography}
    for row in _published():
        assert {*row["sources"].split()} <= known, row["code"]
        assert row["low"] or row["high"], row["code"]
        used = {row[column] for column in ("scenario", "base", "against", "against_base")}
        assert used - {""} <= {*NAMES}, row["code"]


def test_no_two_claims_have_the_same_code() -> None:
    codes = [row["code"] for row in _published()]
    assert len({*codes}) == len(codes) > 12


def _published() -> list[dict[str, str]]:
    with (FOLDER / "published.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _leaves(part: Any, above: str = "") -> Iterator[tuple[str, Any]]:
    """Yield every value of a tree with its dotted key; notes and sources are left out."""
    if isinstance(part, dict):
        for name, value in part.items():
            if name not in ("note", "source"):
                yield from _leaves(value, f"{above}.{name}" if above else name)
    else:
        yield above, part
