"""A number that carries its provenance: unit, range, source, grade and the claims it grounds."""

from __future__ import annotations

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

from sim.scenario.schema.identifiers import CLAIM_ID_PATTERN


class FrozenModel(BaseModel):
    """A part of a scenario: immutable, and closed to keys it does not know."""

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
    """How the worlds spread over a quantity's range."""

    TRIANGULAR = "triangular"
    """Most worlds near the value, none beyond low and high."""
    UNIFORM = "uniform"
    """Every number between low and high alike."""
    LOGUNIFORM = "loguniform"
    """Every ratio alike between low and high; for figures that sources put factors apart."""


def _as_tuple(sources: object) -> object:
    return (sources,) if isinstance(sources, str) else sources


# Strict: text that looks like a number, or true for one, is a slip and not a number.
StrictFloat = Annotated[float, Field(strict=True, allow_inf_nan=False)]
StrictInt = Annotated[int, Field(strict=True)]
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
    """What the number says here, in words; where empty, the schema's own description holds."""
    source: SourceKeys
    """Key, or list of keys, of the bibliography."""
    grade: Grade
    """How firmly it is known: measured, estimated or judgement."""
    article: tuple[ClaimId, ...] = ()
    """Claims of the source article that this number grounds, such as "A15"."""
    shape: Shape = Shape.TRIANGULAR
    """How the worlds spread over the range."""
    note: str = ""
    """How the number was derived, and what to be careful about."""

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
                f"the range {self.low:g} to {self.high:g} leaves what is possible"
                f"|from {self.min_allowed:g} {upper}"
            )
        if self.shape is Shape.LOGUNIFORM and self.low <= 0:
            raise ValueError("a loguniform range must lie above zero|low > 0")
        return self

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


class StrictlyPositive(NonNegative):
    """A number by which others are divided."""

    @model_validator(mode="after")
    def _check_above_zero(self) -> Self:
        if self.low <= 0:
            raise ValueError("others are divided by it, so it may not be nothing|low > 0")
        return self


class SignedShare(Quantity):
    """A number between -1 and 1."""

    min_allowed: ClassVar[float] = -1.0
    max_allowed: ClassVar[float] = 1.0
