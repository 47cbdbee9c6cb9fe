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
from typing import NamedTuple

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


class Rates(NamedTuple):
    """Names of the coefficients that hold for two actors and a class of pact.

    Attributes:
        alone: the measured chance a year of a new pact where no lesser pact binds the two.
        lesser: the same where one does; it matters for consultation.
        usual: the mean affinity of the pairs that were counted; None for consultation, counted by
            enemies and earlier pacts: nearness is in these already.
    """

    alone: str
    lesser: str
    usual: str | None


def rates_of(facts: PairFacts, promise: int) -> Rates | None:
    """Return the rates of a class of pact between two; None where none was ever concluded."""
    if promise == CONSULTATION:
        return Rates(*_consultation_rates(facts), None)
    if promise == DEFENCE:
        never, kind = facts.cell is Cell.RIVALS and facts.major, "defence"
    else:
        never, kind = facts.cell in {Cell.MAJOR, Cell.OTHER}, "nonaggression"
    rate = f"{kind}_{facts.cell}"
    return None if never else Rates(rate, rate, f"mean_{facts.cell}")


def _consultation_rates(facts: PairFacts) -> tuple[str, str]:
    if facts.cell in {Cell.RIVALS, Cell.OTHER}:
        return (f"consultation_{facts.cell}",) * 2
    if facts.common_enemy:
        return "consultation_common_enemy", "consultation_both"
    return "consultation", "consultation_lesser_pact"


def formation_terms(rules: SampledGroup, rate: Vector, nearer: Vector, counter: Mask) -> Terms:
    """Return the considerations of a new pact, in log-odds of a year, (place,) each.

    Args:
        rules: the coefficients `rules.formation`.
        rate: the measured chance a year, (place,).
        nearer: how much more the two have in common than the pairs counted, (place,).
        counter: where a rival of either has concluded a defence pact of late, (place,).
    """
    return {
        "record": log_odds(rate),
        "pace": np.log(np.maximum(rules.pace, np.finfo(float).tiny)),
        "affinity": rules.affinity * nearer,
        "counter": rules.counter * counter,
    }


def formation_chance(rules: SampledGroup, rate: Vector, terms: Terms) -> Vector:
    """Return the chance a month, (place,), that the two conclude it; none at rate or pace 0."""
    chance = monthly_chance(logistic(total(terms.values())))
    return np.where((rate > 0) & (rules.pace > 0), chance, 0.0)


def formation_chance_at_most(
    rules: SampledGroup, rate: Vector, least: Vector, most: Vector
) -> Vector:
    """Return the most, (place,), that the chance a month can be, whatever rivals conclude.

    By it most draws are seen not to matter before anything else is worked out.

    Args:
        rules: the coefficients `rules.formation`.
        rate: the measured chance a year, (place,).
        least: how much more the two have in common than the pairs counted, at least, (place,).
        most: the same at most, (place,).
    """
    nowhere = np.zeros_like(rate, dtype=bool)
    ends = [
        formation_terms(rules, rate, nearer, counter)
        for nearer, counter in ((least, nowhere), (most, ~nowhere))
    ]
    return formation_chance(rules, rate, highest_terms(*ends))
