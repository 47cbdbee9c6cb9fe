"""Coefficients of alliance: honouring commitments, joining wars, memory."""

from __future__ import annotations

from sim.scenario.schema.quantity import FrozenModel, NonNegative, Quantity, Share, StrictlyPositive


class HonourRules(FrozenModel):
    """How far to go for an ally that calls."""

    defence: Quantity
    """Log-odds that a defence pact is honoured, in the record."""
    offence: Quantity
    """Log-odds that an offence pact is honoured, in the record."""
    consultation: Quantity
    """Log-odds of aid where only consultation is owed."""
    unpromised: Quantity
    """Log-odds of aid where nothing is owed."""
    era: Quantity
    """Added for the time after 1945."""
    clear: Quantity
    """Added when the ally's home soil is attacked."""
    began: Quantity
    """Subtracted when the ally began the war and the clause is conditional."""
    interest: Quantity
    """Weight of the ally's worth."""
    marginal: Quantity
    """Weight of the effect of one's own entry on who wins."""
    reputation: Quantity
    """Weight of the reputation for honouring that would be lost."""
    cost: Quantity
    """Weight of the expected share of strength on the other side."""
    nuclear: Quantity
    """Weight of a nuclear power among the opponents."""
    distance: Quantity
    """Subtracted per 1000 km, unless there is a common border or troops are stationed."""
    stationed: Quantity
    """Added when troops are stationed with the ally."""
    busy: Quantity
    """Subtracted when already fighting another war."""
    standing_aside: Quantity
    """Subtracted when bound to the opponent by non-aggression or neutrality."""
    major_power: Quantity
    """Subtracted for a major power."""
    autocracy: Quantity
    """Subtracted for a full autocracy."""
    cut_troops: NonNegative
    """How far above the threshold of any aid deniable troops lie."""
    cut_war: NonNegative
    """How far above the threshold of any aid open war lies."""
    payment: Quantity
    """Weight of the partner's payment, by the arms or goods exchanged."""
    buck_passing: Quantity
    """Subtracted per other ally expected to carry the burden."""
    delay: NonNegative
    """Months until troops arrive that are not stationed with the ally already."""
    signed_only: Share
    """How far a treaty binds between signing and entry into force: 1 as in force."""
    materiel_strength: Share
    """Share of an ally's strength that its materiel adds to the side."""
    troops_strength: Share
    """Share of an ally's strength that deniable troops add to the side."""


class JoinRules(FrozenModel):
    """Whether to enter a war without a commitment."""

    neighbour: Share
    """Chance per war that a neighbour of a principal enters."""
    major_power: Share
    """Chance per war that a major power enters."""
    other: Share
    """Chance per war that any other actor enters."""
    spread: StrictlyPositive
    """Months over which that chance is spread."""
    contagion: Quantity
    """Weight of the share of strength already in the war, above the threshold."""
    threshold: Quantity
    """Share of strength already in the war at which entry is neither more nor less attractive."""


class MemoryRules(FrozenModel):
    """Memory of answers and quarrels, and its effect on trust and affinity."""

    prior_mean: Share
    """Prior belief that a commitment is honoured."""
    prior_weight: NonNegative
    """Weight of the prior belief, in observations."""
    bystander: Share
    """Weight of an act towards others, relative to one towards oneself."""
    half_life: StrictlyPositive
    """Months after which an observation counts half."""
    honoured: Quantity
    """Change of affinity after being helped."""
    reneged: Quantity
    """Change of affinity after an ally reneged."""
    dispute: Quantity
    """Change of affinity between the sides in a month of dispute."""
    war: Quantity
    """Change of affinity between the sides in a month of war."""
    gratitude: Quantity
    """How far a change of affinity changes the other's worth."""
