"""A measure: what is reported of each world, in what unit, and how it is summed up."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class MeasureKind(StrEnum):
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
    kind: MeasureKind
    given: str = ""
    headline: bool = False

    @property
    def label_with_unit(self) -> str:
        """The label, with its unit in brackets unless it is a share of worlds."""
        return self.label if self.kind is MeasureKind.HAPPENED else f"{self.label} ({self.unit})"


def event_measure(name: str, label: str, given: str = "") -> Measure:
    """Return a measure of whether something happened, reported as the share of worlds."""
    return Measure(name, "share of worlds", label, MeasureKind.HAPPENED, given)


def amount_measure(name: str, unit: str, label: str, given: str = "") -> Measure:
    """Return a measure of how much there was of something, reported as the mean over worlds."""
    return Measure(name, unit, label, MeasureKind.AMOUNT, given)
