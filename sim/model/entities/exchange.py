"""An exchange as it stands in every world: what was delivered, what is owed, what is known."""

from __future__ import annotations

import numpy as np

from sim.model.arrays import Levels, Mask, Vector, total
from sim.model.randomness.parameters import sample_parameter
from sim.model.randomness.streams import RandomStreams
from sim.scenario.schema.exchanges import ExchangeSpec
from sim.scenario.schema.quantity import Quantity

TIERS = (2, 3, 4)
"""Tiers of technology above food, fuel and money, which are the first."""


class Exchange:
    """One exchange over a block of worlds; quantities are vectors (world,).

    Attributes:
        supplier, buyer: rows of the actors.
        stock, missile_stock, troops_left: munitions (million rounds), missiles and soldiers (thousand) left.
        munitions_delivered, missiles_sent, troops_sent: delivered since the scenario opened.
        munitions_stopped: munitions that were shipped and stopped on the way.
        delivered: munitions that arrived in the last month.
        reliance: how far the buyer's war hangs on the last month's deliveries, 0 to 1.
        troops_present: soldiers with the buyer, thousand; the first came in `troops_month`.
        troops_fallen: soldiers lost, thousand.
        bill: value delivered this month and not on the account yet, billion USD.
        value_delivered: of all that was delivered, billion USD; `returned` what came back.
        debt: value delivered and not returned, fading, billion USD.
        annual_returns: value returned in a year at the present pace, billion USD.
        tier: highest tier of technology transferred; 1 food, fuel and money.
        transferred: which of tiers 2 to 4 were transferred, (tier, world).
        disclosed, troops_seen, tier_seen: what others know.
        admitted: where the parties no longer deny soldiers, or shells.
        estimate: ratio of what others believe was delivered to what was.
    """

    def __init__(
        self, code: str, spec: ExchangeSpec, index: dict[str, int], streams: RandomStreams
    ) -> None:
        self.code, self.spec = code, spec
        self.supplier, self.buyer = index[spec.supplier], index[spec.buyer]
        for name, value in spec:
            if isinstance(value, Quantity):
                setattr(
                    self, f"_{name}", sample_parameter(value, f"exchanges.{code}.{name}", streams)
                )
        self.stock, self.missile_stock, self.troops_left = (
            self.parameter(name).copy()
            for name in ("munitions_stock", "missiles_stock", "troops_pool")
        )
        self.debt = self.parameter("debt").copy()
        nothing = np.zeros(streams.count)
        self.munitions_delivered, self.missiles_sent, self.troops_sent = nothing, nothing, nothing
        self.munitions_stopped, self.delivered, self.reliance, self.troops_present = (
            nothing,
            nothing,
            nothing,
            nothing,
        )
        self.value_delivered, self.returned, self.annual_returns = nothing, nothing, nothing
        self.bill, self.troops_fallen, self.troops_month = nothing, nothing, nothing
        self.tier: Levels = np.ones(streams.count, dtype=np.int8)
        self.tier_seen: Levels = self.tier.copy()
        self.transferred: Mask = np.zeros((len(TIERS), streams.count), dtype=bool)
        self.disclosed: Mask = np.full(streams.count, spec.disclosed)
        self.troops_seen: Mask = np.zeros(streams.count, dtype=bool)
        self.admitted: Mask = np.zeros(streams.count, dtype=bool)
        self.estimate: Vector = np.ones(streams.count)
        objections = [
            sample_parameter(share, f"exchanges.{code}.objectors.{who}", streams)
            for who, share in spec.objectors.items()
        ]
        self.objection = total([nothing, *objections]).clip(0, 1)

    def parameter(self, name: str) -> Vector:
        """Return one of the exchange's numbers as every world assumes it, (world,)."""
        vector: Vector = getattr(self, f"_{name}")
        return vector

    @property
    def depletion(self) -> Vector:
        """Share of the old stock that is gone, 0 to 1."""
        first = self.parameter("munitions_stock")
        old = np.minimum(self.stock, first)  # what is new may make it more than it was
        return 1 - np.divide(old, first, out=np.ones_like(first), where=first > 0)

    @property
    def returned_share(self) -> Vector:
        """Value returned as a share of the value delivered, (world,)."""
        return self.returned / np.maximum(self.value_delivered, 1e-9)

    def capacity(self, stock_share: Vector) -> Vector:
        """Return what it could spare this month: the new, and a share of the old stock."""
        return self.parameter("munitions_output") + stock_share * self.stock

    def ship(self, shipped: Vector, stopped: Vector) -> Vector:
        """Ship munitions, of which a share is stopped; return what arrives."""
        self.stock = self.stock + self.parameter("munitions_output") - shipped
        self.delivered = shipped * (1 - stopped)
        self.munitions_stopped = self.munitions_stopped + shipped * stopped
        self.munitions_delivered = self.munitions_delivered + self.delivered
        return self.delivered

    def ship_missiles(self, share: Vector, stock_share: Vector, stopped: Vector) -> Vector:
        """Ship a share of the missiles it could spare; return what arrives."""
        output = self.parameter("missiles_output")
        shipped = share * (output + stock_share * self.missile_stock)
        self.missile_stock = self.missile_stock + output - shipped
        self.missiles_sent = self.missiles_sent + shipped * (1 - stopped)
        return shipped * (1 - stopped)

    def send_troops(self, where: Mask, month: int) -> Vector:
        """Send a contingent where it is decided and there are soldiers left; return how many."""
        sent = np.minimum(self.parameter("contingent"), self.troops_left) * where
        self.troops_left, self.troops_present = self.troops_left - sent, self.troops_present + sent
        first = (sent > 0) & (self.troops_sent == 0)
        self.troops_month = np.where(first, month, self.troops_month)
        self.troops_sent = self.troops_sent + sent
        return sent

    def suffer_casualties(self, casualty_rate: Vector, at_war: Mask) -> None:
        """Let the soldiers present lose a share of their number, and go home where it is over."""
        self.troops_fallen = self.troops_fallen + self.troops_present * casualty_rate * at_war
        self.troops_present = self.troops_present * (1 - casualty_rate) * at_war

    def book_on_credit(self, returned_share: Vector, debt_decay: Vector) -> None:
        """Put the month's bill on the account; a part of it is returned at once."""
        returned = returned_share * self.bill
        self.value_delivered, self.returned = (
            self.value_delivered + self.bill,
            self.returned + returned,
        )
        self.debt = self.debt * debt_decay + self.bill - returned
        self.annual_returns = self.annual_returns * (11 / 12) + returned
        self.bill = np.zeros_like(self.bill)

    def book_as_gift(self) -> None:
        """Count the month's deliveries as given: nothing is owed for them, and nothing returned."""
        self.value_delivered = self.value_delivered + self.bill
        self.bill = np.zeros_like(self.bill)

    def transfer_technology(self, where: Mask, tier: int, value: Vector) -> None:
        """Transfer a tier of technology where it is decided; it pays off debt."""
        self.transferred[tier - 2] |= where
        self.tier = np.where(where, np.maximum(self.tier, tier), self.tier).astype(np.int8)
        self.debt = np.maximum(self.debt - value * where, 0)
        self.annual_returns = self.annual_returns + value * where
