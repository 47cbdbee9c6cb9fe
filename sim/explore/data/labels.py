"""What an uncertain number is called: its meaning in a few words, and whose it is."""

from __future__ import annotations

import re
from typing import Any

from sim.scenario.files.line_numbers import Key
from sim.scenario.provenance.keys import index_nodes
from sim.scenario.schema.scenario import Scenario

_END_OF_CLAUSE = re.compile(r"[:;.](?:\s|$)")


class Labels:
    """The names of the numbers of a scenario."""

    def __init__(self, scenario: Scenario) -> None:
        self._scenario = scenario
        nodes = index_nodes(scenario)
        self._meanings = {key: " ".join(node.meaning.split()) for key, node in nodes.items()}

    def describe(self, dotted_key: str) -> dict[str, str]:
        """Return the label, the owner and the whole meaning of a number."""
        key = tuple(dotted_key.split("."))
        meaning = self._meanings[key]
        return {
            "label": shorten_meaning(meaning),
            "owner": self.name_owner(key),
            "meaning": meaning,
        }

    def name_owner(self, key: Key) -> str:
        """Return whose number it is: an actor, a treaty, a rivalry, or a kind of decision."""
        table, *rest = key
        if table == "ties":
            return " towards ".join(map(self._name_actor, rest[:2]))
        if table == "rules":
            return shorten_meaning(self._meanings[key[:-1]])
        if len(key) < 3:
            return ""
        actors = (part for part in rest[1:] if part in self._scenario.actors)
        return ", ".join([self._name_entry(table, rest[0]), *map(self._name_actor, actors)])

    def _name_entry(self, table: str, code: str) -> str:
        """Return the name of an entry of a table, or of who or what it concerns."""
        entry: Any = getattr(self._scenario, table)[code]
        if name := getattr(entry, "name", ""):
            return str(name)
        if patron := getattr(entry, "patron", ""):
            return f"{self._name_actor(patron)} over {self._name_actor(entry.client)}"
        if rivalry := getattr(entry, "rivalry", ""):
            return self._scenario.rivalries[rivalry].name
        return self._name_actor(code)

    def _name_actor(self, code: str) -> str:
        return self._scenario.actors[code].name if code in self._scenario.actors else code


def shorten_meaning(meaning: str) -> str:
    """Return the first clause of a meaning."""
    end = _END_OF_CLAUSE.search(meaning)
    return meaning[: end.start()] if end else meaning
