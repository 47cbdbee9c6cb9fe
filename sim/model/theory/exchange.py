"""Arms for returns: the volume delivered, and whether technology is part of the price."""

from __future__ import annotations

import numpy as np

from sim.model.arrays import Terms, Vector, total
from sim.model.randomness.parameters import SampledGroup


def delivery_considerations(
    rules: SampledGroup,
    need: Vector,
    payment: Vector,
    depletion: Vector,
    sanctions: Vector,
    relation: Vector,
) -> Terms:
    """Return the terms of delivering what a supplier could spare.

    Args:
        rules: the weights of the arguments below, and `willing`.
        need: share of the buyer's use that it cannot make itself, 0 to 1.
        payment: how fully the buyer returns the value, 0 to 1.
        depletion: share of the initial stock already used, 0 to 1.
        sanctions: enforcement not covered by a veto, 0 to 1.
        relation: affinity of the two, 0 to 1.
    """
    return {
        "willing": rules.willing,
        "need": rules.need * need,
        "payment": rules.payment * payment,
        **depletion_consideration(rules, depletion),
        "sanctions": -rules.sanctions * sanctions,
        "relation": rules.relation * relation,
    }


def depletion_consideration(rules: SampledGroup, depletion: Vector) -> Terms:
    """Return the term of what is used up of the stock, which changes with every delivery."""
    return {"depletion": -rules.depletion * depletion}


def allocate_deliveries(offers: list[Vector], wanted: Vector) -> list[Vector]:
    """Return the delivery of each supplier: all it offers, or its share of the demand."""
    offered = total(offers)
    taken = np.minimum(wanted, offered)
    part = np.divide(taken, offered, out=np.zeros_like(offered), where=offered > 0)
    return [offer * part for offer in offers]


def transfer_considerations(
    rules: SampledGroup,
    debt: Vector,
    need: Vector,
    cost: Vector,
    objection: Vector,
    troops: Vector,
    detente: Vector,
) -> Terms:
    """Return the terms of transferring a tier of technology this month.

    Args:
        rules: the weights of the arguments below, and `willing`.
        debt: debt to the supplier, as a share of the debt at which any demand succeeds.
        need: share of the buyer's use that it cannot make itself, 0 to 1.
        cost: reluctance to part with the tier.
        objection: how firmly third parties object, 0 to 1.
        troops: 1 where the supplier has sent soldiers.
        detente: 1 where the buyer's war has ended.
    """
    return {
        "willing": rules.willing,
        "debt": rules.debt * debt,
        "need": rules.need * need,
        "proliferation": -rules.proliferation * cost,
        "objection": -rules.objection * objection,
        "after_troops": rules.after_troops * troops,
        "detente": -rules.detente * detente,
    }
