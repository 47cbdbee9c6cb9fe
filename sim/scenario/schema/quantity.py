"""Numbers with their provenance: unit, range, source, grade and the claims they ground."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from math import isfinite
from typing import Annotated, ClassVar, Self

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    WithJsonSchema,
    model_validator,
)
from pydantic_core import PydanticCustomError

from sim.scenario.schema.identifiers import CLAIM_ID_PATTERN


class FrozenModel(BaseModel):
    """A part of a scenario: immutable, and closed to unknown keys."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)


class Grade(StrEnum):
    """How firmly a number is known."""

    MEASURED = "measured"
    """Counted or measured by the source named."""
    ESTIMATED = "estimated"
    """Estimated by the source named, or derived from its figures as the note says."""
    JUDGEMENT = "judgement"
    """The project's own judgement; the range is wide on purpose."""


class Shape(StrEnum):
    """The distribution of worlds over a quantity's range."""

    TRIANGULAR = "triangular"
    """Most worlds near the value, none beyond low and high."""
    UNIFORM = "uniform"
    """Every number between low and high equally likely."""
    LOGUNIFORM = "loguniform"
    """Every ratio between low and high equally likely; where sources differ by factors."""


def _require_written_date(value: object) -> object:
    """Refuse a number, which would be taken for the seconds since 1970."""
    if isinstance(value, int | float):
        raise PydanticCustomError("date_type", "a date is needed")
    return value


def _as_tuple(sources: object) -> object:
    return (sources,) if isinstance(sources, str) else sources


# Strict: text that looks like a number, or true for 1, is a mistake and not a number.
StrictFloat = Annotated[float, Field(strict=True, allow_inf_nan=False)]
StrictInt = Annotated[int, Field(strict=True)]
Date = Annotated[date, BeforeValidator(_require_written_date)]
SourceKeys = Annotated[
    tuple[str, ...],
    Field(min_length=1),
    BeforeValidator(_as_tuple),
    WithJsonSchema({"type": ["string", "array"], "items": {"type": "string"}, "minItems": 1}),
]
ClaimId = Annotated[str, Field(pattern=CLAIM_ID_PATTERN)]


class Quantity(FrozenModel):
    """A number with unit, range, source and grade. Worlds draw it between `low` and `high`."""

    min_allowed: ClassVar[float] = float("-inf")
    max_allowed: ClassVar[float] = float("inf")

    value: StrictFloat
    """The best single figure."""
    low: StrictFloat
    """The lowest figure still defensible."""
    high: StrictFloat
    """The highest figure still defensible."""
    unit: str
    """What the number counts, in words."""
    meaning: str = ""
    """The number's meaning here; where empty, the schema's own description applies."""
    source: SourceKeys
    """Key, or list of keys, of the bibliography."""
    grade: Grade
    """How firmly it is known: measured, estimated or judgement."""
    article: tuple[ClaimId, ...] = ()
    """Claims of the source article that this number grounds, such as "A15"."""
    shape: Shape = Shape.TRIANGULAR
    """The distribution of worlds over the range."""
    limits: tuple[StrictFloat, StrictFloat] | None = None
    """Of a lever: between which numbers a scenario or a sweep may set it; else its own range."""
    note: str = ""
    """How the number was derived, and caveats."""

    @model_validator(mode="after")
    def _check_range(self) -> Self:
        if self.low > self.high:
            raise ValueError(f"low lies above high|low up to {self.high:g}")
        if not self.low <= self.value <= self.high:
            raise ValueError(
                f"{self.value:g} is outside its own range|from {self.low:g} to {self.high:g}"
            )
        upper = f"to {self.max_allowed:g}" if isfinite(self.max_allowed) else "upwards"
        if self.low < self.min_allowed or self.high > self.max_allowed:
            raise ValueError(
                f"the range {self.low:g} to {self.high:g} exceeds what is possible"
                f"|from {self.min_allowed:g} {upper}"
            )
        if self.shape is Shape.LOGUNIFORM and self.low <= 0:
            raise ValueError("a loguniform range must lie above zero|low > 0")
        return self

    @property
    def settable(self) -> tuple[float, float]:
        """The least and the most that it may be set to: the limits of a lever, or its range."""
        return self.limits or (self.low, self.high)

    @property
    def is_fixed(self) -> bool:
        """Whether every world has the same number."""
        return self.low == self.high


class Share(Quantity):
    """A share or probability, between 0 and 1."""

    min_allowed: ClassVar[float] = 0.0
    max_allowed: ClassVar[float] = 1.0


class NonNegative(Quantity):
    """A number that cannot be negative."""

    min_allowed: ClassVar[float] = 0.0


class AtLeastOne(Quantity):
    """A multiple of what is there on the opening day, not less than it."""

    min_allowed: ClassVar[float] = 1.0


LEAST_DIVISOR = 1e-6
"""The least number by which anything is divided; below it, results would overflow."""


class StrictlyPositive(NonNegative):
    """A number that is a divisor."""

    @model_validator(mode="after")
    def _check_above_zero(self) -> Self:
        if self.low < LEAST_DIVISOR:
            raise ValueError(
                f"it is a divisor, so it may not be zero or nearly so|{LEAST_DIVISOR:g} or more"
            )
        return self


class SignedShare(Quantity):
    """A number between -1 and 1."""

    min_allowed: ClassVar[float] = -1.0
    max_allowed: ClassVar[float] = 1.0
