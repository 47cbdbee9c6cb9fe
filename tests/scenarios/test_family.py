"""Every scenario is a lesson: it says what it assumes, assumes no more, and what it says is so."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest

from sim.model.simulate import simulate
from sim.scenario.files.layers import Layer, read_layer, read_layers
from tests.worlds import SCENARIOS, changed, real

NAMES = sorted(file.stem for file in SCENARIOS.glob("*.toml"))
FAMILY = [name for name in NAMES if name != "pact"]
WORDS = {"title", "description", "question", "article", "headlines"}
"""What every scenario says in its own words."""
CRISES = [name.removesuffix("_no_pact") for name in NAMES if name.endswith("_no_pact")]
"""The crises that come in pairs."""


# -- titles, questions and claims -------------------------------------------------------------


@pytest.mark.parametrize("name", NAMES)
def test_it_has_a_title_a_description_a_question_and_claims_of_its_own(name: str) -> None:
    tree = _own(name).tree
    assert {"title", "description", "question", "article"} <= {*tree}
    assert tree["description"].strip().endswith(".")
    assert tree["question"].endswith("?")
    assert tree["article"]


def test_no_two_have_the_same_title_or_question() -> None:
    for word in ("title", "question"):
        assert len({_own(name).tree[word] for name in NAMES}) == len(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_the_page_on_scenarios_tells_of_it_as_it_is(name: str) -> None:
    row = next(line for line in _page() if line.startswith(f"| [{name}]({name}.toml) |"))
    _, question, moves, claims = row.strip("| ").split(" | ")[1:]
    assert question == _own(name).tree["question"]
    outcome, turn = next(iter(_own(name).tree["lesson"]["look_at"].items()))
    assert moves == f"`{outcome}`: {turn}"
    assert _spelt_out(claims) == _own(name).tree["article"]


@pytest.mark.parametrize("name", NAMES)
def test_it_runs_and_every_measure_it_shows_is_there(name: str) -> None:
    history = simulate(changed(real(name), months=3), 0, 3)
    assert {*real(name).headlines} <= {*history.worlds}


# -- assumptions ------------------------------------------------------------------------------


@pytest.mark.parametrize("name", FAMILY)
def test_it_differs_from_the_pact_in_the_keys_it_names_and_in_no_others(name: str) -> None:
    named = {key for tree in _trees(name) for key, _ in _leaves(tree)} - {"extends"} | _added(name)
    pact, own = (dict(_leaves(_assumed(it))) for it in ("pact", name))
    differing = {key for key in {*pact, *own} if pact.get(key) != own.get(key)}
    assert all(_covered(key, named) for key in differing)
    assert all(any(_covered(other, {key}) for other in differing) for key in _levers(named))


@pytest.mark.parametrize("crisis", CRISES)
def test_a_crisis_without_the_pact_differs_from_its_pair_in_the_pact_only(crisis: str) -> None:
    with_, without = (dict(_leaves(_assumed(it))) for it in (crisis, f"{crisis}_no_pact"))
    differing = {key for key in {*with_, *without} if with_.get(key) != without.get(key)}
    assert {key for key in differing if key not in WORDS} == {"treaties.pact_2024.concluded"}
    assert _own(f"{crisis}_no_pact").tree["lesson"]["base"] == crisis


def test_crises_come_in_pairs() -> None:
    assert len(CRISES) == 8
    opened = [name for name in NAMES if name in CRISES and "shocks" in _own(name).tree]
    assert sorted([*opened, "patron_hesitates"]) == CRISES


@pytest.mark.parametrize("name", FAMILY)
def test_a_lever_s_note_says_what_it_is_elsewhere(name: str) -> None:
    for key, value in _leaves(_own(name).tree):
        if key.endswith(".note") and "The lever of this scenario" in value:
            number = re.search(r": (-?\d*\.?\d+) (?:in the world of 2024|elsewhere)", value)
            if number:
                assert _at("pact", key.removesuffix(".note")) == float(number[1]), key


def test_the_pact_rests_on_parts_only() -> None:
    beneath = [layer.file for layer in read_layers(SCENARIOS / "pact.toml")[:-1]]
    assert {file.parent.name for file in beneath if file} == {"parts"}


# -- helpers ----------------------------------------------------------------------------------


@cache
def _own(name: str) -> Layer:
    return read_layer(SCENARIOS / f"{name}.toml")


def _page() -> list[str]:
    return (SCENARIOS / "README.md").read_text(encoding="utf-8").splitlines()


def _spelt_out(claims: str) -> list[str]:
    """Return claims such as 'A01 to A03, A47' one by one."""
    spelt = []
    for part in claims.split(", "):
        first, _, last = part.partition(" to ")
        numbers = range(int(first[1:]), int((last or first)[1:]) + 1)
        spelt += [f"A{number:02}" for number in numbers]
    return spelt


def _leaves(part: Any, above: str = "") -> Iterator[tuple[str, Any]]:
    """Yield every value of a tree with its dotted key."""
    if isinstance(part, dict):
        for name, value in part.items():
            yield from _leaves(value, f"{above}.{name}" if above else name)
    else:
        yield above, part


def _covered(key: str, named: set[str]) -> bool:
    """Whether a key is one of those named, or lies within one of them."""
    return any(key == other or key.startswith(f"{other}.") for other in named)


def _trees(name: str) -> list[dict[str, Any]]:
    """Return what a scenario and the files beneath it say, without the pact and its parts."""
    shared = {layer.file for layer in read_layers(SCENARIOS / "pact.toml")}
    layers = read_layers(SCENARIOS / f"{name}.toml")
    return [_without_lesson(layer.tree) for layer in layers if layer.file not in shared]


def _assumed(name: str) -> dict[str, Any]:
    """Return a scenario without its lesson."""
    return _without_lesson(real(name).model_dump(mode="json"))


def _without_lesson(tree: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in tree.items() if key != "lesson"}


def _added(name: str) -> set[str]:
    """Return what a scenario adds, with all keys the schema completes: shocks, texts, numbers."""
    texts = {f"treaties.{code}" for tree in _trees(name) for code in tree.get("treaties", {})}
    texts -= {f"treaties.{code}" for code in real("pact").treaties}
    shocks = {f"shocks.{code}" for tree in _trees(name) for code in tree.get("shocks", {})}
    keys = {key for tree in _trees(name) for key, _ in _leaves(tree)}
    return shocks | texts | {key.removesuffix(".value") for key in keys if key.endswith(".value")}


def _levers(named: set[str]) -> set[str]:
    """Return the tables of the numbers and facts a scenario changes; notes and units go with them.

    A quantity or a shock counts as one.
    """
    tables = {key.rpartition(".")[0] for key in named if key.endswith((".value", ".date"))}
    return {key for key in named - WORDS if not _covered(key, tables)} | tables


def _at(name: str, key: str) -> float:
    part: Any = real(name)
    for step in key.split("."):
        part = part[step] if isinstance(part, dict) else getattr(part, step)
    return float(part.value)
