"""Coefficients of alliance: honouring, joining, remembering."""

from __future__ import annotations

from sim.scenario.schema.quantity import FrozenModel, NonNegative, Quantity, Share, StrictlyPositive


class HonourRules(FrozenModel):
    """How far to go for an ally that calls."""

    defence: Quantity
    """Log-odds that a defence pact is honoured, in the record."""
    offence: Quantity
    """Log-odds that an offence pact is honoured, in the record."""
    consultation: Quantity
    """Log-odds of aid where no more than consultation is owed."""
    unpromised: Quantity
    """Log-odds of aid where nothing is owed."""
    era: Quantity
    """Added for the time after 1945."""
    clear: Quantity
    """Added when the ally's home soil is attacked."""
    began: Quantity
    """Taken off when the ally began the war and the clause is conditional."""
    interest: Quantity
    """Weight of the ally's worth."""
    marginal: Quantity
    """Weight of how far own entry changes who wins."""
    reputation: Quantity
    """Weight of the name for honouring that would be lost."""
    cost: Quantity
    """Weight of the expected share of strength on the other side."""
    nuclear: Quantity
    """Weight of a nuclear power among the opponents."""
    distance: Quantity
    """Taken off per 1000 km, unless there is a common border or troops are stationed."""
    stationed: Quantity
    """Added when own troops are stationed with the ally."""
    busy: Quantity
    """Taken off when already fighting another war."""
    standing_aside: Quantity
    """Taken off when bound to the opponent by non-aggression or neutrality."""
    major_power: Quantity
    """Taken off for a major power."""
    autocracy: Quantity
    """Taken off for a full autocracy."""
    cut_troops: NonNegative
    """How far above the threshold of any aid deniable troops lie."""
    cut_war: NonNegative
    """How far above the threshold of any aid open war lies."""
    payment: Quantity
    """Weight of what the partner pays in return, by the arms or goods exchanged."""
    buck_passing: Quantity
    """Taken off per other ally expected to carry the load."""
    delay: NonNegative
    """Months until troops arrive that are not stationed with the ally already."""
    signed_only: Share
    """How far a treaty binds between signing and force: 1 as in force."""
    materiel_strength: Share
    """Share of an ally's strength that its materiel adds to the side."""
    troops_strength: Share
    """Share of an ally's strength that deniable troops add to the side."""


class JoinRules(FrozenModel):
    """Whether to enter a war without having promised to."""

    neighbour: Share
    """Chance per war that a neighbour of a principal enters."""
    major_power: Share
    """Chance per war that a major power enters."""
    other: Share
    """Chance per war that anyone else enters."""
    spread: StrictlyPositive
    """Months over which that chance is spread."""
    contagion: Quantity
    """Weight of the share of strength already in the war, above the threshold."""
    threshold: Quantity
    """Share of strength already in the war at which entering neither gains nor loses appeal."""


class MemoryRules(FrozenModel):
    """What is remembered, for how long, and what it does to trust and affinity."""

    prior_mean: Share
    """Chance of being honoured that everyone starts from."""
    prior_weight: NonNegative
    """How many observations that starting belief is worth."""
    bystander: Share
    """What an act seen done to others is worth, beside one done to oneself."""
    half_life: StrictlyPositive
    """Months after which an observation counts half."""
    honoured: Quantity
    """What being helped adds to affinity."""
    reneged: Quantity
    """What being let down adds to affinity."""
    dispute: Quantity
    """What a dispute adds to affinity between its sides."""
    war: Quantity
    """What a month of war adds to affinity between its sides."""
    gratitude: Quantity
    """How far a change of affinity changes the other's worth."""
