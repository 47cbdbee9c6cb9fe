"""Coefficients of a crisis: choice, challenge, escalation."""

from __future__ import annotations

from sim.scenario.schema.quantity import FrozenModel, NonNegative, Quantity, Share, StrictlyPositive


class ChoiceRules(FrozenModel):
    """What all choices share."""

    rationality: NonNegative
    """Log-odds per unit of expected utility (quantal response): 0 pure chance, large best reply."""
    half_distance: StrictlyPositive
    """Kilometres over which strength halves (loss-of-strength gradient)."""


class ChallengeRules(FrozenModel):
    """Whether to challenge a rival."""

    dispute_cost: NonNegative
    """Cost of a resisted dispute, as a share of the highest stake."""
    nuclear_dread: Quantity
    """Utility lost when a nuclear power is expected among the opponents."""
    recent_dispute: Quantity
    """Added when the two had a dispute in the last twelve months."""
    nonaggression: Quantity
    """Added when the two have promised not to attack each other."""
    begins: Share
    """Chance that the side that challenges is also the side that begins the war, if one comes."""
    embolden: Quantity
    """Added per ally expected to fight for the challenger even if it begins, beyond the record."""
    advice: Quantity
    """Subtracted from resistance per ally expected to aid the target, beyond the record: allies
    without a quarrel of their own advise to settle."""
    opening_display: Share
    """Share of challenges that open with a display of force."""
    opening_force: Share
    """Share of challenges that open with a use of force."""


class EscalateRules(FrozenModel):
    """Whether to climb a rung, hold, or let a dispute end."""

    climb: Share
    """Chance in a month that one side climbs from threat to display, or display to force."""
    war_given_force: Share
    """Chance that a reciprocated dispute with use of force becomes war, in the record."""
    dies: Share
    """Chance in a month that a dispute ends when nobody climbs."""
    war_cost: Quantity
    """Weight of the expected share of strength on the other side."""
    nuclear: Quantity
    """Weight of a nuclear power among the opponents."""
    other_war: Quantity
    """Subtracted from going to war while fighting another."""
    pact: Quantity
    """Added per expected ally: reliable allies make a side firmer."""
