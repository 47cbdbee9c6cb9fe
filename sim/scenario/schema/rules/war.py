"""Coefficients of war: its course, and what it consumes."""

from __future__ import annotations

from sim.scenario.schema.quantity import FrozenModel, NonNegative, Quantity, Share, StrictlyPositive


class WarRules(FrozenModel):
    """How a war proceeds and ends, month by month."""

    front_speed: NonNegative
    """Territory gained in a month by a side with all the strength."""
    front_noise: NonNegative
    """Standard deviation of the random movement in a month."""
    weariness: Share
    """Share of the remaining patience lost in a month of war."""
    settles: Share
    """Chance a month to settle at half weariness, an even front and strengths of two to one."""
    weary: Quantity
    """Weight of the sides' mean weariness on settling."""
    deadlock: Quantity
    """Weight of how even the front is on settling."""
    imbalance: Quantity
    """Weight of unequal strength on settling: 0 where equal, 1 where one side has all."""
    home_soil: Share
    """Chance in a month that the defender carries the war onto the attacker's soil."""
    supplier_consent: Share
    """Chance in a month that a supplier of the defender consents to the use of its arms there."""
    own_weapons: Share
    """Chance in a month that the defender's own weapons carry that far without such consent."""
    fait_accompli: Share
    """Territory taken by an attack that is over before others can answer."""
    guard: Share
    """Share of the attacker's strength that guards its home soil once that was attacked."""
    nuclear_use: Share
    """Chance in a month of war against a nuclear power that it uses a weapon: an assumption."""


class SupplyRules(FrozenModel):
    """The effect of munitions in war."""

    fire: Share
    """Share of a side's strength lost when it has nothing to fire."""
    restocking: StrictlyPositive
    """Months over which a buyer wants its stock replenished."""
    reserve: NonNegative
    """Months of use that it wants in stock."""
    ramp: Share
    """Share of the gap between munitions output and its ceiling that is closed in a month of war,
    and of the gap to the output of the opening day in a month of peace."""
    arms_half_life: StrictlyPositive
    """Months after which half of the arms delivered are worn out or lost."""
    losses: NonNegative
    """Share of a side's strength destroyed by an equal opponent in a year of war."""
    weariness_of_loss: Quantity
    """Weariness added per share of strength lost."""
