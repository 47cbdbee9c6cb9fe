"""Coefficients of alignment into two camps."""

from __future__ import annotations

from sim.scenario.schema.quantity import FrozenModel, NonNegative


class AlignmentRules(FrozenModel):
    """What draws two actors into one camp or apart; only the proportions between these matter."""

    affinity: NonNegative
    """Weight of affinity: the upper half of its scale draws together, the lower half apart."""
    common_adversary: NonNegative
    """Weight of having the same adversary: the enemy of my enemy."""
    rivalry: NonNegative
    """Weight of a rivalry with the highest stake, against one camp."""
    war: NonNegative
    """Weight of open war against each other, against one camp."""
    aid: NonNegative
    """Weight of a treaty in force that promises aid."""
    consultation: NonNegative
    """Weight of a treaty in force that promises only consultation."""
    standing_aside: NonNegative
    """Weight of a treaty in force that promises only not to fight each other."""
