"""How often a party gives notice of a treaty, or breaks it.

The record tells neither the two acts apart nor who of the parties took the step. The rate is that
of the treaty; its parties share it by what makes each of them likelier to leave. The loss of a
common enemy, a dispute of the parties and the form of the text have no measured effect and no term.

Sources: own logit of 55 breaches in 7,381 treaty-years; Leeds and Savun (2007); Leeds, Mattes and
Vogel (2009). Figures and forms are in `docs/model/treaties.md`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from sim.model.arrays import Mask, Terms, Vector, total
from sim.model.randomness.parameters import SampledGroup
from sim.model.theory.bounds import highest_terms
from sim.model.theory.quantal_response import logistic

SUPPORTERS_MONTHS = 24
"""Months for which new supporters count: the year of the change and the next."""
OUTSIDE_MONTHS = 36
"""Months for which a party's defence pact with a third counts."""
FRESH_MONTHS = 60
"""Months for which a treaty counts as fresh."""
_MOST_YEARLY = 0.999


@dataclass(frozen=True)
class PartyFacts:
    """What makes one party likelier to leave, (world,) each.

    Attributes:
        member: where it is a party.
        supporters: where it is an autocracy with new supporters.
        outside: where it has concluded a defence pact with a third of late.
        polyarchy: how democratic it is, 0 to 1.
    """

    member: Mask
    supporters: Mask
    outside: Mask
    polyarchy: Vector


@dataclass(frozen=True)
class TreatyFacts:
    """What bears on all parties of a treaty alike.

    Attributes:
        defence: whether it promises aid.
        major: whether a major power is a party.
        affinity: mean affinity of its parties, (world,).
        fresh: where it was signed within five years, (world,).
    """

    defence: bool
    major: bool
    affinity: Vector
    fresh: Mask


def leaving_terms(rules: SampledGroup, treaty: TreatyFacts, parties: list[PartyFacts]) -> Terms:
    """Return the considerations of an end of the treaty by a party, in log-odds of a year.

    Args:
        rules: the coefficients `rules.leaving`.
        treaty: facts about the treaty.
        parties: facts about each party.
    """
    least = np.minimum.reduce([np.where(each.member, each.polyarchy, 1.0) for each in parties])
    return {
        "record": rules.leave,
        "defence": rules.defence * treaty.defence,
        "supporters": rules.supporters * _any([each.supporters & each.member for each in parties]),
        "outside": rules.outside * _any([each.outside & each.member for each in parties]),
        "major": -rules.major * treaty.major,
        "audience": -rules.audience * least,
        "affinity": -rules.affinity * (treaty.affinity - rules.mean_affinity),
        "fresh": rules.fresh * treaty.fresh,
    }


def shares(rules: SampledGroup, parties: list[PartyFacts]) -> list[Vector]:
    """Return the share of each party in the rate of the treaty, (world,) each: 1 in all.

    A party with new supporters, with a new pact outside, or with less of an audience takes more.
    """
    weights = [_weight(rules, party) for party in parties]
    together = np.maximum(total(weights), np.finfo(float).tiny)
    return [weight / together for weight in weights]


def _weight(rules: SampledGroup, party: PartyFacts) -> Vector:
    """Return the odds that a party leaves, relative to others, (world,); 0 where it is none."""
    odds = (
        rules.supporters * party.supporters
        + rules.outside * party.outside
        - rules.audience * party.polyarchy
    )
    return np.where(party.member, np.exp(odds), 0.0)


def leaving_chance(terms: Terms, share: Vector) -> Vector:
    """Return the chance a month, (world,), that a party leaves, given its share in the rate."""
    yearly = np.minimum(logistic(total(terms.values())), _MOST_YEARLY)
    monthly: Vector = 1 - (1 - yearly) ** (share / 12)
    return monthly


def leaving_chances_at_most(
    rules: SampledGroup, treaty: TreatyFacts, parties: list[PartyFacts], *, new_supporters: bool
) -> list[Vector]:
    """Return the most, (world,) each, that the chance a month of each party can be.

    By it most draws are seen not to matter before anything else is worked out. It holds at any
    affinity, whatever the pacts with thirds, for as long as the parties stay members: a treaty
    becomes less fresh only.

    Args:
        rules: the coefficients `rules.leaving`.
        treaty: facts about the treaty.
        parties: facts about each party.
        new_supporters: whether any party may have new supporters.
    """
    nowhere = np.zeros_like(rules.leave, dtype=bool)
    likely, unlikely = (
        [replace(party, supporters=new, outside=outside) for party in parties]
        for new, outside in ((nowhere | new_supporters, ~nowhere), (nowhere, nowhere))
    )
    ends = [
        leaving_terms(rules, replace(treaty, affinity=np.full_like(rules.leave, end)), some)
        for end, some in ((0.0, likely), (1.0, unlikely))
    ]
    terms = highest_terms(*ends)
    most = [
        shares(rules, [*unlikely[:own], party, *unlikely[own + 1 :]])[own]
        for own, party in enumerate(likely)
    ]
    return [leaving_chance(terms, share) for share in most]


def _any(masks: list[Mask]) -> Mask:
    return np.logical_or.reduce(masks)
