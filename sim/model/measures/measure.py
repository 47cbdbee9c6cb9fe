"""A measure: what is reported of each world, in what unit, and how it is computed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:  # a measure is described without loading the model
    from numpy.typing import NDArray

    from sim.model.measures.snapshot import Snapshot

    Column = NDArray[Any]
    Compute = Callable[[Snapshot], Column]

Entity = TypeVar("Entity")


class MeasureKind(StrEnum):
    """How a measure is summarised over worlds."""

    HAPPENED = "happened"
    """True or false; reported as the share of worlds."""
    AMOUNT = "amount"
    """A number; reported as the mean over worlds."""


@dataclass(frozen=True)
class Measure:
    """One column of the table of worlds.

    Attributes:
        name: the column.
        unit: the unit of its numbers.
        label: what it says, in words.
        kind: how it is summarised.
        given: another column, true or false; worlds where it is false are left out.
        headline: whether the short table shows it.
        note: what the glossary adds to the label.
        compute: the column, (world,), of worlds as they stand; None if the measure was read from
            a results folder or sent to another process.
    """

    name: str
    unit: str
    label: str
    kind: MeasureKind
    given: str = ""
    headline: bool = False
    note: str = field(default="", compare=False, repr=False)
    compute: Compute | None = field(default=None, compare=False, repr=False)

    def column(self, worlds: Snapshot) -> Column:
        """Return the column, (world,).

        Raises:
            ValueError: the measure has no function to compute it with.
        """
        if self.compute is None:
            raise ValueError(f"the measure {self.name} is a description only")
        return self.compute(worlds)

    def description(self) -> dict[str, Any]:
        """Return what a results folder stores of the measure."""
        stored = asdict(self)
        del stored["note"], stored["compute"]
        return stored

    def __getstate__(self) -> dict[str, Any]:
        return vars(self) | {"compute": None}


def event_measure(
    name: str, label: str, compute: Compute, *, given: str = "", note: str = ""
) -> Measure:
    """Return a measure of whether something happened, reported as the share of worlds."""
    return Measure(
        name,
        "share of worlds",
        label,
        MeasureKind.HAPPENED,
        given=given,
        note=note,
        compute=compute,
    )


def amount_measure(
    name: str, unit: str, label: str, compute: Compute, *, given: str = "", note: str = ""
) -> Measure:
    """Return a measure of an amount, reported as the mean over worlds."""
    return Measure(name, unit, label, MeasureKind.AMOUNT, given=given, note=note, compute=compute)


def computed_from(
    find: Callable[[Snapshot], Entity],
) -> Callable[[Callable[[Entity], Column]], Compute]:
    """Return what turns a function of one entity into a function of the worlds it stands in.

    Args:
        find: returns the entity, such as one treaty.
    """
    return lambda column_of: lambda worlds: column_of(find(worlds))
