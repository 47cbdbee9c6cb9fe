"""What several scenarios assume differently, key by key; texts and sources decide nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sim.experiment.storage.run_key import DESCRIPTIVE_FIELDS
from sim.scenario.files.line_numbers import Key
from sim.scenario.provenance.keys import ScenarioNode, find_children, index_nodes
from sim.scenario.schema.quantity import FrozenModel, Quantity
from sim.scenario.schema.scenario import Scenario


class Absent:
    """What stands at a key of a scenario that has no such key."""


ABSENT = Absent()


@dataclass(frozen=True)
class DifferingInput:
    """A key at which scenarios differ.

    Attributes:
        key: as it is written in a file.
        meaning: what it says, in words.
        values: what each scenario says there, in the order of the scenarios; `ABSENT` where it has
            no such key.
    """

    key: str
    meaning: str
    values: tuple[object, ...]


def compare_inputs(scenarios: Sequence[Scenario]) -> list[DifferingInput]:
    """Return every key at which the scenarios differ, in the order of the schema.

    Where a whole table is missing on some side, the table is named and not all that it holds.
    """
    every = [index_nodes(scenario) for scenario in scenarios]
    return list(_compare_below(every, ()))


def _compare_below(
    parts_by_scenario: list[dict[Key, ScenarioNode]], key: Key
) -> list[DifferingInput]:
    found = []
    for name in _keys_below(parts_by_scenario, key):
        there = [parts_.get(name) for parts_ in parts_by_scenario]
        if all(part and _is_table(part.value) for part in there):
            found += _compare_below(parts_by_scenario, name)
        elif len({_comparable(part) for part in there}) > 1:
            found.append(_differing_input(name, there))
    return found


def _keys_below(parts_by_scenario: list[dict[Key, ScenarioNode]], key: Key) -> list[Key]:
    """Return the keys directly below a key on any side, those of the first side first."""
    below = (part.key for parts_ in parts_by_scenario for part in find_children(parts_, key))
    tables = key and isinstance(parts_by_scenario[0][key].value, dict)
    return [name for name in dict.fromkeys(below) if tables or name[-1] not in DESCRIPTIVE_FIELDS]


def _differing_input(key: Key, parts_at_key: list[ScenarioNode | None]) -> DifferingInput:
    values = tuple(ABSENT if part is None else part.value for part in parts_at_key)
    return DifferingInput(
        ".".join(key), next(part.meaning for part in parts_at_key if part), values
    )


def _comparable(part: ScenarioNode | None) -> str:
    """Return what decides results in a value, so that equal means equal."""
    if part is None:
        return "absent"
    if isinstance(part.value, Quantity):
        number: Any = part.value
        return repr((number.value, number.low, number.high, number.unit, number.shape))
    return repr(part.value)


def _is_table(value: object) -> bool:
    return isinstance(value, FrozenModel | dict) and not isinstance(value, Quantity)
