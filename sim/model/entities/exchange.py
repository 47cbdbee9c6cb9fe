"""An exchange as it stands in every world: what was delivered, what is owed, what is known."""

from __future__ import annotations

import numpy as np

from sim.model.arrays import Levels, Mask, Vector, total
from sim.model.randomness.parameters import assume
from sim.model.randomness.streams import Luck
from sim.scenario.schema.exchanges import ExchangeSpec
from sim.scenario.schema.quantity import Quantity

TIERS = (2, 3, 4)
"""Tiers of technology above food, fuel and money, which are the first."""


class Exchange:
    """One exchange over a block of worlds; quantities are vectors (world,).

    Attributes:
        supplier, buyer: rows of the actors.
        stock, missiles, pool: munitions (million rounds), missiles and soldiers (thousand) left.
        munitions, missiles_sent, troops_sent: delivered since the scenario opened.
        lost: munitions that were shipped and stopped on the way.
        delivered: munitions that arrived in the last month.
        reliance: how far the buyer's war hangs on the last month's deliveries, 0 to 1.
        present: soldiers with the buyer, thousand; the first came in `troops_month`.
        fallen: soldiers lost, thousand.
        bill: value delivered this month and not on the account yet, billion USD.
        value: of all that was delivered, billion USD; `returned` what came back.
        debt: value delivered and not returned, fading, billion USD.
        returns: value returned in a year at the present pace, billion USD.
        tier: highest tier of technology transferred; 1 food, fuel and money.
        transferred: which of tiers 2 to 4 were transferred, (tier, world).
        disclosed, troops_seen, tier_seen: what others know.
        admitted: where the parties no longer deny soldiers, or shells.
        estimate: ratio of what others believe was delivered to what was.
    """

    def __init__(self, code: str, spec: ExchangeSpec, index: dict[str, int], luck: Luck) -> None:
        self.code, self.spec = code, spec
        self.supplier, self.buyer = index[spec.supplier], index[spec.buyer]
        for name, value in spec:
            if isinstance(value, Quantity):
                setattr(self, f"_{name}", assume(value, f"exchanges.{code}.{name}", luck))
        self.stock, self.missiles, self.pool = (
            self.assumed(name).copy()
            for name in ("munitions_stock", "missiles_stock", "troops_pool")
        )
        self.debt = self.assumed("debt").copy()
        nothing = np.zeros(luck.count)
        self.munitions, self.missiles_sent, self.troops_sent = nothing, nothing, nothing
        self.lost, self.delivered, self.reliance, self.present = nothing, nothing, nothing, nothing
        self.value, self.returned, self.returns = nothing, nothing, nothing
        self.bill, self.fallen, self.troops_month = nothing, nothing, nothing
        self.tier: Levels = np.ones(luck.count, dtype=np.int8)
        self.tier_seen: Levels = self.tier.copy()
        self.transferred: Mask = np.zeros((len(TIERS), luck.count), dtype=bool)
        self.disclosed: Mask = np.full(luck.count, spec.disclosed)
        self.troops_seen: Mask = np.zeros(luck.count, dtype=bool)
        self.admitted: Mask = np.zeros(luck.count, dtype=bool)
        self.estimate: Vector = np.ones(luck.count)
        objections = [
            assume(share, f"exchanges.{code}.objectors.{who}", luck)
            for who, share in spec.objectors.items()
        ]
        self.objection = total([nothing, *objections]).clip(0, 1)

    def assumed(self, name: str) -> Vector:
        """Return one of the exchange's numbers as every world assumes it, (world,)."""
        vector: Vector = getattr(self, f"_{name}")
        return vector

    @property
    def depletion(self) -> Vector:
        """Share of the old stock that is gone, 0 to 1."""
        first = self.assumed("munitions_stock")
        old = np.minimum(self.stock, first)  # what is new may make it more than it was
        return 1 - np.divide(old, first, out=np.ones_like(first), where=first > 0)

    def capacity(self, draw: Vector) -> Vector:
        """Return what it could spare this month: the new, and a share of the old stock."""
        return self.assumed("munitions_output") + draw * self.stock

    def ship(self, shipped: Vector, stopped: Vector) -> Vector:
        """Ship munitions, of which a share is stopped; return what arrives."""
        self.stock = self.stock + self.assumed("munitions_output") - shipped
        self.delivered = shipped * (1 - stopped)
        self.lost = self.lost + shipped * stopped
        self.munitions = self.munitions + self.delivered
        return self.delivered

    def ship_missiles(self, share: Vector, draw: Vector, stopped: Vector) -> Vector:
        """Ship a share of the missiles it could spare; return what arrives."""
        output = self.assumed("missiles_output")
        shipped = share * (output + draw * self.missiles)
        self.missiles = self.missiles + output - shipped
        self.missiles_sent = self.missiles_sent + shipped * (1 - stopped)
        return shipped * (1 - stopped)

    def send_troops(self, where: Mask, month: int) -> Vector:
        """Send a contingent where it is decided and there are soldiers left; return how many."""
        sent = np.minimum(self.assumed("contingent"), self.pool) * where
        self.pool, self.present = self.pool - sent, self.present + sent
        first = (sent > 0) & (self.troops_sent == 0)
        self.troops_month = np.where(first, month, self.troops_month)
        self.troops_sent = self.troops_sent + sent
        return sent

    def fight(self, casualties: Vector, at_war: Mask) -> None:
        """Let the soldiers present lose a share of their number, and go home where it is over."""
        self.fallen = self.fallen + self.present * casualties * at_war
        self.present = self.present * (1 - casualties) * at_war

    def owe(self, part: Vector, fade: Vector) -> None:
        """Put the month's bill on the account; a part of it is returned at once."""
        returned = part * self.bill
        self.value, self.returned = self.value + self.bill, self.returned + returned
        self.debt = self.debt * fade + self.bill - returned
        self.returns = self.returns * (11 / 12) + returned
        self.bill = np.zeros_like(self.bill)

    def give(self) -> None:
        """Count the month's deliveries as given: nothing is owed for them, and nothing returned."""
        self.value = self.value + self.bill
        self.bill = np.zeros_like(self.bill)

    def transfer(self, where: Mask, tier: int, value: Vector) -> None:
        """Transfer a tier of technology where it is decided; it pays off debt."""
        self.transferred[tier - 2] |= where
        self.tier = np.where(where, np.maximum(self.tier, tier), self.tier).astype(np.int8)
        self.debt = np.maximum(self.debt - value * where, 0)
        self.returns = self.returns + value * where
