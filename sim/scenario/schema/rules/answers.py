"""How often allies answered in the historical record, by what they owed and in which era."""

from __future__ import annotations

from pydantic import Field

from sim.scenario.schema.quantity import (
    FrozenModel,
    NonNegative,
    Quantity,
    Share,
    SignedShare,
    StrictInt,
)


class AnchorSpec(FrozenModel):
    """How often allies of one class entered a war, and the circumstances in which they stood.

    The mutual-defence rule gives `open_war` at these means and departs from it with every
    consideration that differs from its mean.
    """

    open_war: Quantity
    """Log-odds of open war within twelve months, at the means below."""
    troops: NonNegative
    """By how much troops or more are likelier than open war, in log-odds."""
    materiel: NonNegative
    """By how much any aid is likelier than troops or more, in log-odds."""
    own_quarrels: NonNegative
    """Mean number of the ally's own quarrels with the opponent, of three kinds."""
    joint_disputes: Share
    """Share of allies that had stood with the partner in a dispute of the last ten years."""
    nuclear_opponent: Share
    """Share whose opponent held nuclear weapons."""
    other_war: Share
    """Share already at war elsewhere."""
    worth: SignedShare
    """Mean worth of the partner to the ally."""


class EraSpec(FrozenModel):
    """The record of one era, by what an ally owed its partner in the war at hand."""

    first_year: StrictInt | None = Field(default=None, ge=1000, le=9999)
    """The first year it describes; none: it has no beginning."""
    last_year: StrictInt | None = Field(default=None, ge=1000, le=9999)
    """The last year it describes; none: it has no end."""
    aid_due_two: AnchorSpec
    """Aid is due under a treaty of two parties."""
    aid_due_more: AnchorSpec
    """Aid is due under a treaty of three or more parties."""
    aid_not_due: AnchorSpec
    """Aid is promised, but is not due in this war."""
    consultation: AnchorSpec
    """Only consultation is promised."""
    major_power: AnchorSpec
    """Nothing is promised; a major power."""
    neighbour: AnchorSpec
    """Nothing is promised; a neighbour of a principal, by land or across up to 150 miles of sea."""
    bystander: AnchorSpec
    """Nothing is promised; neither a major power nor a neighbour."""

    def covers(self, year: int) -> bool:
        """Return whether the era includes a year."""
        after = self.first_year is None or self.first_year <= year
        return after and (self.last_year is None or year <= self.last_year)
