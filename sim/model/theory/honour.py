"""The mutual-defence rule: how willing an ally is to intervene, as one sum of log-odds.

Every term is one consideration. Terms come in four groups, which change at different times: the
treaties, the relationship with the partner, the circumstances of the war, and other wars of the
ally. The rule is the sum of the four groups, each summed first, in this order. Forms and sources of
the terms are in `docs/model.md`, section "The mutual-defence rule".
"""

from __future__ import annotations

from dataclasses import dataclass

from sim.model.arrays import Mask, Terms, Vector, total
from sim.model.randomness.parameters import SampledGroup


@dataclass(frozen=True)
class TreatyTerms:
    """What its treaties oblige the ally to do, every field a vector (world,).

    Attributes:
        promise: log-odds that a commitment of this class was honoured in the historical record.
        began: 1 where the partner began the war and the clause is conditional.
        standing_aside: 1 where the ally has promised an opponent not to fight it.
    """

    promise: Vector
    began: Vector
    standing_aside: Vector


@dataclass(frozen=True)
class Relationship:
    """The relationship of ally and partner, every field a vector (world,).

    Attributes:
        worth: what the partner's fate is worth to the ally, -1 to 1.
        reputation: belief of the partner that the ally honours its commitments, 0 to 1.
        payment: how far the partner pays, 0 to 1.
        credibility: contribution of coordination in a common bloc, in log-odds.
    """

    worth: Vector
    reputation: Vector
    payment: Vector
    credibility: Vector


@dataclass(frozen=True)
class Circumstances:
    """The balance of strength, the distance and the type of ally, every field a vector (world,).

    Attributes:
        home_soil: 1 where the partner's home soil is attacked.
        marginal: by how much the ally's entry raises the chance that its side wins.
        opposition: the other side's share of all strength in the war, 0 to 1.
        nuclear: 1 where a nuclear power is among the opponents.
        distance: km from the partner to the nearest territory or base of the ally.
        stationed: 1 where the ally has troops stationed with the partner.
        major_power: 1 where the ally is a major power.
        autocracy: of the ally, 1 a full autocracy, 0 a full democracy.
    """

    home_soil: Vector
    marginal: Vector
    opposition: Vector
    nuclear: Vector
    distance: Vector
    stationed: Vector
    major_power: Vector
    autocracy: Vector


def treaty_considerations(rules: SampledGroup, facts: TreatyTerms) -> Terms:
    """Return the terms that come from treaties, in log-odds."""
    return {
        "promise": facts.promise,  # Berkemeier and Fuhrmann 2018
        "began": -rules.began * facts.began,  # Benson 2011
        "standing_aside": -rules.standing_aside * facts.standing_aside,  # Leeds 2003
    }


def relationship_considerations(rules: SampledGroup, facts: Relationship) -> Terms:
    """Return the terms that come from the relationship of the two, in log-odds."""
    return {
        "interest": rules.interest * facts.worth,  # Danilovic 2001
        "reputation": rules.reputation * facts.reputation,
        "payment": rules.payment * facts.payment,
        "credibility": facts.credibility,  # Morrow 1994; Johnson, Leeds and Wu 2015
    }


def circumstance_considerations(rules: SampledGroup, facts: Circumstances) -> Terms:
    """Return the terms that come from strength, distance and the type of ally, in log-odds."""
    return {
        "era": rules.era,  # Berkemeier and Fuhrmann 2018
        "clear": rules.clear * facts.home_soil,
        "marginal": rules.marginal * facts.marginal,  # Altfeld and Bueno de Mesquita 1979
        "cost": -rules.cost * facts.opposition,  # Smith 1995
        "nuclear": -rules.nuclear * facts.nuclear,
        "distance": -rules.distance * facts.distance / 1000 * (1 - facts.stationed),
        "stationed": rules.stationed * facts.stationed,
        "major_power": -rules.major_power * facts.major_power,  # Leeds 2003
        "autocracy": -rules.autocracy * facts.autocracy,  # Leeds 2003
    }


def other_war_considerations(rules: SampledGroup, busy: Vector | Mask) -> Terms:
    """Return the term for other wars, in log-odds; `busy` is 1 where the ally fights another."""
    return {"busy": -rules.busy * busy}


def willingness(
    treaties: Vector, relationship: Vector, circumstances: Vector, other_wars: Vector
) -> Vector:
    """Return the log-odds (world,) that the ally, judging alone, gives any aid.

    Each argument is the sum of one group of terms. Callers cache the sums, each for as long as its
    group does not change; the order of the additions is fixed, so a cached sum changes no bit.
    """
    return total([treaties, relationship, circumstances, other_wars])
