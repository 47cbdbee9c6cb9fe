"""Rivalries, the disputes that may break out on them, wars under way, and dated shocks."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from sim.scenario.schema.quantity import (
    ClaimId,
    Date,
    FrozenModel,
    NonNegative,
    Share,
    SignedShare,
    SourceKeys,
)


class Rung(StrEnum):
    """The MID hostility levels (Jones, Bremer and Singer 1996) above none."""

    THREAT = "threat"
    DISPLAY = "display"
    FORCE = "force"
    WAR = "war"


class AidLevel(StrEnum):
    """The level of aid an ally gives."""

    NONE = "none"
    MATERIEL = "materiel"
    TROOPS = "troops"
    """Troops that can be denied."""
    WAR = "war"
    """Open war at the ally's side."""


class OpeningSpec(FrozenModel):
    """How the disputes of a rivalry open; the shares add up to 1 in every world."""

    threat: Share
    """Share of challenges that open with a threat."""
    display: Share
    """Share of challenges that open with a display of force."""
    force: Share
    """Share of challenges that open with a use of force."""


class RivalrySpec(FrozenModel):
    """Two actors between whom disputes break out; also the theatre if they go to war."""

    name: str
    """Name of the theatre."""
    between: Annotated[tuple[str, ...], Field(min_length=2, max_length=2)]
    """The two rivals."""
    onset: dict[str, NonNegative]
    """Chance a year that each rival begins a dispute, under the alliances of the record."""
    stake: dict[str, Share]
    """What the quarrel is worth to each rival: 1 is as much as anything."""
    reciprocation: Share
    """Share of challenges met with a military reply."""
    opening: OpeningSpec | None = None
    """How its disputes open, where the record of the pair says so; else as `rules.challenge`."""


class SupportSpec(FrozenModel):
    """One actor's part in a war under way."""

    side: str
    """The principal it supports."""
    aid: AidLevel
    """The level of aid."""
    source: SourceKeys
    """Keys of the bibliography."""
    article: tuple[ClaimId, ...] = ()
    """Claims of the source article that it grounds."""


class WarSpec(FrozenModel):
    """A war under way when the scenario opens."""

    rivalry: str
    """The rivalry over which it is fought."""
    began_by: str
    """The rival that attacked."""
    since: Date
    """The day it began."""
    front: SignedShare
    """Territory gained: 1 the attacker has won, -1 the defender has, 0 where it began."""
    weariness: dict[str, Share]
    """Each principal's war weariness."""
    support: dict[str, SupportSpec] = {}
    """Who helps whom."""
    source: SourceKeys
    """Keys of the bibliography."""
    article: tuple[ClaimId, ...] = ()
    """Claims of the source article that it grounds."""


class ShockKind(StrEnum):
    """The kind of a dated event."""

    DISPUTE = "dispute"
    """`actor` challenges its rival, opening at `rung`."""
    HOME_SOIL_ATTACK = "home_soil_attack"
    """The war is carried onto the home soil of `actor`."""
    CEASEFIRE = "ceasefire"
    """The war on the rivalry ends."""
    TALKS = "talks"
    """The rivals talk for `months`: provocations and exercises fall."""
    ARMING = "arming"
    """`actor`, which may arm a rival's enemy, does so; the rivalry is the war it sends arms to."""
    NUCLEAR_TEST = "nuclear_test"
    """`actor`, which has an entry under `provokers`, tests a nuclear weapon."""
    SIGN = "sign"
    """The parties of `treaty` sign it, unless it binds them already."""
    RENEGOTIATE = "renegotiate"
    """The parties of `treaty` sign it in place of the treaty that it replaces."""
    LEAVE = "leave"
    """`actor` gives notice of `treaty`, and leaves it when the months of notice have passed."""
    ACCEDE = "accede"
    """`actor` joins `treaty`."""
    VISIT = "visit"
    """`actor` pays a visit to `towards`: recorded, and of the weight `rules.memory.visit`."""
    SUCCESSION = "succession"
    """A new leader of `actor`, an autocracy, comes to rest on new supporters."""


TREATY_ACTS = frozenset({ShockKind.SIGN, ShockKind.RENEGOTIATE, ShockKind.LEAVE, ShockKind.ACCEDE})
"""The events that are acts on a treaty."""

PLACELESS = TREATY_ACTS | {ShockKind.VISIT, ShockKind.SUCCESSION}
"""The events that happen on no rivalry."""


class ShockSpec(FrozenModel):
    """A dated event that the scenario assumes, regardless of the actors' decisions."""

    date: Date
    """When it happens."""
    kind: ShockKind
    """Its kind."""
    rivalry: str = ""
    """Where it happens; nowhere if it is an act on a treaty, a visit or a succession."""
    actor: str = ""
    """Who challenges, arms, tests or visits, whose soil is attacked, who leaves or joins a
    treaty, or whose leader is succeeded."""
    towards: str = ""
    """Who is visited."""
    treaty: str = ""
    """Which treaty is signed, left or joined."""
    new_supporters: bool = True
    """Whether a successor rests on new supporters; with the old ones nothing changes."""
    months: int = Field(default=12, gt=0)
    """How long talks last."""
    rung: Rung = Rung.FORCE
    """The rung at which a dispute opens."""
    fait_accompli: bool = False
    """Whether a war opens with ground already taken: `rules.war.fait_accompli`."""
    note: str = ""
    """Why the scenario assumes it."""
    source: SourceKeys = ("judgement",)
    """Keys of the bibliography."""
    article: tuple[ClaimId, ...] = ()
    """Claims of the source article that it grounds."""
