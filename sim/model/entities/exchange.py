"""An exchange over a block of worlds: what is delivered, what is owed and what others know."""

from __future__ import annotations

import numpy as np

from sim.model.arrays import Levels, Mask, Vector, total
from sim.model.randomness.parameters import SampledGroup, sample_parameter
from sim.model.randomness.streams import RandomStreams
from sim.scenario.schema.exchanges import ExchangeSpec

TIERS = (2, 3, 4)
"""Tiers of technology above food, fuel and money, which are the first."""


class Exchange:
    """One exchange over a block of worlds; quantities are vectors (world,).

    Attributes:
        supplier, buyer: rows of the actors.
        sampled: the numbers of its description as sampled by every world, (world,) each.
        stock: munitions left, million rounds.
        missile_stock: missiles left.
        troops_left: soldiers left to send, thousand.
        munitions_delivered, missiles_sent, troops_sent: totals since the scenario opened.
        munitions_stopped: munitions that were shipped and stopped on the way.
        delivered: munitions that arrived in the last month.
        arms_in_use: what is left of arms delivered, relative to deliveries at the usual pace.
        reliance: how far the buyer's war depends on the last month's deliveries, 0 to 1.
        troops_present: soldiers with the buyer, thousand.
        troops_month: month in which the first soldiers arrived, 0 none.
        troops_fallen: soldiers lost, thousand.
        bill: value delivered this month and not yet booked, billion USD.
        value_delivered: value of all deliveries, billion USD.
        returned: value returned for them, billion USD.
        output: new munitions that the supplier can spare this month, million rounds.
        debt: value delivered and not returned, which decays, billion USD.
        annual_returns: value returned in a year at the present pace, billion USD.
        tier: highest tier of technology transferred; tier 1 is food, fuel and money.
        transferred: which of tiers 2 to 4 were transferred, (tier, world).
        announced: where the parties hide nothing: what they do is known at once, and never denied.
        disclosed, troops_seen, tier_seen: what other actors know.
        admitted: where the parties no longer deny soldiers or munitions.
        objection: how far others object to its technology, 0 to 1.
        estimate: ratio of what others believe was delivered to what was delivered.
    """

    def __init__(
        self, code: str, spec: ExchangeSpec, index: dict[str, int], streams: RandomStreams
    ) -> None:
        self.code, self.spec = code, spec
        self.supplier, self.buyer = index[spec.supplier], index[spec.buyer]
        sampled = self.sampled = SampledGroup(spec, f"exchanges.{code}", streams)
        self.stock: Vector = sampled.munitions_stock.copy()
        self.missile_stock: Vector = sampled.missiles_stock.copy()
        self.troops_left: Vector = sampled.troops_pool.copy()
        self.output: Vector = self.sampled.munitions_output
        self.debt = sampled.debt.copy()
        self.arms_in_use: Vector = np.ones(streams.count)
        zero = np.zeros(streams.count)
        self.munitions_delivered = self.munitions_stopped = self.delivered = zero
        self.missiles_sent = self.troops_sent = self.troops_present = self.troops_fallen = zero
        self.troops_month = self.reliance = self.bill = zero
        self.value_delivered = self.returned = self.annual_returns = zero
        self.tier: Levels = np.ones(streams.count, dtype=np.int8)
        self.tier_seen: Levels = self.tier.copy()
        self.transferred: Mask = np.zeros((len(TIERS), streams.count), dtype=bool)
        self.announced: Mask = self.sampled.secrecy == 0
        self.disclosed: Mask = self.announced | spec.disclosed
        self.troops_seen: Mask = np.zeros(streams.count, dtype=bool)
        self.admitted: Mask = np.zeros(streams.count, dtype=bool)
        self.estimate: Vector = np.ones(streams.count)
        objections = [
            sample_parameter(share, f"exchanges.{code}.objectors.{who}", streams)
            for who, share in spec.objectors.items()
        ]
        self.objection = total([zero, *objections]).clip(0, 1)

    @property
    def depletion(self) -> Vector:
        """Share of the initial stock that is used up, 0 to 1."""
        initial = self.sampled.munitions_stock
        left = np.minimum(self.stock, initial)  # output may raise the stock above its initial level
        return 1 - np.divide(left, initial, out=np.ones_like(initial), where=initial > 0)

    @property
    def returned_share(self) -> Vector:
        """Value returned as a share of the value delivered, (world,)."""
        return self.returned / np.maximum(self.value_delivered, 1e-9)

    def capacity(self, stock_share: Vector) -> Vector:
        """Return what the supplier could spare this month: its output, and a share of its stock."""
        return self.output + stock_share * self.stock

    def ship(self, shipped: Vector, stopped: Vector) -> Vector:
        """Ship munitions, of which a share is stopped on the way; return what arrives."""
        self.stock = self.stock + self.output - shipped
        self.delivered = shipped * (1 - stopped)
        self.munitions_stopped = self.munitions_stopped + shipped * stopped
        self.munitions_delivered = self.munitions_delivered + self.delivered
        return self.delivered

    def scale_output(self, level: Vector) -> None:
        """Set the new munitions of a month to a multiple of those of the opening day, (world,)."""
        self.output = self.sampled.munitions_output * level

    def renew_arms(self, left: Vector) -> None:
        """Wear out the arms in use, of which a month leaves a share, and add what was delivered.

        At the usual pace they stay at 1; without a usual pace they are taken to.
        """
        if self.spec.munitions_pace is not None:
            renewed = (1 - left) * self.delivered / self.sampled.munitions_pace
            self.arms_in_use = left * self.arms_in_use + renewed

    def ship_missiles(self, share: Vector, stock_share: Vector, stopped: Vector) -> Vector:
        """Ship a share of the missiles the supplier could spare; return what arrives."""
        output = self.sampled.missiles_output
        shipped = share * (output + stock_share * self.missile_stock)
        self.missile_stock = self.missile_stock + output - shipped
        self.missiles_sent = self.missiles_sent + shipped * (1 - stopped)
        return shipped * (1 - stopped)

    def send_troops(self, where: Mask, month: int) -> Vector:
        """Send a contingent, if soldiers are left, `where` it was decided; return its size."""
        sent = np.minimum(self.sampled.contingent, self.troops_left) * where
        self.troops_left, self.troops_present = self.troops_left - sent, self.troops_present + sent
        first = (sent > 0) & (self.troops_sent == 0)
        self.troops_month = np.where(first, month, self.troops_month)
        self.troops_sent = self.troops_sent + sent
        return sent

    def suffer_casualties(self, casualty_rate: Vector, at_war: Mask) -> None:
        """Subtract casualties from the soldiers present, who go home where the war is over."""
        self.troops_fallen = self.troops_fallen + self.troops_present * casualty_rate * at_war
        self.troops_present = self.troops_present * (1 - casualty_rate) * at_war

    def book_on_credit(self, returned_share: Vector, debt_decay: Vector) -> None:
        """Book the month's bill as debt, of which a share is returned at once."""
        returned = returned_share * self.bill
        self.value_delivered, self.returned = (
            self.value_delivered + self.bill,
            self.returned + returned,
        )
        self.debt = self.debt * debt_decay + self.bill - returned
        self.annual_returns = self.annual_returns * (11 / 12) + returned
        self.bill = np.zeros_like(self.bill)

    def book_as_gift(self) -> None:
        """Book the month's deliveries as a gift: nothing is owed for them and nothing returned."""
        self.value_delivered = self.value_delivered + self.bill
        self.bill = np.zeros_like(self.bill)

    def may_transfer(self, tier: int) -> Mask:
        """Return where a tier was not transferred yet; the highest only follows the one below."""
        new: Mask = ~self.transferred[tier - TIERS[0]]
        return new & self.transferred[tier - TIERS[0] - 1] if tier == TIERS[-1] else new

    def transfer_technology(self, where: Mask, tier: int, value: Vector) -> None:
        """Transfer a tier of technology `where` it was decided, which reduces the debt."""
        self.transferred[tier - 2] |= where
        self.tier = np.where(where, np.maximum(self.tier, tier), self.tier).astype(np.int8)
        self.debt = np.maximum(self.debt - value * where, 0)
        self.annual_returns = self.annual_returns + value * where
