"""Coefficients of alignment: what makes two camps."""

from __future__ import annotations

from sim.scenario.schema.quantity import Frozen, Positive


class AlignmentRules(Frozen):
    """What draws two actors into one camp or apart; only the proportions between these matter."""

    affinity: Positive
    """Weight of affinity: the upper half of its scale draws together, the lower half apart."""
    common_adversary: Positive
    """Weight of having the same adversary: the enemy of my enemy."""
    rivalry: Positive
    """Weight of a rivalry with the highest stake, against standing together."""
    war: Positive
    """Weight of open war against each other, against standing together."""
    aid: Positive
    """Weight of a treaty in force that promises aid."""
    consultation: Positive
    """Weight of a treaty in force that promises no more than to consult."""
    standing_aside: Positive
    """Weight of a treaty in force that promises no more than not to fight each other."""
