"""How often two actors conclude a treaty: measured rates by cell, shifted by what lasts.

Additive logits overstate the very cells that matter, so rates are those of cells: neighbours, a
major power, rivals; for consultation also a common enemy and a lesser pact. Only nearness in votes
and the cluster of rivals' pacts shift them. No utility enters: in the record threat has the wrong
sign. Figures and forms are in `docs/model/treaties.md`.

Sources: own counts in ATOP (Leeds and others 2002), 1956-2016; Lai and Reiter (2000) for the terms.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from sim.model.arrays import Mask, Terms, Vector, total
from sim.model.randomness.parameters import SampledGroup
from sim.model.theory.bounds import highest_terms
from sim.model.theory.quantal_response import log_odds, logistic
from sim.model.theory.rates import monthly_chance

NONAGGRESSION, CONSULTATION, DEFENCE = 1, 2, 3
"""Classes of a pact by what it promises at most; 0 is none."""
CLASSES = (DEFENCE, CONSULTATION, NONAGGRESSION)
"""The classes, the deepest first: as the one draw of a pair decides between them."""
COUNTER_MONTHS = 36
"""Months for which a rival's new defence pact counts: the window in which it was counted."""


class Cell(StrEnum):
    """The cells by which new pacts were counted."""

    NEAR_MAJOR = "near_major"
    """Neighbours by land or by up to 400 miles of water, at least one of them a major power."""
    NEAR = "near"
    """Neighbours, neither of them a major power."""
    MAJOR = "major"
    """No neighbours, at least one of them a major power."""
    OTHER = "other"
    """Neither neighbours nor a major power among them."""
    RIVALS = "rivals"
    """Rivals, near or far."""


@dataclass(frozen=True)
class PairFacts:
    """What is the same for two actors in every world and month.

    Attributes:
        cell: the cell by which their pacts were counted.
        major: whether one of them is a major power.
        common_enemy: whether a third is the enemy of both.
    """

    cell: Cell
    major: bool
    common_enemy: bool


def cell_of(*, near: bool, major: bool, rivals: bool) -> Cell:
    """Return the cell of two actors: rivals first, else by nearness and rank."""
    if rivals:
        return Cell.RIVALS
    if near:
        return Cell.NEAR_MAJOR if major else Cell.NEAR
    return Cell.MAJOR if major else Cell.OTHER


def yearly_rate(
    rules: SampledGroup, facts: PairFacts, promise: int, lesser_pact: Mask
) -> Vector | None:
    """Return the measured chance a year of a new pact of a class, (world,); None where none is.

    Args:
        rules: the coefficients `rules.formation`.
        facts: facts about the two.
        promise: the class.
        lesser_pact: where a lesser pact binds them, (world,); it matters for consultation.
    """
    if promise == CONSULTATION:
        return _consultation_rate(rules, facts, lesser_pact)
    if promise == DEFENCE:
        never, kind = facts.cell is Cell.RIVALS and facts.major, "defence"
    else:
        never, kind = facts.cell in {Cell.MAJOR, Cell.OTHER}, "nonaggression"
    return None if never else getattr(rules, f"{kind}_{facts.cell}")


def _consultation_rate(rules: SampledGroup, facts: PairFacts, lesser_pact: Mask) -> Vector:
    if facts.cell is Cell.RIVALS:
        return rules.consultation_rivals
    if facts.cell is Cell.OTHER:
        return rules.consultation_other
    if facts.common_enemy:
        return np.where(lesser_pact, rules.consultation_both, rules.consultation_common_enemy)
    return np.where(lesser_pact, rules.consultation_lesser_pact, rules.consultation)


def formation_terms(
    rules: SampledGroup,
    facts: PairFacts,
    promise: int,
    rate: Vector,
    affinity: Vector,
    counter: Mask,
) -> Terms:
    """Return the considerations of a new pact, in log-odds of a year, (world,) each.

    Affinity shifts a rate from that at its mean among the pairs counted. Of consultation, counted
    by enemies and earlier pacts, that mean is not known; nearness is in these already.

    Args:
        rules: the coefficients `rules.formation`.
        facts: facts about the two.
        promise: the class.
        rate: the measured chance a year, (world,).
        affinity: of the two, (world,).
        counter: where a rival of either has concluded a defence pact of late, (world,).
    """
    usual = affinity if promise == CONSULTATION else getattr(rules, f"mean_{facts.cell}")
    return {
        "record": log_odds(rate),
        "pace": np.log(np.maximum(rules.pace, np.finfo(float).tiny)),
        "affinity": rules.affinity * (affinity - usual),
        "counter": rules.counter * counter,
    }


def formation_chance(rules: SampledGroup, rate: Vector, terms: Terms) -> Vector:
    """Return the chance a month, (world,), that the two conclude it; none at rate or pace 0."""
    chance = monthly_chance(logistic(total(terms.values())))
    return np.where((rate > 0) & (rules.pace > 0), chance, 0.0)


def formation_chance_at_most(
    rules: SampledGroup, facts: PairFacts, promise: int, lesser_pact: Mask
) -> Vector | None:
    """Return the most, (world,), that the chance a month can be; None where there is none.

    By it most draws are seen not to matter before anything else is worked out. Arguments are as
    above; affinity and the pacts of rivals may be any.
    """
    rate = yearly_rate(rules, facts, promise, lesser_pact)
    if rate is None:
        return None
    ends = [
        formation_terms(rules, facts, promise, rate, np.full_like(rate, end), np.full(1, end > 0))
        for end in (0.0, 1.0)
    ]
    return formation_chance(rules, rate, highest_terms(*ends))
