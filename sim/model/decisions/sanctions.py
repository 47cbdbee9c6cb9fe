"""Who joins sanctions outside the council, and how far an enforcer enforces those of the council.

Both stand in the rules as averages: the proposers' own sanctions go as far as partners usually join
them, and an enforcer neglects a share of the sanctions. What a seat decides by hand takes the place
of the average, for that seat.
"""

from __future__ import annotations

from itertools import chain

import numpy as np

from sim.model.arrays import Mask, Vector, total
from sim.model.decision_log import DrawKey
from sim.model.decisions.leanings import decide_share, leanings_matter
from sim.model.decisions.modifiers import reliance
from sim.model.decisions.sampling import decided_by_hand, occurs
from sim.model.entities.council import Council
from sim.model.state import State

_HALVES = 2
"""By hand an enforcer looks away, enforces by halves, or in full."""


def autonomous_step(state: State, council: Council, where: Mask) -> Vector:
    """Return how far the proposers' own sanctions go, (world,), as a share of what is left.

    The step of the rules holds where partners join as often as they usually do; one that decides
    by hand adds to it, or takes from it, what it does beyond its usual.
    """
    rules, partners = state.rules.council, find_partners(state, council)
    if not leanings_matter(state) or not partners:
        return rules.autonomous_step
    beyond = total(_join_beyond_usual(state, council, partner, where) for partner in partners)
    return rules.autonomous_step * (1 + rules.partners_part * beyond / len(partners))


def find_partners(state: State, council: Council) -> list[int]:
    """Return the other members of the blocs that a proposer leads, without the target."""
    led = (
        bloc.members[1:]
        for bloc in state.institutions.blocs.values()
        if bloc.members[0] in council.proposers
    )
    return sorted({*chain.from_iterable(led)} - {*council.proposers, council.target})


def decide_neglect(state: State, council: Council) -> dict[int, Vector]:
    """Return how far each enforcer looks away, (world,) each, 0 to 1: by the rules, or by hand.

    By the rules it is as lax as it always is, or, where that is more, as its reliance on the
    target's arms makes it.
    """
    defection, lax = state.rules.council.defection, council.laxity
    neglect = {
        who: np.maximum(
            lax.get(who, np.zeros(state.count)), defection * reliance(state, who, council.target)
        )
        for who in council.enforcer_weights
    }
    if not leanings_matter(state):
        return neglect
    return {who: _look_away(state, council, who, share) for who, share in neglect.items()}


def _join_beyond_usual(state: State, council: Council, partner: int, where: Mask) -> Vector:
    """Return by how much a partner joins beyond its usual, (world,): 0 unless by hand."""
    chance = state.rules.council.partners_join
    key = _key(state, "join sanctions", council, partner)
    joins = occurs(state, key, chance, where)
    return (joins - chance) * (where & decided_by_hand(state, key))


def _look_away(state: State, council: Council, enforcer: int, share: Vector) -> Vector:
    key = _key(state, "enforce", council, enforcer)
    enforced = decide_share(state, key, 1 - share, steps=_HALVES)
    return 1 - enforced if decided_by_hand(state, key) else share


def _key(state: State, what: str, council: Council, who: int) -> DrawKey:
    return DrawKey(what, state.codes[who], state.codes[council.target], council.code)
