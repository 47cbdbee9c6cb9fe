"""Coefficients of the council."""

from __future__ import annotations

from sim.scenario.schema.quantity import FrozenModel, NonNegative, Quantity, Share, StrictlyPositive


class CouncilRules(FrozenModel):
    """Proposals, vetoes and enforcement in the council."""

    proposal: Quantity
    """Log-odds of a draft in a month without any reason for it."""
    strategic: Quantity
    """Added after a test of intercontinental or nuclear weapons or a satellite."""
    tests: Quantity
    """Added per missile test of the month."""
    last_veto: Quantity
    """Subtracted when the last draft was vetoed."""
    veto: Quantity
    """Log-odds of a veto without any reason for it."""
    dependence: Quantity
    """Weight of the member's dependence on the target's arms."""
    rupture: Quantity
    """Added where the proposer arms the member's enemy in a war, or fights on its side."""
    mending_half_life: StrictlyPositive
    """Months after such a war in which half of the rupture is gone."""
    company: Quantity
    """Weight of another member's veto for one at full distance from the proposer in votes."""
    abstains: Share
    """Chance that a member against a draft abstains instead of vetoing."""
    defection: Share
    """Share of its enforcement that an enforcer fully dependent on the target gives up."""
    step: Share
    """Share of the remaining distance that each new measure adds to enforcement."""
    workaround: Share
    """Chance in a month that the proposers establish a body outside, after a veto."""
    workaround_gain: Share
    """Share of lost enforcement that such a body restores."""
    autonomous: Share
    """Chance that a veto is answered by sanctions of the proposers' own."""
    autonomous_step: Share
    """Share of the remaining distance that the proposers' own sanctions add to enforcement."""
    partners_join: Share
    """Chance that a partner of the proposers joins sanctions of their own."""
    partners_part: Share
    """How much further those go with all partners than with none, as a share of the step."""
    coerces: Share
    """Chance that an adopted measure stops strategic tests for a while."""
    coerced_months: NonNegative
    """How long it stops them."""
    constrains: Share
    """Chance that it permanently halves the programme's own drift."""
