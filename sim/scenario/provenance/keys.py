"""Every part of a scenario by its key: groups, entries, numbers and plain values alike.

Nothing here knows what a scenario consists of: the schema is walked as it is found.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from sim.scenario.files.line_numbers import Key
from sim.scenario.schema.quantity import FrozenModel, Quantity
from sim.scenario.schema.scenario import Scenario


class ScenarioNode(NamedTuple):
    """What stands at `key`, and what the schema, or the number itself, says that it means."""

    key: Key
    value: object
    meaning: str

    @property
    def name(self) -> str:
        """The key as it is written."""
        return ".".join(self.key)

    @property
    def sources(self) -> tuple[str, ...]:
        """Keys of the bibliography that the part itself names."""
        return getattr(self.value, "source", ())

    @property
    def claims(self) -> tuple[str, ...]:
        """Claims of the source article that the part itself grounds."""
        return getattr(self.value, "article", ())


def index_nodes(scenario: Scenario) -> dict[Key, ScenarioNode]:
    """Return every part of a scenario, in the order of the schema; not the scenario as a whole."""
    return {part.key: part for part in _walk_model(scenario, ())}


def find_children(nodes: dict[Key, ScenarioNode], key: Key) -> list[ScenarioNode]:
    """Return what stands directly under `key`, or at the top for an empty key."""
    return [part for part in nodes.values() if part.key[:-1] == key]


def find_source_node(nodes: dict[Key, ScenarioNode], key: Key) -> ScenarioNode | None:
    """Return the part at `key`, or the nearest that holds it, which names its sources."""
    while key and not nodes[key].sources:
        key = key[:-1]
    return nodes.get(key)


def _walk_model(model: FrozenModel, key: Key) -> Iterator[ScenarioNode]:
    for name, field in type(model).model_fields.items():
        yield from _walk_value(getattr(model, name), (*key, name), field.description or "")


def _walk_value(value: object, key: Key, description: str) -> Iterator[ScenarioNode]:
    yield ScenarioNode(key, value, _find_meaning(value, description))
    if isinstance(value, FrozenModel):
        yield from _walk_model(value, key)
    elif isinstance(value, dict):
        for name, entry in value.items():
            whole = isinstance(entry, FrozenModel) and not isinstance(entry, Quantity)
            yield from _walk_value(entry, (*key, name), "" if whole else description)


def _find_meaning(value: object, description: str) -> str:
    if isinstance(value, Quantity):
        return value.meaning or description
    kind = (type(value).__doc__ or "") if isinstance(value, FrozenModel) else ""
    return description or kind.partition("\n")[0]
