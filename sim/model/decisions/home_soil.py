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
from sim.model.decisions.sampling import decided_by_hand, log_decision
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
    struck, by_hand = draws < chance, False
    for side in (0, 1) if leanings_matter(state) else ():
        attacked = where & rivalry.war.attacks(1 - side)
        if any_world(attacked):
            strikes = _strike(state, rivalry, side, struck, attacked)
            struck = np.where(attacked, strikes, struck)
            by_hand |= _is_by_hand(state, rivalry, side)
    log_decision(state, key, (chance,), draws, struck, where, by_hand=by_hand)
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


def _strike_key(state: State, rivalry: Rivalry, side: int) -> DrawKey:
    who, towards = (state.codes[rivalry.rivals[each]] for each in (side, 1 - side))
    return DrawKey("strike home soil", who, towards, rivalry.code)


def _consent_keys(state: State, rivalry: Rivalry, side: int) -> list[DrawKey]:
    """Return the keys of the consents of those that supply a side."""
    key = _strike_key(state, rivalry, side)
    return [
        DrawKey("consent to strikes", state.codes[supplier], key.who, key.about)
        for supplier in find_suppliers(state, rivalry.rivals[side], rivalry.code)
    ]


def _is_by_hand(state: State, rivalry: Rivalry, side: int) -> bool:
    """Whether the side or one of its suppliers decides by hand."""
    keys = [_strike_key(state, rivalry, side), *_consent_keys(state, rivalry, side)]
    return any(decided_by_hand(state, key) for key in keys)


def _strike(state: State, rivalry: Rivalry, side: int, struck: Mask, where: Mask) -> Mask:
    """Return where a side that was attacked strikes, given where it does as drawn."""
    key, suppliers = _strike_key(state, rivalry, side), _consent_keys(state, rivalry, side)
    rules = state.rules.war
    chances = strike_chances(
        rules.home_soil, rules.supplier_consent, rules.own_weapons, len(suppliers)
    )
    own = draw_for(state, key), draw_for(state, key._replace(what="able to strike home soil"))
    will, able = split_consent(struck, (chances.willing, chances.able), own)
    willing = decide_alone(state, Party(key, chances.willing), will, where)
    agreed, carries = _ability(state, key, chances, able < chances.able)
    if suppliers:
        parties = [Party(supplier, chances.consent) for supplier in suppliers]
        agreed = np.all(lean(state, agreed, parties, where), axis=0)
    return willing & (agreed | carries)


def _ability(state: State, key: DrawKey, chances: StrikeChances, able: Mask) -> tuple[Mask, Mask]:
    """Return where all suppliers consent, and where the side's own weapons carry that far."""
    lacks = 1 - chances.all_consent, 1 - chances.own
    names = "consented strike", "reach of own weapons"
    own = [draw_for(state, key._replace(what=name)) for name in names]
    refused, outranged = split_consent(~able, lacks, own)
    return refused >= lacks[0], outranged >= lacks[1]
