"""Every node of a scenario by its key: groups, entries, numbers and plain values alike.

The schema is walked generically; nothing here depends on its content.
"""

from __future__ import annotations

from collections.abc import Container, Iterator
from typing import NamedTuple

from sim.scenario.files.line_numbers import Key
from sim.scenario.schema.quantity import FrozenModel, Quantity
from sim.scenario.schema.scenario import Scenario


class ScenarioNode(NamedTuple):
    """The value at `key`, and its meaning by the schema or by the number itself."""

    key: Key
    value: object
    meaning: str

    @property
    def name(self) -> str:
        """The dotted key."""
        return ".".join(self.key)

    @property
    def sources(self) -> tuple[str, ...]:
        """Keys of the bibliography that the node itself names."""
        return getattr(self.value, "source", ())

    @property
    def claims(self) -> tuple[str, ...]:
        """Claims of the source article that the node itself grounds."""
        return getattr(self.value, "article", ())


def index_nodes(
    scenario: Scenario, tables: Container[str] | None = None
) -> dict[Key, ScenarioNode]:
    """Return every node of a scenario, in the order of the schema, without the scenario itself.

    Args:
        scenario: the scenario.
        tables: the names at the top that are walked; all by default.
    """
    return {node.key: node for node in _walk_model(scenario, (), tables)}


def find_children(nodes: dict[Key, ScenarioNode], key: Key) -> list[ScenarioNode]:
    """Return the nodes directly under `key`, or at the top for an empty key."""
    return [node for node in nodes.values() if node.key[:-1] == key]


def find_source_node(nodes: dict[Key, ScenarioNode], key: Key) -> ScenarioNode | None:
    """Return the node at `key`, or the nearest above it that names sources."""
    while key and not nodes[key].sources:
        key = key[:-1]
    return nodes.get(key)


def _walk_model(
    model: FrozenModel, key: Key, names: Container[str] | None = None
) -> Iterator[ScenarioNode]:
    fields = type(model).model_fields
    for name, value in model:  # the numbers of a theory are no fields of the schema
        if names is None or name in names:
            description = fields[name].description if name in fields else ""
            yield from _walk_value(value, (*key, name), description or "")


def _walk_value(value: object, key: Key, description: str) -> Iterator[ScenarioNode]:
    yield ScenarioNode(key, value, _find_meaning(value, description))
    if isinstance(value, FrozenModel):
        yield from _walk_model(value, key)
    elif isinstance(value, dict):
        for name, entry in value.items():
            is_table = isinstance(entry, FrozenModel) and not isinstance(entry, Quantity)
            yield from _walk_value(entry, (*key, name), "" if is_table else description)


def _find_meaning(value: object, description: str) -> str:
    if isinstance(value, Quantity):
        return value.meaning or description
    kind = (type(value).__doc__ or "") if isinstance(value, FrozenModel) else ""
    return description or kind.partition("\n")[0]
