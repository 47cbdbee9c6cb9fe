"""Whether the side attacked carries the war onto the soil of the side that began it.

It does where it is willing, and either all who supply it consent to the use of their weapons there, or
its own weapons carry that far. The chance of all this together is `rules.war.home_soil`, and one draw
decides it; who wanted what is found afterwards (`sim.model.theory.consent`).
"""

from __future__ import annotations

from functools import reduce
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
    """Return where the attacker's soil is struck this month, (world,), of the worlds `where` it can be."""
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
    pair = rivalry.rivals[side], rivalry.rivals[1 - side]
    who, towards = (state.codes[each] for each in pair)
    suppliers = find_suppliers(state, pair[0], rivalry.code)
    rules = state.rules.war
    chances = strike_chances(
        rules.home_soil, rules.supplier_consent, rules.own_weapons, len(suppliers)
    )
    key = DrawKey("strike home soil", who, towards, rivalry.code)
    luck = [draw_for(state, key._replace(what=f"{name} to strike")) for name in ("able", "lack", "arms")]
    will, able = split_consent(
        struck, (chances.willing, chances.able), (draw_for(state, key), luck[0])
    )
    lacks = 1 - chances.all_consent, 1 - chances.own
    refused, outranged = split_consent(~(able < chances.able), lacks, luck[1:])
    willing = decide_alone(state, Party(key, chances.willing), will, where)
    parties = [
        Party(DrawKey("consent to strikes", state.codes[each], who, rivalry.code), chances.consent)
        for each in suppliers
    ]
    consents = lean(state, ~(refused < lacks[0]), parties, where) if parties else []
    return willing & (reduce(np.logical_and, consents, True) | ~(outranged < lacks[1]))
