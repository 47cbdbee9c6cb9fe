"""Nothing in the engine depends on a name: with all names replaced, histories are the same."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import sim.model
from sim.model.randomness import streams
from sim.model.recording.history import History
from sim.model.simulate import simulate
from sim.scenario.schema.scenario import Scenario
from tests.model.compare_histories import same
from tests.worlds import SCENARIOS, still, tangle

Key = Callable[..., streams.PhiloxKey]


@pytest.fixture
def original() -> Key:
    """The generator's key of a draw, made of its names."""
    return streams.philox_key


def test_actors_under_other_names_have_the_same_histories(
    monkeypatch: pytest.MonkeyPatch, original: Key
) -> None:
    _is_the_same_under_other_names(tangle(months=12), 100, monkeypatch, original)


@pytest.mark.slow
def test_the_powers_of_the_real_scenario_are_not_known_by_name(
    monkeypatch: pytest.MonkeyPatch, original: Key
) -> None:
    pact = still("pact")  # the codes of further treaties are made of names
    _is_the_same_under_other_names(pact, 100, monkeypatch, original)


def test_without_the_old_draw_keys_other_names_have_other_draws() -> None:
    scenario = tangle(months=6)
    renamed = _renamed(scenario, _new_names(scenario))
    before, after = simulate(scenario, 0, 50), simulate(renamed, 0, 50)
    assert before.events["month"].tolist() != after.events["month"].tolist()


def test_no_name_of_any_scenario_occurs_in_the_engine() -> None:
    text = "\n".join(
        file.read_text(encoding="utf-8") for file in Path(sim.model.__path__[0]).rglob("*.py")
    )
    words = {word for file in SCENARIOS.rglob("*.toml") for word in _words(file)}
    assert words > {"russia", "Pyongyang", "korea", "us_rok_1953"}
    lower = text.lower()
    near = [word for word in words if word.lower() in lower]  # few are left for the slow search
    assert not [word for word in near if re.search(rf"(?i)\b{re.escape(word)}\b", text)]


def _words(file: Path) -> set[str]:
    """Return the names and codes of who and what a file is about."""
    tree = tomllib.loads(file.read_text(encoding="utf-8"))
    actors = tree.get("actors", {}).values()
    names = {actor.get("name") for actor in actors} - {None}
    capitals = {actor["capital"]["name"] for actor in actors if "capital" in actor}
    codes = {*tree.get("actors", {}), *tree.get("rivalries", {}), *tree.get("treaties", {})}
    return codes | names | capitals


def _is_the_same_under_other_names(
    scenario: Scenario, worlds: int, monkeypatch: pytest.MonkeyPatch, original: Key
) -> None:
    new = _new_names(scenario)
    old = {name: code for code, name in new.items()}
    before = simulate(scenario, 0, worlds)

    def translated(seed: int, *names: str) -> streams.PhiloxKey:
        return original(seed, *(_in_words_of(old, name) for name in names))

    monkeypatch.setattr(streams, "philox_key", translated)
    after = simulate(_renamed(scenario, new), 0, worlds)
    assert {*after.events["actor"]} - {""} <= {*old}
    assert same(_back(after, old).events, before.events)
    assert _numbers(after) == _numbers(before)


def _new_names(scenario: Scenario) -> dict[str, str]:
    return {code: f"q{place}" for place, code in enumerate(scenario.actors)}


def _renamed(scenario: Scenario, new: dict[str, str]) -> Scenario:
    return Scenario.model_validate(_everywhere(scenario.model_dump(), new))


def _everywhere(part: Any, new: dict[str, str]) -> Any:
    """Return a part of a scenario with every name of an actor replaced, as key or as value."""
    if isinstance(part, dict):
        return {new.get(key, key): _everywhere(value, new) for key, value in part.items()}
    if isinstance(part, list | tuple):
        return [_everywhere(value, new) for value in part]
    return new.get(part, part) if type(part) is str else part


def _in_words_of(old: dict[str, str], dotted: str) -> str:
    return ".".join(old.get(part, part) for part in dotted.split("."))


def _back(history: History, old: dict[str, str]) -> History:
    words = ("actor", "towards", "subject")
    events = {
        name: np.array([old.get(word, word) for word in column], dtype=object)
        if name in words
        else column
        for name, column in history.events.items()
    }
    return History(history.worlds, history.months, events)


def _numbers(history: History) -> list[bytes]:
    """Return the columns of worlds and months as bytes; their names hold the actors' names."""
    return [column.tobytes() for column in (*history.worlds.values(), *history.months.values())]
