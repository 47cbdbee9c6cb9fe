"""Searching the numbers and switches of a scenario by words in their keys and meanings."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches

from sim.scenario.provenance.keys import ScenarioNode, index_nodes
from sim.scenario.schema.quantity import FrozenModel, Quantity
from sim.scenario.schema.scenario import Scenario

_GROUPS = ("mechanisms", "treaties", "wars", "rivalries", "shocks", "exchanges")
"""The groups whose switches and words are found besides numbers."""
_TEXTS = ("name", "note", "meaning", "source", "article")


def search_nodes(scenario: Scenario, words: Sequence[str]) -> list[ScenarioNode]:
    """Return the values whose key and meaning hold all words, those with them in the key first.

    Upper and lower case are the same; `_` and `.` in a key separate words.
    """
    wanted = _split(" ".join(words))
    found = [node for node in _list_values(scenario) if _holds(_describe(node), wanted)]
    return sorted(found, key=lambda node: (_rank(node, wanted), not _is_number(node)))


def suggest_words(scenario: Scenario, words: Sequence[str]) -> list[str]:
    """Return words of the scenario that are like those that were not found."""
    known = sorted({word for node in _list_values(scenario) for word in _describe(node).split()})
    text = " ".join(known)
    missing = (word for word in _split(" ".join(words)) if word not in text)
    return [near for word in missing for near in get_close_matches(word, known, n=2)]


def _list_values(scenario: Scenario) -> list[ScenarioNode]:
    """Return numbers, switches and words that a file can set; no tables and no texts about them."""
    nodes = index_nodes(scenario).values()
    return [node for node in nodes if _is_number(node) or _is_plain(node)]


def _is_number(node: ScenarioNode) -> bool:
    return isinstance(node.value, Quantity)


def _is_plain(node: ScenarioNode) -> bool:
    is_inside = node.key[0] in (
        "mechanisms",
        "treaties",
        "wars",
        "rivalries",
        "shocks",
        "exchanges",
    )
    texts = ("name", "note", "meaning", "source", "article")
    return (
        is_inside
        and node.key[-1] not in texts
        and node.value is not None
        and not isinstance(node.value, FrozenModel | dict | tuple)
    )


def _describe(node: ScenarioNode) -> str:
    return " ".join(_split(f"{node.name} {node.meaning}"))


def _split(text: str) -> list[str]:
    letters = (letter if letter.isalnum() else " " for letter in text.lower())
    return "".join(letters).split()


def _holds(text: str, words: Sequence[str]) -> bool:
    return all(word in text for word in words)


def _rank(node: ScenarioNode, words: Sequence[str]) -> int:
    """Return 0 where the last part of the key holds all words, 1 the key, 2 its meaning only."""
    return (
        0
        if _holds(" ".join(_split(node.key[-1])), words)
        else 1
        if _holds(" ".join(_split(node.name)), words)
        else 2
    )
