"""The assumptions in which scenarios differ, key by key; texts and sources are ignored."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from sim.analysis.comparison.differing_input import ABSENT, DifferingInput
from sim.analysis.comparison.past_inputs import compare_pasts
from sim.analysis.comparison.theory_inputs import compare_theories
from sim.experiment.storage.run_key import DESCRIPTIVE_FIELDS
from sim.scenario.files.line_numbers import Key
from sim.scenario.provenance.keys import ScenarioNode, index_nodes
from sim.scenario.schema.quantity import FrozenModel, Quantity
from sim.scenario.schema.scenario import Scenario


def compare_inputs(scenarios: Sequence[Scenario]) -> list[DifferingInput]:
    """Return every key at which the scenarios differ, in the order of the schema.

    Where a table is missing in a scenario, only the table is named, not its keys. Of a past, each
    decision taken by hand is a key of its own.
    """
    tables = _find_differing_tables(scenarios)
    nodes = [_SortedNodes(index_nodes(scenario, tables)) for scenario in scenarios]
    below = _compare_below(nodes, ())
    return [*below, *compare_theories(scenarios), *compare_pasts(scenarios)]


def _find_differing_tables(scenarios: Sequence[Scenario]) -> set[str]:
    """Return the names at the top of a scenario of which anything differs, texts included."""
    first, *others = (dict(scenario) for scenario in scenarios)
    return {name for name, table in first.items() if any(o[name] != table for o in others)}


class _SortedNodes(dict[Key, ScenarioNode]):
    """The nodes of a scenario by key, with the keys below each, since there are thousands."""

    def __init__(self, nodes: dict[Key, ScenarioNode]) -> None:
        super().__init__(nodes)
        self.below: defaultdict[Key, list[Key]] = defaultdict(list)
        for key in nodes:
            self.below[key[:-1]].append(key)


def _compare_below(nodes_by_scenario: list[_SortedNodes], key: Key) -> list[DifferingInput]:
    differing = []
    for name in _keys_below(nodes_by_scenario, key):
        nodes_at_key = [nodes.get(name) for nodes in nodes_by_scenario]
        if all(node and _is_table(node.value) for node in nodes_at_key):
            differing += _compare_below(nodes_by_scenario, name)
        elif len({_comparable(node) for node in nodes_at_key}) > 1:
            differing.append(_differing_input(name, nodes_at_key))
    return differing


def _keys_below(nodes_by_scenario: list[_SortedNodes], key: Key) -> list[Key]:
    """Return the keys directly below a key in any scenario, those of the first scenario first."""
    below = (name for nodes in nodes_by_scenario for name in nodes.below[key])
    tables = key and isinstance(nodes_by_scenario[0][key].value, dict)
    passed = DESCRIPTIVE_FIELDS if key else DESCRIPTIVE_FIELDS | {"past", "theories"}
    return [name for name in dict.fromkeys(below) if tables or name[-1] not in passed]


def _differing_input(key: Key, nodes_at_key: list[ScenarioNode | None]) -> DifferingInput:
    values = tuple(ABSENT if node is None else node.value for node in nodes_at_key)
    return DifferingInput(
        ".".join(key), next(node.meaning for node in nodes_at_key if node), values
    )


def _comparable(node: ScenarioNode | None) -> str:
    """Return the part of a value that affects results, for comparison."""
    if node is None:
        return "absent"
    if isinstance(node.value, Quantity):
        number: Any = node.value
        return repr((number.value, number.low, number.high, number.unit, number.shape))
    return repr(node.value)


def _is_table(value: object) -> bool:
    return isinstance(value, FrozenModel | dict) and not isinstance(value, Quantity)
