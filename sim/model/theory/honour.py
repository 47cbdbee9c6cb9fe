"""How willing an ally is to come: the mutual-defence rule as one sum of log-odds.

Every term is one consideration; `considerations` keeps them apart, so that a story can say which
weighed most. Forms and sources of the terms are in `docs/model.md`, section "The mutual-defence
rule".
"""

from __future__ import annotations

from dataclasses import dataclass

from sim.model.assumptions import Assumed
from sim.model.vectors import Terms, Vector, total


@dataclass(frozen=True)
class Case:
    """One ally's view of one call, every field a vector (world,).

    Attributes:
        promise: log-odds that such a promise is kept, in the record.
        home_soil: 1 where the partner's home soil is attacked.
        began: 1 where the partner began the war and the clause is conditional.
        worth: what the partner's fate is worth to the ally, -1 to 1.
        marginal: how far the ally's entry raises the chance that its side wins.
        name: belief of the partner that the ally honours its word, 0 to 1.
        opposition: share of all strength in the war that stands on the other side, 0 to 1.
        nuclear: 1 where a nuclear power is among the opponents.
        distance: km between the partner and the nearest place the ally holds.
        stationed: 1 where the ally has troops stationed with the partner.
        busy: 1 where the ally fights another war.
        standing_aside: 1 where it has promised an opponent not to fight it.
        major_power: 1 where it is a major power.
        autocracy: 1 a full autocracy, 0 a full democracy.
        payment: how far the partner pays, 0 to 1.
        credibility: what coordination in a common bloc adds, in log-odds.
    """

    promise: Vector
    home_soil: Vector
    began: Vector
    worth: Vector
    marginal: Vector
    name: Vector
    opposition: Vector
    nuclear: Vector
    distance: Vector
    stationed: Vector
    busy: Vector
    standing_aside: Vector
    major_power: Vector
    autocracy: Vector
    payment: Vector
    credibility: Vector


def considerations(rules: Assumed, case: Case) -> Terms:
    """Return what speaks for and against helping, in log-odds, by the name of its coefficient."""
    return {
        "promise": case.promise,  # Berkemeier and Fuhrmann 2018
        "era": rules.era,  # Berkemeier and Fuhrmann 2018
        "clear": rules.clear * case.home_soil,
        "began": -rules.began * case.began,  # Benson 2011
        "interest": rules.interest * case.worth,  # Danilovic 2001
        "marginal": rules.marginal * case.marginal,  # Altfeld and Bueno de Mesquita 1979
        "reputation": rules.reputation * case.name,
        "cost": -rules.cost * case.opposition,  # Smith 1995
        "nuclear": -rules.nuclear * case.nuclear,
        "distance": -rules.distance * case.distance / 1000 * (1 - case.stationed),
        "stationed": rules.stationed * case.stationed,
        "busy": -rules.busy * case.busy,
        "standing_aside": -rules.standing_aside * case.standing_aside,  # Leeds 2003
        "major_power": -rules.major_power * case.major_power,  # Leeds 2003
        "autocracy": -rules.autocracy * case.autocracy,  # Leeds 2003
        "payment": rules.payment * case.payment,
        "credibility": case.credibility,  # Morrow 1994; Johnson, Leeds and Wu 2015
    }


def willingness(rules: Assumed, case: Case) -> Vector:
    """Return the log-odds (world,) that the ally, judging alone, gives any aid."""
    return total(considerations(rules, case).values())
