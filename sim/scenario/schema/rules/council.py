"""Coefficients of the council."""

from __future__ import annotations

from sim.scenario.schema.quantity import FrozenModel, NonNegative, Quantity, Share


class CouncilRules(FrozenModel):
    """Proposals, vetoes and enforcement in the council."""

    proposal: Quantity
    """Log-odds of a draft in a month where nothing speaks for it."""
    strategic: Quantity
    """Added after a test of intercontinental or nuclear weapons or a satellite."""
    tests: Quantity
    """Added per missile test of the month."""
    last_veto: Quantity
    """Taken off when the last draft was vetoed."""
    veto: Quantity
    """Log-odds of a veto where nothing speaks for it."""
    dependence: Quantity
    """Weight of the member's dependence on the target's arms."""
    rivalry: Quantity
    """Weight of rivalry with the proposer for a member that does not depend on the target."""
    company: Quantity
    """Added for every other member that would veto on its own."""
    abstains: Share
    """Chance that a member against a draft vetoes nothing, and abstains."""
    defection: Share
    """Share of its enforcement that an enforcer fully dependent on the target gives up."""
    step: Share
    """Share of what is left that each new measure adds to enforcement."""
    workaround: Share
    """Chance in a month that the proposers found a body outside, once a veto stands."""
    workaround_gain: Share
    """Share of lost enforcement that such a body makes good."""
    autonomous: Share
    """Chance that a veto is answered by sanctions of the proposers' own."""
    autonomous_step: Share
    """Share of what is left that sanctions of the proposers' own add to enforcement."""
    coerces: Share
    """Chance that an adopted measure stops strategic tests for a while."""
    coerced_months: NonNegative
    """How long it stops them."""
    constrains: Share
    """Chance that it halves the programme's own drift from then on."""
