"""Actors, their strength, and the ties between them."""

from __future__ import annotations

from pydantic import Field

from sim.scenario.schema.means import MunitionsSpec, ProgrammeSpec
from sim.scenario.schema.quantity import (
    FrozenModel,
    NonNegative,
    Quantity,
    Share,
    SignedShare,
    SourceKeys,
    StrictFloat,
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
    programme: ProgrammeSpec | None = None
    """Its programme of nuclear weapons and long-range missiles, where the scenario follows it."""


class TieSpec(FrozenModel):
    """What one actor has at stake in another. Written `ties.<who>.<towards whom>`."""

    worth: SignedShare | None = None
    """How much the other's fate matters: 1 as its own, 0 not at all, -1 it gains by a fall."""
    stationed: NonNegative | None = None
    """Troops stationed with the other, in thousands: they are attacked when it is."""
