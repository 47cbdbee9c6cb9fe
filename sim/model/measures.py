"""What is reported of each world: every measure's name, unit and how it is counted."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from sim.scenario.schema import Scenario


class Kind(StrEnum):
    """How a measure is summed up over worlds."""

    HAPPENED = "happened"
    """It did or did not; reported as the share of worlds."""
    AMOUNT = "amount"
    """A number; reported as the mean over worlds."""


@dataclass(frozen=True)
class Measure:
    """One column of the table of worlds.

    Attributes:
        name: the column.
        unit: what its numbers count.
        label: what it says, in words.
        kind: how it is summed up.
        given: another column, true or false; worlds where it is false are left out.
        headline: whether the short table shows it.
    """

    name: str
    unit: str
    label: str
    kind: Kind
    given: str = ""
    headline: bool = False


def measures(scenario: Scenario) -> tuple[Measure, ...]:
    """Return the measures of a scenario, in the order of the columns."""
    raise NotImplementedError
