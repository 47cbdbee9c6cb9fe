"""Every part of a scenario by its key: groups, entries, numbers and plain values alike.

Nothing here knows what a scenario consists of: the schema is walked as it is found.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from sim.scenario.files.line_numbers import Key
from sim.scenario.schema.quantity import Frozen, Quantity
from sim.scenario.schema.scenario import Scenario


class Part(NamedTuple):
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


def parts(scenario: Scenario) -> dict[Key, Part]:
    """Return every part of a scenario, in the order of the schema; not the scenario as a whole."""
    return {part.key: part for part in _within(scenario, ())}


def children(every: dict[Key, Part], key: Key) -> list[Part]:
    """Return what stands directly under `key`, or at the top for an empty key."""
    return [part for part in every.values() if part.key[:-1] == key]


def holder(every: dict[Key, Part], key: Key) -> Part | None:
    """Return the part at `key`, or the nearest that holds it, which names its sources."""
    while key and not every[key].sources:
        key = key[:-1]
    return every.get(key)


def _within(whole: Frozen, key: Key) -> Iterator[Part]:
    for name, field in type(whole).model_fields.items():
        yield from _parts(getattr(whole, name), (*key, name), field.description or "")


def _parts(value: object, key: Key, said: str) -> Iterator[Part]:
    yield Part(key, value, _meaning(value, said))
    if isinstance(value, Frozen):
        yield from _within(value, key)
    elif isinstance(value, dict):
        for name, entry in value.items():
            whole = isinstance(entry, Frozen) and not isinstance(entry, Quantity)
            yield from _parts(entry, (*key, name), "" if whole else said)


def _meaning(value: object, said: str) -> str:
    if isinstance(value, Quantity):
        return value.meaning or said
    kind = (type(value).__doc__ or "") if isinstance(value, Frozen) else ""
    return said or kind.partition("\n")[0]
