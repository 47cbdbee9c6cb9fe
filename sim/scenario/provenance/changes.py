"""What the command line changed in a scenario, and what it was before."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pydantic import ValidationError

from sim.scenario.files.layers import FILE_KEYS, Tree, merge_layers
from sim.scenario.files.line_numbers import Key
from sim.scenario.load import LoadedScenario
from sim.scenario.provenance.keys import ScenarioNode, index_nodes
from sim.scenario.schema.quantity import FrozenModel, Quantity
from sim.scenario.schema.scenario import Scenario

_SHOWN_ELSEWHERE = {"title", "description", "question", "headlines", "worlds", "months"}
"""Settings that change no assumption, or that stand in the heading of every table of results."""


@dataclass(frozen=True)
class Change:
    """A setting of the command line.

    Attributes:
        key: the key as written in a file.
        value: its value, as text.
        before: its value in the scenario file, as text; empty where the file has none.
    """

    key: str
    value: str
    before: str = ""

    def __str__(self) -> str:
        """Return it as `rules.honour.reputation 1.2 (was 0.6)`."""
        return f"{self.key} {self.value}" + (f" (was {self.before})" if self.before else "")


def list_changes(loaded: LoadedScenario) -> list[Change]:
    """Return the settings that change a scenario, in the order of the command line."""
    top = loaded.layers[-1]
    if top.file or not top.tree.keys() - _SHOWN_ELSEWHERE:
        return []
    after, before = index_nodes(loaded.scenario), _index_base(loaded)
    changes = (
        _describe_change(after[key], before.get(key))
        for key in _find_leaves(top.tree, after)
        if key[0] not in _SHOWN_ELSEWHERE
    )
    return [change for change in changes if change.value != change.before]


def _index_base(loaded: LoadedScenario) -> dict[Key, ScenarioNode]:
    """Return the nodes of the scenario of the files; none where they are not valid alone."""
    tree = merge_layers(list(loaded.layers[:-1]))
    try:
        scenario = Scenario.model_validate(
            {name: value for name, value in tree.items() if name not in FILE_KEYS}
        )
    except ValidationError:
        return {}
    return index_nodes(scenario)


def _find_leaves(tree: Tree, nodes: dict[Key, ScenarioNode], key: Key = ()) -> Iterator[Key]:
    """Yield the keys that a tree of settings sets: numbers, lists, and plain values."""
    for name, value in tree.items():
        below = (*key, name)
        if isinstance(value, dict) and _is_table(nodes[below].value):
            yield from _find_leaves(value, nodes, below)
        else:
            yield below


def _is_table(value: object) -> bool:
    return isinstance(value, FrozenModel | dict) and not isinstance(value, Quantity)


def _describe_change(node: ScenarioNode, base: ScenarioNode | None) -> Change:
    """Return a change; ranges are shown only where the value itself is the same."""
    before = base.value if base else ""
    value, old = _format_value(node.value), _format_value(before)
    if value == old and isinstance(before, Quantity) and isinstance(node.value, Quantity):
        value, old = (f"{part.low:g} to {part.high:g}" for part in (node.value, before))
    return Change(node.name, value, old)


def _format_value(value: object) -> str:
    match value:
        case Quantity():
            return f"{value.value:g}"
        case bool():
            return "true" if value else "false"
        case tuple() | list():
            return ", ".join(map(str, value)) or "none"
        case _:
            return " ".join(str(value).split())
