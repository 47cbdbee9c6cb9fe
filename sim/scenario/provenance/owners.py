"""What an uncertain number is called: its meaning in a few words, and whose it is."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from sim.scenario.files.line_numbers import Key
from sim.scenario.provenance.keys import ScenarioNode
from sim.scenario.schema.scenario import Scenario

_END_OF_CLAUSE = re.compile(r"[:;.](?:\s|$)")


def shorten_meaning(meaning: str) -> str:
    """Return the first clause of a meaning, on one line."""
    text = " ".join(meaning.split())
    end = _END_OF_CLAUSE.search(text)
    return text[: end.start()] if end else text


def name_owner(scenario: Scenario, nodes: Mapping[Key, ScenarioNode], key: Key) -> str:
    """Return whose number it is: the actor, treaty or rivalry, or the decision it belongs to.

    Args:
        scenario: the scenario.
        nodes: its nodes by key.
        key: the key of the number.
    """
    table, *rest = key
    if table == "ties":
        return " towards ".join(_name_actor(scenario, code) for code in rest[:2])
    if table == "rules" or len(key) < 3:
        return shorten_meaning(nodes[key[:-1]].meaning) if len(key) > 1 else ""
    return ", ".join([_name_entry(scenario, key[:2]), *_name_actors_below(scenario, rest[1:])])


def _name_entry(scenario: Scenario, key: Key) -> str:
    """Return the name of an entry of a table, or of who or what it concerns."""
    entry: Any = getattr(scenario, key[0])[key[1]]
    if name := getattr(entry, "name", ""):
        return str(name)
    if patron := getattr(entry, "patron", ""):
        return f"{_name_actor(scenario, patron)} over {_name_actor(scenario, entry.client)}"
    if rivalry := getattr(entry, "rivalry", ""):
        return scenario.rivalries[rivalry].name
    return _name_actor(scenario, key[1])


def _name_actors_below(scenario: Scenario, parts: list[str]) -> list[str]:
    return [scenario.actors[part].name for part in parts if part in scenario.actors]


def _name_actor(scenario: Scenario, code: str) -> str:
    return scenario.actors[code].name if code in scenario.actors else code
