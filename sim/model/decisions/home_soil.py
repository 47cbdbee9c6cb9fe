"""Whether the side attacked carries the war onto the soil of the side that began it.

It does where it is willing, and either all who supply it consent to the use of their weapons there,
or its own weapons carry that far. The chance of all this together is `rules.war.home_soil`, and one
draw decides it; who wanted what is found afterwards (`sim.model.theory.consent`).
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from sim.model.arrays import Mask, Vector, any_world
from sim.model.decision_log import DrawKey
from sim.model.decisions.leanings import (
    Party,
    decide_alone,
    draw_for,
    lean,
    leanings_matter,
)
from sim.model.decisions.sampling import log_decision
from sim.model.entities.rivalry import Rivalry
from sim.model.state import State
from sim.model.theory.consent import split_consent


class StrikeChances(NamedTuple):
    """The chances behind that of a strike, (world,) each.

    Attributes:
        willing: that the side attacked is willing.
        consent: that one supplier consents.
        all_consent: that all do.
        own: that its own weapons carry that far without consent.
        able: that it is able to strike, one way or the other.
    """

    willing: Vector
    consent: Vector
    all_consent: Vector
    own: Vector
    able: Vector


def decide_home_soil(state: State, rivalry: Rivalry, where: Mask) -> Mask:
    """Return where the attacker's soil is struck this month, (world,), where it can be."""
    key, chance = DrawKey("home soil", rivalry.code), state.rules.war.home_soil
    draws = draw_for(state, key)
    struck = draws < chance
    for side in (0, 1) if leanings_matter(state) else ():
        attacked = where & rivalry.war.attacks(1 - side)
        if any_world(attacked):
            struck = np.where(attacked, _strike(state, rivalry, side, struck, attacked), struck)
    log_decision(state, key, (chance,), draws, struck, where)
    return struck


def find_suppliers(state: State, buyer: int, rivalry: str) -> list[int]:
    """Return who supplies an actor in its war on a rivalry."""
    exchanges = state.institutions.exchanges.values() if state.mechanisms.exchange else ()
    return [
        exchange.supplier
        for exchange in exchanges
        if (exchange.buyer, exchange.spec.rivalry) == (buyer, rivalry)
    ]


def strike_chances(chance: Vector, consent: Vector, own: Vector, suppliers: int) -> StrikeChances:
    """Return the chances that together give `chance`, (world,).

    Where neither consent nor its own weapons would let the side attacked strike as often as
    `chance` says, its own weapons are taken to carry further than `own`.
    """
    all_consent = consent**suppliers
    lacking = 1 - all_consent
    least = np.divide(chance - all_consent, lacking, out=np.zeros_like(chance), where=lacking > 0)
    own = np.maximum(own, least)
    able = all_consent + lacking * own
    return StrikeChances((chance / able).clip(0, 1), consent, all_consent, own, able)


def _strike(state: State, rivalry: Rivalry, side: int, struck: Mask, where: Mask) -> Mask:
    """Return where a side that was attacked strikes, given where it does as drawn."""
    who, towards = (state.codes[rivalry.rivals[each]] for each in (side, 1 - side))
    key = DrawKey("strike home soil", who, towards, rivalry.code)
    suppliers = find_suppliers(state, rivalry.rivals[side], rivalry.code)
    rules = state.rules.war
    chances = strike_chances(
        rules.home_soil, rules.supplier_consent, rules.own_weapons, len(suppliers)
    )
    own = draw_for(state, key), draw_for(state, key._replace(what="able to strike home soil"))
    will, able = split_consent(struck, (chances.willing, chances.able), own)
    willing = decide_alone(state, Party(key, chances.willing), will, where)
    consents, carries = _ability(state, key, chances, able < chances.able)
    agreed = _consent(state, key, chances.consent, suppliers, consents, where)
    return willing & (agreed | carries)


def _ability(state: State, key: DrawKey, chances: StrikeChances, able: Mask) -> tuple[Mask, Mask]:
    """Return where all suppliers consent, and where the side's own weapons carry that far."""
    lacks = 1 - chances.all_consent, 1 - chances.own
    names = "consented strike", "reach of own weapons"
    own = [draw_for(state, key._replace(what=name)) for name in names]
    refused, outranged = split_consent(~able, lacks, own)
    return refused >= lacks[0], outranged >= lacks[1]


def _consent(
    state: State, key: DrawKey, chance: Vector, suppliers: list[int], all_consent: Mask, where: Mask
) -> Mask:
    """Return where all suppliers consent, as drawn or by hand."""
    keys = [
        DrawKey("consent to strikes", state.codes[supplier], key.who, key.about)
        for supplier in suppliers
    ]
    consents = lean(state, all_consent, [Party(each, chance) for each in keys], where)
    return np.all(consents, axis=0) if consents else all_consent
