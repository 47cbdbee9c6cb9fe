"""Actors, their strength, and the ties between them."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from sim.scenario.schema.means import MunitionsSpec, ProgrammeSpec
from sim.scenario.schema.quantity import (
    AtLeastOne,
    ClaimId,
    FrozenModel,
    NonNegative,
    Quantity,
    Share,
    SignedShare,
    SourceKeys,
    StrictFloat,
    StrictInt,
)


class LocationSpec(FrozenModel):
    """A point on the globe, in degrees; distances between capitals are measured along it."""

    name: str
    """The city."""
    latitude: StrictFloat = Field(ge=-90, le=90)
    """Degrees north."""
    longitude: StrictFloat = Field(ge=-180, le=180)
    """Degrees east."""
    source: SourceKeys
    """Key of the bibliography."""


class ActorSpec(FrozenModel):
    """One actor: a state, or a bloc that decides as one."""

    name: str
    """Name in tables and stories."""
    capital: LocationSpec
    """Its location, for distances."""
    borders: tuple[str, ...] = ()
    """Actors it shares a land border with; one of the two sides is enough."""
    major_power: bool = False
    """Whether COW lists it as a major power."""
    capability: Share
    """Share of the world's capabilities (COW CINC): its strength at home."""
    nuclear_warheads: NonNegative
    """Warheads held; above zero it is a nuclear power."""
    ideal_point: Quantity
    """Position in UN General Assembly votes; affinity falls with the distance between two."""
    polyarchy: Share
    """Electoral democracy (V-Dem polyarchy)."""
    munitions: MunitionsSpec | None = None
    """Its artillery munitions, where the scenario follows them."""
    output_ceiling: AtLeastOne | None = None
    """Its highest munitions output in war relative to that of the opening day; without it, 1."""
    programme: ProgrammeSpec | None = None
    """Its programme of nuclear weapons and long-range missiles, where the scenario follows it."""


class PromisedElsewhere(StrEnum):
    """What two actors may have promised in treaties that a scenario leaves out."""

    NONAGGRESSION = "nonaggression"
    """Not to attack each other, or to stand aside."""
    CONSULTATION = "consultation"
    """To consult in a crisis."""


class PairSpec(FrozenModel):
    """Facts about two actors that the record of allies' answers counts; the same for both."""

    between: Annotated[tuple[str, ...], Field(min_length=2, max_length=2)]
    """The two actors."""
    sea_neighbours: bool = False
    """Whether at most 150 miles of water lie between them; land borders stand with the actors."""
    near_by_sea: bool = False
    """Whether at most 400 miles of water lie between them, sea neighbours included or not."""
    promised_elsewhere: PromisedElsewhere | None = None
    """The most they have promised each other in treaties that are not among those here."""
    rivals: bool = False
    """Whether they are strategic rivals."""
    disputes: StrictInt = Field(default=0, ge=0)
    """Militarised disputes with each other in the ten years before the scenario opens."""
    joint_disputes: StrictInt = Field(default=0, ge=0)
    """Militarised disputes in those ten years in which they were on the same side."""
    source: SourceKeys
    """Keys of the bibliography."""
    article: tuple[ClaimId, ...] = ()
    """Claims of the source article that it grounds."""
    note: str = ""
    """How the facts were derived, and caveats."""


class TieSpec(FrozenModel):
    """What one actor has at stake in another. Written `ties.<who>.<towards whom>`."""

    worth: SignedShare | None = None
    """How much the other's fate matters: 1 as its own, 0 not at all, -1 it gains by a fall."""
    stationed: NonNegative | None = None
    """Troops stationed with the other, in thousands: they are attacked when it is."""
    worth_before: SignedShare | None = None
    """Its worth while rates of disputes were measured; by default as now."""
    stationed_before: NonNegative | None = None
    """Troops stationed then, in thousands; by default as now."""
