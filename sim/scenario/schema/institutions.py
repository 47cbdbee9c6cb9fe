"""Councils, provokers, blocs, patronages, and actors that may arm a rival's enemy."""

from __future__ import annotations

from pydantic import Field

from sim.scenario.schema.quantity import ClaimId, Date, FrozenModel, NonNegative, Share, SourceKeys


class CouncilSpec(FrozenModel):
    """A council that can sanction one actor, with permanent members that can veto."""

    name: str
    """Its name."""
    target: str
    """Who is sanctioned."""
    proposers: tuple[str, ...] = Field(min_length=1)
    """Who drafts sanctions."""
    permanent: tuple[str, ...] = Field(min_length=1)
    """Who can veto."""
    other_votes: NonNegative
    """Other members that usually vote for a draft."""
    votes_needed: int = Field(gt=0)
    """Votes for a draft to be adopted, if nobody vetoes."""
    enforcers: dict[str, Share] = Field(min_length=1)
    """On whose compliance the sanctions depend, and the part that depends on each."""
    enforcement: Share
    """How well they are enforced where every enforcer complies."""
    laxity: dict[str, Share] = {}
    """How far each enforcer tolerates violations in any case."""
    last_vetoed: bool = False
    """Whether the last draft before the scenario opens was vetoed."""
    source: SourceKeys
    """Keys of the bibliography."""
    article: tuple[ClaimId, ...] = ()
    """Claims of the source article that it grounds."""


class ProvokerSpec(FrozenModel):
    """An actor that tests and provokes below the level of a dispute."""

    towards: tuple[str, ...] = Field(min_length=1)
    """Whom it provokes."""
    rate: NonNegative
    """Provocations a month that no earlier one explains, on the day the scenario opens."""
    long_run: NonNegative
    """Provocations a month to which it relaxes, those that earlier ones cause included."""
    excitation: Share
    """Further provocations that each one causes."""
    sub_threshold: Share
    """Share that are balloons, jamming, border incidents, artillery and cruise missiles."""
    ballistic: Share
    """Share that are ballistic missiles short of intercontinental range."""
    icbm: Share
    """Share that are intercontinental missiles."""
    satellite: Share
    """Share that are satellite launches."""
    nuclear: Share
    """Share that are nuclear tests."""
    last_icbm: Date | None = None
    """Day of the last intercontinental missile before the scenario opens."""
    last_satellite: Date | None = None
    """Day of the last satellite launch before the scenario opens."""
    last_nuclear: Date | None = None
    """Day of the last nuclear test before the scenario opens."""
    source: SourceKeys
    """Keys of the bibliography."""
    article: tuple[ClaimId, ...] = ()
    """Claims of the source article that it grounds."""


class BlocSpec(FrozenModel):
    """Actors that balance together against others: exercises, coordination, reassurance."""

    name: str
    """Its name."""
    members: tuple[str, ...] = Field(min_length=2)
    """Who coordinates; the first leads and reassures the rest."""
    against: tuple[str, ...] = Field(min_length=1)
    """Against whom."""
    coordination: Share
    """How well they coordinate when the scenario opens."""
    source: SourceKeys
    """Keys of the bibliography."""
    article: tuple[ClaimId, ...] = ()
    """Claims of the source article that it grounds."""


class PatronageSpec(FrozenModel):
    """A patron that can restrain a client."""

    patron: str
    """Who restrains."""
    client: str
    """Who is restrained."""
    weight: NonNegative
    """Effect of restraint on the client at full dependence, in log-odds."""
    dependence: Share
    """Share of the client's needs that the patron meets when the scenario opens."""
    source: SourceKeys
    """Keys of the bibliography."""
    article: tuple[ClaimId, ...] = ()
    """Claims of the source article that it grounds."""


class ArmingSpec(FrozenModel):
    """An actor that may arm an enemy of its own rival's partner, and is warned against it."""

    name: str
    """Its name."""
    actor: str
    """Who may send arms."""
    beneficiary: str
    """Who would receive them."""
    against: str
    """Who warns against it."""
    exchange: str
    """The exchange to which it responds."""
    source: SourceKeys
    """Keys of the bibliography."""
    article: tuple[ClaimId, ...] = ()
    """Claims of the source article that it grounds."""
