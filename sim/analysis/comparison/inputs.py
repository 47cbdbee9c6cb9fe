"""What several scenarios assume differently, key by key; texts and sources decide nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sim.experiment.storage.fingerprint import TEXTS
from sim.scenario.files.line_numbers import Key
from sim.scenario.provenance.keys import Part, children, parts
from sim.scenario.schema.quantity import Frozen, Quantity
from sim.scenario.schema.scenario import Scenario


class Absent:
    """What stands at a key of a scenario that has no such key."""


ABSENT = Absent()


@dataclass(frozen=True)
class Input:
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


def differing_inputs(scenarios: Sequence[Scenario]) -> list[Input]:
    """Return every key at which the scenarios differ, in the order of the schema.

    Where a whole table is missing on some side, the table is named and not all that it holds.
    """
    every = [parts(scenario) for scenario in scenarios]
    return list(_differing(every, ()))


def _differing(every: list[dict[Key, Part]], key: Key) -> list[Input]:
    found = []
    for name in _names(every, key):
        there = [parts_.get(name) for parts_ in every]
        if all(part and _is_table(part.value) for part in there):
            found += _differing(every, name)
        elif len({_decisive(part) for part in there}) > 1:
            found.append(_input(name, there))
    return found


def _names(every: list[dict[Key, Part]], key: Key) -> list[Key]:
    """Return the keys directly below a key on any side, those of the first side first."""
    below = (part.key for parts_ in every for part in children(parts_, key))
    tables = key and isinstance(every[0][key].value, dict)
    return [name for name in dict.fromkeys(below) if tables or name[-1] not in TEXTS]


def _input(key: Key, there: list[Part | None]) -> Input:
    values = tuple(ABSENT if part is None else part.value for part in there)
    return Input(".".join(key), next(part.meaning for part in there if part), values)


def _decisive(part: Part | None) -> str:
    """Return what decides results in a value, so that equal means equal."""
    if part is None:
        return "absent"
    if isinstance(part.value, Quantity):
        number: Any = part.value
        return repr((number.value, number.low, number.high, number.unit, number.shape))
    return repr(part.value)


def _is_table(value: object) -> bool:
    return isinstance(value, Frozen | dict) and not isinstance(value, Quantity)
