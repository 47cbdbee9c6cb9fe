"""How willing an ally is to come: the mutual-defence rule as one sum of log-odds.

Every term is one consideration; `considerations` keeps them apart, so that a story can say which
weighed most. Forms and sources of the terms are in `docs/model.md`, section "The mutual-defence
rule".
"""

from __future__ import annotations

from dataclasses import dataclass

from sim.model.arrays import Terms, Vector, total
from sim.model.randomness.parameters import SampledGroup


@dataclass(frozen=True)
class TreatyTerms:
    """What treaties have the ally do, every field a vector (world,).

    Attributes:
        promise: log-odds that such a promise is kept, in the record.
        began: 1 where the partner began the war and the clause is conditional.
        standing_aside: 1 where it has promised an opponent not to fight it.
    """

    promise: Vector
    began: Vector
    standing_aside: Vector


@dataclass(frozen=True)
class Relationship:
    """What stands between ally and partner, every field a vector (world,).

    Attributes:
        worth: what the partner's fate is worth to the ally, -1 to 1.
        reputation: belief of the partner that the ally honours its word, 0 to 1.
        payment: how far the partner pays, 0 to 1.
        credibility: what coordination in a common bloc adds, in log-odds.
    """

    worth: Vector
    reputation: Vector
    payment: Vector
    credibility: Vector


@dataclass(frozen=True)
class Circumstances:
    """How strength and place lie, every field a vector (world,).

    Attributes:
        home_soil: 1 where the partner's home soil is attacked.
        marginal: how far the ally's entry raises the chance that its side wins.
        opposition: share of all strength in the war that stands on the other side, 0 to 1.
        nuclear: 1 where a nuclear power is among the opponents.
        distance: km between the partner and the nearest place the ally holds.
        stationed: 1 where the ally has troops stationed with the partner.
        major_power: 1 where it is a major power.
        autocracy: 1 a full autocracy, 0 a full democracy.
    """

    home_soil: Vector
    marginal: Vector
    opposition: Vector
    nuclear: Vector
    distance: Vector
    stationed: Vector
    major_power: Vector
    autocracy: Vector


@dataclass(frozen=True)
class AllyCase(TreatyTerms, Relationship, Circumstances):
    """One ally's view of one call.

    Attributes:
        busy: 1 where the ally fights another war, (world,).
    """

    busy: Vector


def answer_considerations(rules: SampledGroup, case: AllyCase) -> Terms:
    """Return what speaks for and against helping, in log-odds, by the name of its coefficient."""
    return {
        **treaty_considerations(rules, case),
        **relationship_considerations(rules, case),
        **circumstance_considerations(rules, case),
        "busy": -rules.busy * case.busy,
    }


def treaty_considerations(rules: SampledGroup, case: TreatyTerms) -> Terms:
    """Return what of it treaties say."""
    return {
        "promise": case.promise,  # Berkemeier and Fuhrmann 2018
        "began": -rules.began * case.began,  # Benson 2011
        "standing_aside": -rules.standing_aside * case.standing_aside,  # Leeds 2003
    }


def relationship_considerations(rules: SampledGroup, case: Relationship) -> Terms:
    """Return what of it stands between the two."""
    return {
        "interest": rules.interest * case.worth,  # Danilovic 2001
        "reputation": rules.reputation * case.reputation,
        "payment": rules.payment * case.payment,
        "credibility": case.credibility,  # Morrow 1994; Johnson, Leeds and Wu 2015
    }


def circumstance_considerations(rules: SampledGroup, case: Circumstances) -> Terms:
    """Return what of it lies with strength and place, and with who the ally is."""
    return {
        "era": rules.era,  # Berkemeier and Fuhrmann 2018
        "clear": rules.clear * case.home_soil,
        "marginal": rules.marginal * case.marginal,  # Altfeld and Bueno de Mesquita 1979
        "cost": -rules.cost * case.opposition,  # Smith 1995
        "nuclear": -rules.nuclear * case.nuclear,
        "distance": -rules.distance * case.distance / 1000 * (1 - case.stationed),
        "stationed": rules.stationed * case.stationed,
        "major_power": -rules.major_power * case.major_power,  # Leeds 2003
        "autocracy": -rules.autocracy * case.autocracy,  # Leeds 2003
    }


def willingness(rules: SampledGroup, case: AllyCase) -> Vector:
    """Return the log-odds (world,) that the ally, judging alone, gives any aid."""
    parts = (
        total(part(rules, case).values())
        for part in (
            treaty_considerations,
            relationship_considerations,
            circumstance_considerations,
        )
    )
    return total([*parts, -rules.busy * case.busy])
