"""Coefficients of provocation, balancing and restraint."""

from __future__ import annotations

from sim.scenario.schema.quantity import FrozenModel, NonNegative, Quantity, Share, StrictlyPositive


class ProvocationRules(FrozenModel):
    """What moves provocations below the level of a dispute; each term can be switched off."""

    memory_days: StrictlyPositive
    """Days after which the excitation of a provocation has fallen to 1/e."""
    exercises: Quantity
    """Added to the log of the rate in a month of exercises against the actor."""
    talks: Quantity
    """Added while talks go on."""
    programme: Quantity
    """Weight of the programme's progress since the scenario opened, on missile tests."""
    cover: Quantity
    """Weight of the cover that vetoes give, on missile tests."""
    tension_half_life: StrictlyPositive
    """Months after which a provocation's share of tension counts half."""
    severity_sub_threshold: NonNegative
    """What a balloon, jamming or a border incident adds to tension."""
    severity_ballistic: NonNegative
    """What a ballistic missile adds to tension: the unit."""
    severity_icbm: NonNegative
    """What an intercontinental missile adds to tension."""
    severity_satellite: NonNegative
    """What a satellite launch adds to tension."""
    severity_nuclear: NonNegative
    """What a nuclear test adds to tension."""
    tension: Quantity
    """Added to the log-odds of a challenge per doubling of tension over the usual."""


class BalancingRules(FrozenModel):
    """What the opposing bloc does."""

    exercise: Quantity
    """Log-odds of an exercise in a month at the threat of day one."""
    threat: Quantity
    """Weight of the threat perceived above that of day one."""
    pact: Quantity
    """Added once a pact promises aid to the one balanced against."""
    talks: Quantity
    """Taken off while talks go on."""
    coordination_gain: Share
    """Share of what is left that an exercise adds to coordination."""
    coordination_decay: Share
    """Share of the gain since day one lost in a month without."""
    credibility: Quantity
    """Added to willingness to help a bloc partner per unit of coordination gained."""
    calming: Quantity
    """Added to the log-odds of escalation in a month of exercises with allies."""
    reassurance: Share
    """Chance in a month that the leader reassures its partners, at twice the threat of day one."""
    reassurance_gain: Share
    """Observations of a kept word that a reassurance is worth."""
    arms_threat: Quantity
    """Log-odds in a month of threatening to arm a rival's enemy, once the exchange is disclosed."""
    arms_act: Quantity
    """Log-odds in a month of doing so, once threatened."""
    arms_tier: Quantity
    """Added per tier of technology seen above the first."""
    arms_troops: Quantity
    """Added once soldiers are seen."""
    arms_warning: Quantity
    """Taken off by the other's warning."""


class RestraintRules(FrozenModel):
    """Patrons that hold clients back."""

    entrapment: Quantity
    """Weight of the fear of being dragged in."""
    abandonment: Quantity
    """Weight of the fear of losing the client."""
    willing: Quantity
    """Log-odds in a month of restraining where neither fear is greater."""
    backlash: Share
    """Chance that restraint is answered by turning to the other patron."""
    turning: Share
    """Share of dependence that moves to the other patron then."""
    resentment: Quantity
    """What a backlash adds to affinity for the patron."""
    trade: StrictlyPositive
    """Returns in a year that make a buyer as important to its supplier as its first patron."""
