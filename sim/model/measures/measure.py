"""A measure: what is reported of each world, in what unit, and how it is computed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass, field, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Self, TypeVar

from sim.model.measures.needs import Need, Rule

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


class MeasureGroup(StrEnum):
    """What a measure is about, by which a spreadsheet can be filtered."""

    OVERALL = "overall"
    COMMITMENTS = "treaties and allies"
    DISPUTES = "disputes and wars"
    EXCHANGES = "arms, soldiers and technology"
    SANCTIONS = "sanctions, tests and programmes"
    BLOCS = "blocs and patrons"
    CAMPS = "camps"


@dataclass(frozen=True)
class Measure:
    """One column of the table of worlds.

    Attributes:
        name: the column.
        unit: the unit of its numbers.
        label: what it says, in words.
        kind: how it is summarised.
        given: another column, true or false; worlds where it is false are left out.
        phrase: a short name within a sentence, without the unit; the label where none is given.
        needs: the promises of aid without which it cannot occur, or only by another way.
        headline: whether the short table shows it.
        group: what it is about; empty where nothing was recorded.
        note: what the glossary adds to the label.
        compute: the column, (world,), of worlds as they stand; None if the measure was read from
            a results folder or sent to another process.
    """

    name: str
    unit: str
    label: str
    kind: MeasureKind
    given: str = ""
    phrase: str = ""
    needs: tuple[Need, ...] = ()
    headline: bool = False
    group: str = ""
    note: str = field(default="", compare=False, repr=False)
    compute: Compute | None = field(default=None, compare=False, repr=False)

    def __post_init__(self) -> None:
        if not self.phrase:
            object.__setattr__(self, "phrase", self.label)

    @classmethod
    def restore(cls, stored: dict[str, Any]) -> Self:
        """Return the measure of a description, without the function that computes it."""
        kind = MeasureKind(stored["kind"])
        needs = (Need(**need | {"rule": Rule(need["rule"])}) for need in stored.get("needs", ()))
        return cls(**stored | {"kind": kind, "needs": tuple(needs)})

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

    @property
    def short(self) -> str:
        """The short name for tables, without the unit."""
        return self.phrase[:1].upper() + self.phrase[1:]

    @property
    def short_with_unit(self) -> str:
        """The short name and, unless it is a share of worlds, the unit as far as it adds to it."""
        if self.kind is MeasureKind.HAPPENED:
            return self.short
        first, _, rest = self.unit.partition(" ")
        unit = rest if first in self.short.lower() else self.unit
        return f"{self.short}, {unit}" if unit else self.short


def event_measure(
    name: str,
    label: str,
    compute: Compute,
    *,
    given: str = "",
    note: str = "",
    short: str = "",
    needs: tuple[Need, ...] = (),
) -> Measure:
    """Return a measure of whether something happened, reported as the share of worlds."""
    return Measure(
        name,
        "share of worlds",
        label,
        MeasureKind.HAPPENED,
        given=given,
        phrase=short,
        needs=needs,
        note=note,
        compute=compute,
    )


def amount_measure(
    name: str,
    unit: str,
    label: str,
    compute: Compute,
    *,
    given: str = "",
    note: str = "",
    short: str = "",
    needs: tuple[Need, ...] = (),
) -> Measure:
    """Return a measure of an amount, reported as the mean over worlds."""
    return Measure(
        name,
        unit,
        label,
        MeasureKind.AMOUNT,
        given=given,
        phrase=short,
        needs=needs,
        note=note,
        compute=compute,
    )


def in_group(group: MeasureGroup, measures: Iterable[Measure]) -> Iterator[Measure]:
    """Yield measures as members of a group."""
    for measure in measures:
        yield replace(measure, group=group.value)


def computed_from(
    find: Callable[[Snapshot], Entity],
) -> Callable[[Callable[[Entity], Column]], Compute]:
    """Return what turns a function of one entity into a function of the worlds it stands in.

    Args:
        find: returns the entity, such as one treaty.
    """
    return lambda column_of: lambda worlds: column_of(find(worlds))
