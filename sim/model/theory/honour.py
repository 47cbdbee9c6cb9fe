"""The mutual-defence rule: how willing an ally is to enter a war, as one sum of log-odds.

The sum starts from how often allies of the same class entered open war in the historical record,
and departs from it with every consideration that differs from its mean in that record. At these
means the rule says the measured rate. Lesser aid lies on the same scale, by steps. Forms and
sources are in `docs/model/allies.md`, section "The mutual-defence rule".
"""

from __future__ import annotations

from dataclasses import dataclass

from sim.model.arrays import Mask, Terms, Vector, total
from sim.model.randomness.parameters import SampledGroup
from sim.model.theory.anchor import Anchor, measured_weights


@dataclass(frozen=True)
class Relationship:
    """The relationship of ally and partner, every field a vector (world,).

    Attributes:
        worth: what the partner's fate is worth to the ally, -1 to 1.
        reputation: belief of the partner that the ally honours its commitments, less the prior.
        payment: how far the partner pays, 0 to 1.
        credibility: contribution of coordination in a common bloc, in log-odds.
        successor: 1 where the ally's supporters have changed since its last promise of aid to the
            partner; None where that is so of no ally in any world.
    """

    worth: Vector
    reputation: Vector
    payment: Vector
    credibility: Vector
    successor: Vector | None = None


@dataclass(frozen=True)
class Circumstances:
    """What is constant for a call, every field a vector (world,).

    Attributes:
        own_quarrels: the ally's own quarrels with the opponent, 0 to 3.
        joint_disputes: 1 where ally and partner stood together in a dispute of ten years.
        nuclear: chance that a nuclear power is among the opponents.
        stationed: 1 where the ally has troops stationed with the partner.
    """

    own_quarrels: Vector
    joint_disputes: Vector
    nuclear: Vector
    stationed: Vector


def relationship_considerations(rules: SampledGroup, facts: Relationship) -> Terms:
    """Return the terms that come from the relationship of the two, in log-odds."""
    changed = {} if facts.successor is None else {"successor": -rules.successor * facts.successor}
    return {
        "worth": rules.worth * facts.worth,  # Danilovic 2001
        "reputation": rules.reputation * facts.reputation,
        "payment": rules.payment * facts.payment,
        "credibility": facts.credibility,  # Morrow 1994; Johnson, Leeds and Wu 2015
        **changed,  # Leeds, Mattes and Vogel 2009
    }


def promise_considerations(relationship: Terms) -> Vector:
    """Return the sum of the terms that count only where something is promised, in log-odds."""
    reputation, changed = relationship["reputation"], relationship.get("successor")
    return reputation if changed is None else reputation + changed


def circumstance_considerations(rules: SampledGroup, facts: Circumstances) -> Terms:
    """Return the terms that come from the ally's own past and place, in log-odds."""
    return {
        "own_quarrel": rules.own_quarrel * facts.own_quarrels,
        "joint_dispute": rules.joint_dispute * facts.joint_disputes,
        "nuclear": -rules.nuclear * facts.nuclear,
        "stationed": rules.stationed * facts.stationed,  # Reiter and Poast 2021
    }


def other_war_considerations(rules: SampledGroup, busy: Vector | Mask) -> Terms:
    """Return the term for other wars, in log-odds; `busy` is 1 where the ally fights another."""
    return {"busy": -rules.busy * busy}


def willingness(
    anchor: Vector, relationship: Vector, circumstances: Vector, other_wars: Vector
) -> Vector:
    """Return the log-odds (world,) that the ally enters open war.

    `anchor` is the record of its class at zero of every consideration; the others are the sums of
    one group of terms each. Callers cache the sums, each for as long as its group does not change;
    the order of the additions is fixed, so a cached sum changes no bit.
    """
    return total([anchor, relationship, circumstances, other_wars])


def centred_terms(anchor: Anchor, standing: Anchor, rules: SampledGroup, terms: Terms) -> Terms:
    """Return the considerations as departures from the record of the class, in log-odds.

    Their sum is the willingness. "record" is the measured rate of actors of the ally's standing
    that promised nothing, "promise" by how much that of the ally's own class exceeds it.
    """
    weights = measured_weights(rules)
    departures = {
        name: term - weights[name] * anchor.means[name] if name in weights else term
        for name, term in terms.items()
    }
    promise = anchor.open_war - standing.open_war
    return {"record": standing.open_war, "promise": promise, **departures}
