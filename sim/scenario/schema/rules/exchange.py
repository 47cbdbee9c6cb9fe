"""Coefficients of the exchange: deliveries, returns, technology, and what others observe."""

from __future__ import annotations

from sim.scenario.schema.quantity import FrozenModel, NonNegative, Quantity, Share, StrictlyPositive


class ExchangeRules(FrozenModel):
    """The share of its reserves that a supplier delivers, and the return."""

    willing: Quantity
    """Log-odds of delivering without any reason for it."""
    need: Quantity
    """Weight of the buyer's need, as observed."""
    payment: Quantity
    """Weight of the buyer's returns."""
    depletion: Quantity
    """Weight of the depletion of the supplier's stock."""
    sanctions: Quantity
    """Weight of sanctions that are enforced and not covered by a veto."""
    relation: Quantity
    """Weight of affinity between the two."""
    draw: Share
    """Share of the old stock that can be moved in a month."""
    interdiction: Share
    """Share of deliveries stopped where sanctions are fully enforced."""
    troops: Quantity
    """Subtracted for sending soldiers rather than shells."""
    home_soil: Quantity
    """Added for sending soldiers when the buyer's home soil is attacked."""
    casualties: Share
    """Share of the soldiers lost in a month."""
    returned: Share
    """Share of the value delivered that is returned in fuel, food and money at once."""
    debt_half_life: StrictlyPositive
    """Months after which an unpaid debt counts half."""
    debt_scale: StrictlyPositive
    """Debt at which a creditor can ask for anything."""
    return_scale: StrictlyPositive
    """Returns in a year at which payment weighs fully."""


class TechnologyRules(FrozenModel):
    """Whether the buyer pays with technology, tier by tier, and its value."""

    willing: Quantity
    """Log-odds in a month without any reason for it."""
    debt: Quantity
    """Weight of the debt."""
    need: Quantity
    """Weight of the buyer's need."""
    proliferation: Quantity
    """Weight of the cost of a tier."""
    objection: Quantity
    """Weight of third parties' objections."""
    after_troops: Quantity
    """Added once the supplier has sent soldiers."""
    detente: Quantity
    """Weight of a ceasefire, after which the buyer can seek other partners."""
    cost_2: NonNegative
    """Reluctance to transfer air defence, jamming and drones."""
    cost_3: NonNegative
    """Reluctance to transfer satellite and guidance technology."""
    cost_4: NonNegative
    """Reluctance to transfer reactors for submarines, re-entry vehicles and warheads."""
    value_2: NonNegative
    """Debt paid off by the second tier."""
    value_3: NonNegative
    """Debt paid off by the third tier."""
    value_4: NonNegative
    """Debt paid off by the fourth tier."""
    gain_2: Share
    """Possible contribution of the second tier to the programme."""
    gain_3: Share
    """Possible contribution of the third tier to the programme."""
    gain_4: Share
    """Possible contribution of the fourth tier to the programme."""
    works: Share
    """Chance that a transfer adds anything."""


class ObservationRules(FrozenModel):
    """What others observe of an exchange, and when the parties stop denying it."""

    detection: Share
    """Chance in a month that completely hidden deliveries are disclosed."""
    open_detection: Share
    """The same for deliveries that are not hidden."""
    error: NonNegative
    """Spread of estimates: standard deviation of the log of estimated to true deliveries."""
    admission: Quantity
    """Log-odds in a month that the parties admit what was disclosed."""
    pride: Quantity
    """Added once soldiers have fought, when the act has become a source of honour."""
    exposure: Quantity
    """Subtracted where sanctions are enforced."""
