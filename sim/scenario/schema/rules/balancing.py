"""Coefficients of provocation, balancing and restraint."""

from __future__ import annotations

from sim.scenario.schema.quantity import FrozenModel, NonNegative, Quantity, Share, StrictlyPositive


class ProvocationRules(FrozenModel):
    """What shifts provocations below the level of a dispute; each term can be switched off."""

    memory_days: StrictlyPositive
    """Days after which the excitation of a provocation has fallen to 1/e."""
    exercises: Quantity
    """Added to the log of the rate in a month of exercises against the actor."""
    talks: Quantity
    """Added during talks."""
    programme: Quantity
    """Weight of the programme's progress since the scenario opened, on missile tests."""
    cover: Quantity
    """Weight of the cover by vetoes, on missile tests."""
    calming_half_life: StrictlyPositive
    """Months after which the rate is half way from that of the opening day to the long run."""
    spent_icbm: Share
    """Share of its readiness that an intercontinental missile costs its class."""
    spent_satellite: Share
    """Share of its readiness that a satellite launch costs its class."""
    spent_nuclear: Share
    """Share of its readiness that a nuclear test costs its class."""
    recovery_half_life: StrictlyPositive
    """Months after which half of the missing readiness has returned."""
    tension_half_life: StrictlyPositive
    """Months after which a provocation's share of tension counts half."""
    severity_sub_threshold: NonNegative
    """Contribution of a balloon, jamming or a border incident to tension."""
    severity_ballistic: NonNegative
    """Contribution of a ballistic missile to tension: the unit."""
    severity_icbm: NonNegative
    """Contribution of an intercontinental missile to tension."""
    severity_satellite: NonNegative
    """Contribution of a satellite launch to tension."""
    severity_nuclear: NonNegative
    """Contribution of a nuclear test to tension."""
    tension: Quantity
    """Added to the log-odds of a challenge per doubling of tension over that of the long run."""


class BalancingRules(FrozenModel):
    """The opposing bloc's response."""

    exercise: Quantity
    """Log-odds of an exercise in a month at the threat of day one."""
    threat: Quantity
    """Weight of the threat perceived above that of day one."""
    pact: Quantity
    """Added once a pact promises aid to an adversary of the bloc."""
    talks: Quantity
    """Subtracted during talks."""
    coordination_gain: Share
    """Share of the remaining distance that an exercise adds to coordination."""
    coordination_decay: Share
    """Share of the gain since day one lost in a month without an exercise."""
    credibility: Quantity
    """Added to willingness to help a bloc partner per unit of coordination gained."""
    calming: Quantity
    """Added to the log-odds of escalation in a month of exercises with allies."""
    reassurance: Share
    """Chance in a month that the leader reassures its partners, at twice the threat of day one."""
    reassurance_gain: Share
    """Weight of a reassurance, in observations of an honoured commitment."""
    arms_threat: Quantity
    """Log-odds in a month of threatening to arm a rival's enemy, once the exchange is disclosed."""
    arms_act: Quantity
    """Log-odds in a month of doing so, once threatened."""
    arms_tier: Quantity
    """Added per observed tier of technology above the first."""
    arms_troops: Quantity
    """Added once soldiers are observed."""
    arms_warning: Quantity
    """Subtracted after the other's warning."""


class RestraintRules(FrozenModel):
    """Patrons that restrain clients."""

    entrapment: Quantity
    """Weight of the fear of being dragged in."""
    abandonment: Quantity
    """Weight of the fear of losing the client."""
    willing: Quantity
    """Log-odds in a month of restraining where neither fear is greater."""
    backlash: Share
    """Chance that restraint is answered by turning to the other patron."""
    turning: Share
    """Share of dependence that then shifts to the other patron."""
    resentment: Quantity
    """Change of affinity for the patron after a backlash."""
    trade: StrictlyPositive
    """Returns in a year that make a buyer as important to its supplier as its first patron."""
