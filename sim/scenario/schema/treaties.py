"""Treaties: what was promised, to whom, on what condition, and since when."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from sim.scenario.schema.quantity import (
    ClaimId,
    Date,
    FrozenModel,
    NonNegative,
    SourceKeys,
    StrictInt,
)


class Obligation(StrEnum):
    """The five obligations of ATOP (Leeds and others 2002)."""

    DEFENCE = "defence"
    """To aid a partner that is attacked."""
    OFFENCE = "offence"
    """To aid a partner whether or not it was attacked."""
    NEUTRALITY = "neutrality"
    """To stay out of a partner's war."""
    NONAGGRESSION = "nonaggression"
    """Not to attack the partner."""
    CONSULTATION = "consultation"
    """To consult in a crisis."""


AID_OBLIGATIONS = frozenset({Obligation.DEFENCE, Obligation.OFFENCE})
"""The obligations to come to a party's aid."""


class TreatySpec(FrozenModel):
    """One treaty or security instrument."""

    name: str
    """Its title or usual name."""
    parties: Annotated[tuple[str, ...], Field(min_length=2)]
    """The actors bound."""
    signatories: StrictInt | None = Field(default=None, ge=2)
    """How many states signed it, where they are more than the parties here: an actor may stand for
    many states, and not every state is an actor."""
    obligations: tuple[Obligation, ...]
    """What is promised; empty for a political statement."""
    protects: tuple[str, ...] = ()
    """Parties to whom aid is promised; empty means every party."""
    conditional: bool = True
    """Whether aid is due only to a partner that did not begin the war; false: to any partner."""
    theatres: tuple[str, ...] = ()
    """Rivalries in which the promise of aid applies; empty means all."""
    concluded: bool = True
    """False where the scenario asks what happens without it; all else is unchanged."""
    signed: Date | None = None
    """The day of signing; without it a text that nobody has signed, until an event `sign`."""
    in_force: Date | None = None
    """The day it enters into force; by default `ratification` months after signing."""
    ratification: NonNegative | None = None
    """Months from signing to entry into force; with neither, it is in force at once."""
    ends: Date | None = None
    """The day it lapses, if known."""
    notice: StrictInt | None = Field(default=None, ge=0)
    """Months between a party's notice and the end of its promises, as the text has it; without the
    clause they end at once."""
    replaces: str = ""
    """The treaty that lapses when this one enters into force."""
    source: SourceKeys
    """Keys of the bibliography for the text and the coding."""
    article: tuple[ClaimId, ...] = ()
    """Claims of the source article that it grounds."""
    note: str = ""
    """The content of the text, and caveats."""

    @property
    def is_bilateral(self) -> bool:
        """Whether two states signed it; promises among more were honoured less often."""
        return max(len(self.parties), self.signatories or 0) == 2
