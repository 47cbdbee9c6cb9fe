"""Exchanges: arms and soldiers one way; fuel, food, money and technology the other."""

from __future__ import annotations

from sim.scenario.schema.quantity import (
    ClaimId,
    Date,
    FrozenModel,
    NonNegative,
    Share,
    SourceKeys,
    StrictlyPositive,
)


class ExchangeSpec(FrozenModel):
    """An arrangement by which one actor supplies another's war. Distinct from any treaty."""

    name: str
    """Its name."""
    supplier: str
    """Who delivers arms."""
    buyer: str
    """Who fights with them."""
    rivalry: str
    """The theatre of the buyer's war."""
    since: Date
    """When deliveries began."""
    paid: bool = True
    """Whether the buyer owes a return; false for a gift."""
    munitions_stock: NonNegative
    """Old munitions that the supplier can spare, in million rounds."""
    munitions_output: NonNegative
    """New munitions that it can spare each month, in million rounds."""
    munitions_pace: StrictlyPositive | None = None
    """Million rounds a month at which its aid in materiel counts in full.

    Without it that aid counts in full whatever is delivered.
    """
    munitions_price: NonNegative
    """Value of a million rounds."""
    missiles_stock: NonNegative
    """Missiles that the supplier can spare."""
    missiles_output: NonNegative
    """New missiles that it can spare each month."""
    missile_price: NonNegative
    """Value of a missile."""
    troops_pool: NonNegative
    """Soldiers that the supplier would send at most, in thousands."""
    contingent: NonNegative
    """Soldiers sent at a time, in thousands."""
    troops_price: NonNegative
    """What the buyer owes for a thousand soldiers, in lives as well as wages."""
    debt: NonNegative
    """Value delivered and not returned when the scenario opens."""
    secrecy: Share
    """How far the parties hide it: 1 completely; 0 announced, so known at once and never denied."""
    disclosed: bool = True
    """Whether others know of it when the scenario opens."""
    objectors: dict[str, Share] = {}
    """Third parties that object to the transfer of technology, and how firmly."""
    source: SourceKeys
    """Keys of the bibliography."""
    article: tuple[ClaimId, ...] = ()
    """Claims of the source article that it grounds."""
    note: str = ""
    """Caveats."""
