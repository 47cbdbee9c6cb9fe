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
    """What makes each party of a treaty likelier to leave, (party, place) each.

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
    """What bears on all parties of a treaty alike, (place,) each.

    Attributes:
        defence: whether it promises aid.
        major: whether a major power is a party.
        affinity: mean affinity of its parties.
        fresh: where it was signed within five years.
    """

    defence: Mask
    major: Mask
    affinity: Vector
    fresh: Mask


def leaving_terms(rules: SampledGroup, treaty: TreatyFacts, parties: PartyFacts) -> Terms:
    """Return the considerations of an end of the treaty by a party, in log-odds of a year.

    Args:
        rules: the coefficients `rules.leaving`.
        treaty: facts about the treaty.
        parties: facts about its parties.
    """
    member = parties.member
    least = np.minimum.reduce(np.where(member, parties.polyarchy, 1.0))
    return {
        "record": rules.leave,
        "defence": rules.defence * treaty.defence,
        "supporters": rules.supporters * np.logical_or.reduce(parties.supporters & member),
        "outside": rules.outside * np.logical_or.reduce(parties.outside & member),
        "major": -rules.major * treaty.major,
        "audience": -rules.audience * least,
        "affinity": -rules.affinity * (treaty.affinity - rules.mean_affinity),
        "fresh": rules.fresh * treaty.fresh,
    }


def own_share(rules: SampledGroup, parties: PartyFacts, own: Mask) -> Vector:
    """Return the share of one party in the rate of its treaty, (place,); of all together it is 1.

    A party with new supporters, with a new pact outside, or with less of an audience takes more.

    Args:
        rules: the coefficients `rules.leaving`.
        parties: facts about the parties.
        own: which of them it is, (party, place).
    """
    weights = _weights(rules, parties)
    together = np.maximum(total(weights), np.finfo(float).tiny)
    share: Vector = total(np.where(own, weights, 0.0)) / together
    return share


def _weights(rules: SampledGroup, parties: PartyFacts) -> Vector:
    """Return the odds that each leaves, relative to others, (party, place); 0 where it is none."""
    odds = (
        rules.supporters * parties.supporters
        + rules.outside * parties.outside
        - rules.audience * parties.polyarchy
    )
    return np.where(parties.member, np.exp(odds), 0.0)


def leaving_chance(terms: Terms, share: Vector) -> Vector:
    """Return the chance a month, (place,), that a party leaves, given its share in the rate."""
    yearly = np.minimum(logistic(total(terms.values())), _MOST_YEARLY)
    monthly: Vector = 1 - (1 - yearly) ** (share / 12)
    return monthly


def leaving_chance_at_most(
    rules: SampledGroup, defence: Mask, major: Mask, parties: PartyFacts
) -> Vector:
    """Return the most, (place,), that the chance a month of any of the parties can be.

    By it most draws are seen not to matter before anything else is worked out. It holds at any
    affinity, however fresh the treaty is, with any pacts outside, and when parties have left.

    Args:
        rules: the coefficients `rules.leaving`.
        defence: whether the treaty promises aid, (place,).
        major: whether a major power is a party, (place,).
        parties: facts about its parties; their supporters are new wherever they can be.
    """
    nowhere = np.zeros_like(parties.member)
    likely = replace(parties, outside=~nowhere)
    public = np.ones_like(parties.polyarchy)
    unlikely = PartyFacts(parties.member, supporters=nowhere, outside=nowhere, polyarchy=public)
    ends = [
        leaving_terms(rules, TreatyFacts(defence, major, np.full(1, end), np.full(1, fresh)), some)
        for end, fresh, some in ((0.0, True, likely), (1.0, False, unlikely))
    ]
    return leaving_chance(highest_terms(*ends), np.ones(1))
