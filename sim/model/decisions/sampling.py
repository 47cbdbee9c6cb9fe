"""Decisions, each by its own die.

A block of worlds that is lived for its results keeps no reasons. One that is lived for its story
has `State.reasons`; then each decision leaves what spoke for and against it, the chance that
followed and what was drawn. Keeping them changes nothing: it draws nothing and decides nothing.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from sim.model.arrays import Levels, Mask, Terms, Vector, total
from sim.model.decision_log import Decision, DrawKey
from sim.model.state import State
from sim.model.theory.quantal_response import logistic


def decide(
    state: State,
    key: DrawKey,
    terms: Terms,
    where: Mask | None = None,
    detailed_terms: Callable[[], Terms] | None = None,
) -> Mask:
    """Return what is decided by quantal response to the sum of `terms`, (world,).

    For the reasons only, `where` says in which worlds it is there to be decided, and `detailed_terms` gives
    the terms in more detail.
    """
    return occurs(
        state, key, logistic(total(terms.values())), where, detailed_terms or (lambda: terms)
    )


def occurs(
    state: State,
    key: DrawKey,
    probability: Vector,
    where: Mask | None = None,
    terms: Callable[[], Terms] = dict,
) -> Mask:
    """Return where something happens that has a chance of `probability`, (world,)."""
    drawn = state.streams.uniform(key.what, state.month, *key[1:])
    happens = drawn < probability
    log_decision(state, key, (probability,), drawn, happens, where, terms)
    return happens


def log_decision(
    state: State,
    key: DrawKey,
    chances: tuple[Vector, ...],
    draws: Vector,
    level: Levels | Mask,
    where: Mask | None = None,
    terms: Callable[[], Terms] = dict,
) -> None:
    """Keep a decision as it stands, if somebody asks for reasons; only then `terms` are asked."""
    if state.log is None:
        return

    def here(values: Vector) -> Vector:
        return np.array(np.broadcast_to(values, (state.count,)), dtype=float)

    decision = Decision(
        state.month,
        key,
        np.ones(state.count, dtype=bool) if where is None else where.copy(),
        {name: here(term) for name, term in terms().items()},
        tuple(here(each) for each in chances),
        here(draws),
        np.array(level, dtype=np.int8),
    )
    state.log.decisions.append(decision)
