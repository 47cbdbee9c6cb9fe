"""What each party to a joint decision leans to, and how much of something an actor decides on.

A world in which nothing is played needs neither: the rules give the joint outcome, and one draw
decides it. Where a decision may be taken by hand, or the log records leanings, `split_consent`
finds the parties' leanings such that the joint outcome is the one drawn; then what was decided by
hand takes the place of a leaning, and the outcome follows from all of them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np

from sim.model.arrays import Mask, Terms, Vector
from sim.model.decision_log import DrawKey
from sim.model.decisions.sampling import decided_by_hand, log_decision, settle
from sim.model.state import State
from sim.model.theory.consent import equal_chances, split_consent


class Party(NamedTuple):
    """One party to a joint decision: the key of its leaning, and its chance to be willing."""

    key: DrawKey
    chance: Vector


def leanings_matter(state: State) -> bool:
    """Whether leanings are found at all: where decisions are taken by hand, or leanings logged."""
    return state.played is not None or (state.log is not None and state.log.leanings)


def decide_together(
    state: State,
    key: DrawKey,
    chance: Vector,
    parties: Sequence[DrawKey],
    where: Mask | None = None,
    terms: Callable[[], Terms] = dict,
) -> Mask:
    """Return where all parties are willing, (world,): each with the root of the joint chance.

    Args:
        state: the state.
        key: the key of the draw of the joint outcome.
        chance: the chance of the joint outcome, (world,).
        parties: the keys of the parties' leanings.
        where: the worlds in which the decision arises; all by default.
        terms: for the log, returns the considerations of the joint outcome.
    """
    draws = draw_for(state, key)
    joint = draws < chance
    if not state.one_by_one:
        return joint
    if leanings_matter(state):
        chances = equal_chances(chance, len(parties))
        each = [Party(*party) for party in zip(parties, chances, strict=True)]
        joint = np.all(lean(state, joint, each, where), axis=0)
    by_hand = any(decided_by_hand(state, party) for party in parties)
    log_decision(state, key, (chance,), draws, joint, where, terms, by_hand=by_hand)
    return joint


def lean(
    state: State, joint: Mask, parties: Sequence[Party], where: Mask | None = None
) -> list[Mask]:
    """Return where each party is willing, (world,) each, given where all are, as drawn or by hand.

    Args:
        state: the state.
        joint: where all are willing, (world,), as drawn with the product of their chances.
        parties: the parties.
        where: the worlds in which the decision arises; all by default.
    """
    own = [draw_for(state, party.key) for party in parties]
    split = split_consent(joint, [party.chance for party in parties], own)
    return [
        decide_alone(state, party, draws, where)
        for party, draws in zip(parties, split, strict=True)
    ]


def draw_for(state: State, key: DrawKey) -> Vector:
    """Return this month's draw of a key, (world,)."""
    return state.streams.uniform(key.what, state.month, *key[1:])


def decide_alone(state: State, party: Party, draws: Vector, where: Mask | None = None) -> Mask:
    """Return where a party is willing, (world,): by its draw, or as decided by hand; log it."""
    willing = settle(state, party.key, draws < party.chance, where)
    log_decision(state, party.key, (party.chance,), draws, willing, where)
    return willing


def decide_share(
    state: State, key: DrawKey, share: Vector, where: Mask | None = None, steps: int = 10
) -> Vector:
    """Return how much of something an actor decides on, (world,), 0 to 1.

    It is not drawn: the rules give the share, and only a decision by hand replaces it, by so many
    steps of `steps`. The log has the nearest step.

    Args:
        state: the state.
        key: names the decision.
        share: the share by the rules, (world,), 0 to 1.
        where: the worlds in which the decision arises; all by default.
        steps: in how many steps it can be decided by hand.
    """
    if not leanings_matter(state):
        return share
    level = settle(state, key, np.rint(share * steps).astype(np.int8), where)
    log_decision(state, key, (share,), (level == 0).astype(float), level, where)
    return as_decided(state, key, share, where, steps)


def as_decided(
    state: State, key: DrawKey, share: Vector, where: Mask | None = None, steps: int = 10
) -> Vector:
    """Return the share decided by hand `where` it arises, else the given one, without asking."""
    if state.played is None or not decided_by_hand(state, key):
        return share
    by_hand = np.full(state.count, state.played.moves[state.month, key] / steps)
    return by_hand if where is None else np.where(where, by_hand, share)
