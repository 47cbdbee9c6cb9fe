"""One key at which scenarios differ, with its value in each."""

from __future__ import annotations

from dataclasses import dataclass


class Absent:
    """The value at a key that a scenario does not have."""


ABSENT = Absent()


@dataclass(frozen=True)
class DifferingInput:
    """A key at which scenarios differ.

    Attributes:
        key: the key as written in a file.
        meaning: its description.
        values: the value in each scenario, in their order; `ABSENT` where there is no such key.
    """

    key: str
    meaning: str
    values: tuple[object, ...]
