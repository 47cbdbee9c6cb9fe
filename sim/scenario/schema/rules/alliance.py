"""Coefficients of alliance: departures from the record of allies, onlookers, memory."""

from __future__ import annotations

from sim.scenario.schema.quantity import FrozenModel, NonNegative, Quantity, Share, StrictlyPositive


class HonourRules(FrozenModel):
    """How an ally's willingness departs from the record of its class, and what its aid adds."""

    own_quarrel: Quantity
    """Weight of each of the ally's own quarrels with the opponent: a common border, a rivalry,
    disputes in the last ten years."""
    joint_dispute: Quantity
    """Added where ally and partner stood together in a dispute of the last ten years."""
    worth: Quantity
    """Weight of what the partner's fate is worth to the ally."""
    reputation: Quantity
    """Weight of the ally's reputation for honouring, above the prior belief."""
    payment: Quantity
    """Weight of the partner's payment, by the arms or goods exchanged."""
    nuclear: Quantity
    """Subtracted where a nuclear power is among the opponents."""
    busy: Quantity
    """Subtracted where the ally fights another war."""
    stationed: Quantity
    """Added where the ally has troops stationed with the partner."""
    successor: Quantity
    """Subtracted where the ally's supporters have changed since it made its promise."""
    delay: NonNegative
    """Months until troops arrive that are not stationed with the partner already."""
    signed_only: Share
    """How far a treaty binds between signing and entry into force: 1 as in force."""
    materiel_strength: Share
    """Share of an ally's strength that its materiel adds to the side."""
    troops_strength: Share
    """Share of an ally's strength that deniable troops add to the side."""


class JoinRules(FrozenModel):
    """When actors without a promise answer, over the first months of a war."""

    spread: StrictlyPositive
    """Months over which the chance of twelve months is spread."""
    contagion: Quantity
    """Weight of the share of the world's strength that has entered beside the two principals."""


class MemoryRules(FrozenModel):
    """Memory of answers and quarrels, and its effect on trust and affinity."""

    prior_mean: Share
    """Prior belief that a commitment is honoured."""
    misjudgement: NonNegative
    """Standard deviation of each observer's lasting error about each ally, in log-odds."""
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
    visit: NonNegative
    """Weight of a visit, relative to a commitment honoured; 0 and it is recorded, no more."""
    dispute: Quantity
    """Change of affinity between the sides in a month of dispute."""
    war: Quantity
    """Change of affinity between the sides in a month of war."""
    gratitude: Quantity
    """How far a change of affinity changes the other's worth."""
