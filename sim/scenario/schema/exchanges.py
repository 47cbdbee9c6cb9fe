"""Exchanges: arms and men one way; fuel, food, money and technology the other."""

from __future__ import annotations

from datetime import date

from sim.scenario.schema.quantity import Claim, Frozen, Positive, Share, Sources


class ExchangeSpec(Frozen):
    """An arrangement by which one actor supplies another's war. Distinct from any treaty."""

    name: str
    """What it is called."""
    supplier: str
    """Who delivers arms."""
    buyer: str
    """Who fights with them."""
    rivalry: str
    """The theatre of the buyer's war."""
    since: date
    """When deliveries began."""
    paid: bool = True
    """Whether the buyer owes a return; false for a gift."""
    munitions_stock: Positive
    """Old munitions that the supplier can spare, in million rounds."""
    munitions_output: Positive
    """New munitions that it can spare each month, in million rounds."""
    munitions_price: Positive
    """Value of a million rounds."""
    missiles_stock: Positive
    """Missiles that the supplier can spare."""
    missiles_output: Positive
    """New missiles that it can spare each month."""
    missile_price: Positive
    """Value of a missile."""
    troops_pool: Positive
    """Soldiers that the supplier would part with at the most, in thousands."""
    contingent: Positive
    """Soldiers sent at a time, in thousands."""
    troops_price: Positive
    """What the buyer owes for a thousand soldiers, in lives as well as wages."""
    debt: Positive
    """Value delivered and not returned when the scenario opens."""
    secrecy: Share
    """How far the two hide it: 1 wholly secret, 0 announced."""
    disclosed: bool = True
    """Whether others know of it when the scenario opens."""
    objectors: dict[str, Share] = {}
    """Third parties that object to the transfer of technology, and how firmly."""
    source: Sources
    """Keys of the bibliography."""
    article: tuple[Claim, ...] = ()
    """Claims of the source article that it grounds."""
    note: str = ""
    """What to be careful about."""
