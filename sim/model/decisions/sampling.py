"""Draws the outcome of decisions, each from its own key, and logs them.

A block simulated for its results has no decision log. In a block simulated for a story, `State.log`
is the log, and each decision records its terms, the resulting chance and the draw. Logging draws
nothing and changes no decision.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

import numpy as np

from sim.model.arrays import Counts, Levels, Mask, Terms, Vector, total, where_true
from sim.model.decision_log import DrawKey
from sim.model.places import Index, Who
from sim.model.randomness.streams import Occasion
from sim.model.state import State
from sim.model.theory.quantal_response import level_reached, logistic

_FEW = 25
"""A decision that can be taken in fewer than one world of so many is drawn in these alone."""
_Outcome = TypeVar("_Outcome", Mask, Levels, Counts)


def decide(
    state: State,
    key: DrawKey,
    terms: Terms,
    where: Mask | None = None,
    detailed_terms: Callable[[], Terms] | None = None,
) -> Mask:
    """Return the decision, (world,), by quantal response to the sum of `terms`.

    Args:
        state: the state.
        key: the key of the random draw.
        terms: the considerations, in log-odds.
        where: for the log, the worlds in which the decision arises.
        detailed_terms: for the log, returns the terms in more detail.
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
    """Return where an event of chance `probability` occurs, or is decided by hand, (world,)."""
    draws = state.streams.uniform(key.what, state.month, *key[1:])
    happens = settle(state, key, draws < probability, where)
    log_decision(state, key, (probability,), draws, happens, where, terms)
    return happens


def occurs_each(state: State, keys: Sequence[DrawKey], probability: Vector, wheres: Mask) -> Mask:
    """Return where each of several events occurs, (event, world), or is decided by hand.

    Args:
        state: the state.
        keys: the key of the random draw of each event.
        probability: chance of each, (world,) or (event, world).
        wheres: the worlds in which the event arises, (event, world); elsewhere nothing is said.
    """
    occurred: Mask = reach_each(state, keys, (probability,), wheres) > 0
    return occurred


def draw_each(state: State, keys: Sequence[DrawKey]) -> Vector:
    """Return this month's draws of several keys, (key, world)."""
    return state.streams.uniform_each(_occasions(state, keys))


def reach_each(
    state: State, keys: Sequence[DrawKey], chances: tuple[Vector, ...], wheres: Mask
) -> Levels:
    """Return the level that each of several decisions reaches, (decision, world), and log them.

    Args:
        state: the state.
        keys: the key of the random draw of each decision.
        chances: of at least level 1, at least level 2 and so on, (world,) or (decision, world).
        wheres: the worlds in which the decision arises, (decision, world); elsewhere nothing is
            said.
    """
    if state.one_by_one:
        return _reach_one_by_one(state, keys, chances, wheres)
    cases, levels = where_true(wheres), np.zeros(wheres.shape, dtype=np.int8)
    draws = state.streams.few(_occasions(state, keys), *cases)
    of_cases = (chance[cases[-chance.ndim :]] for chance in chances)
    levels[cases] = level_reached(draws, of_cases)
    return levels


def _reach_one_by_one(
    state: State, keys: Sequence[DrawKey], chances: tuple[Vector, ...], wheres: Mask
) -> Levels:
    draws = draw_each(state, keys)
    levels = level_reached(draws, chances)
    of_each = [np.broadcast_to(chance, draws.shape) for chance in chances]
    for row, key in enumerate(keys):
        levels[row] = settle(state, key, levels[row], wheres[row])
        own = tuple(chance[row] for chance in of_each)
        log_decision(state, key, own, draws[row], levels[row], wheres[row])
    return levels


def _occasions(state: State, keys: Sequence[DrawKey]) -> list[Occasion]:
    return [(key.what, state.month, *key[1:]) for key in keys]


def settle(state: State, key: DrawKey, level: _Outcome, where: Mask | None = None) -> _Outcome:
    """Return what was decided by hand, and elsewhere the outcome as drawn, (world,).

    What is drawn without `occurs` passes through here, so that it can be decided by hand, and is
    asked of those who do.

    Args:
        state: the state.
        key: the key of the random draw.
        level: the outcome as drawn, (world,).
        where: the worlds in which the decision arises; all by default.
    """
    if state.played is None:
        return level
    arises = np.ones(state.count, dtype=bool) if where is None else where
    return state.played.settle(state.month, key, level, arises)


def decided_by_hand(state: State, key: DrawKey) -> bool:
    """Whether a decision of this month is taken by hand."""
    return state.played is not None and state.played.decides(state.month, key)


def draw_by_number(state: State, key: DrawKey, number: Counts) -> Vector:
    """Return the draws, (world,), of what happens once for each of several numbered occasions.

    Args:
        state: the state.
        key: the key of the random draw.
        number: of the occasion in each world, (world,), such as the first or the second war.
    """
    draws = np.zeros(state.count)
    for occasion in np.unique(number).tolist():
        drawn = state.streams.uniform_once(key.what, occasion, state.month, *key[1:])
        draws = np.where(number == occasion, drawn, draws)
    return draws


def draw_cases_by_number(
    state: State, keys: Sequence[DrawKey], which: Index, numbers: Counts, worlds: Index
) -> Vector:
    """Return the same draws of several keys in some worlds, (case,).

    Args:
        state: the state.
        keys: the keys of the random draws.
        which: place of the key of each case, (case,).
        numbers: of the occasion of each case, (case,).
        worlds: the world of each case, (case,).
    """
    asked = list(zip(which.tolist(), numbers.tolist(), strict=True))
    places = {each: place for place, each in enumerate(dict.fromkeys(asked))}
    occasions = [(keys[key].what, number, *keys[key][1:]) for key, number in places]
    of_case = np.array([places[each] for each in asked])
    return state.streams.few_once(occasions, state.month, of_case, worlds)


def log_decision(
    state: State,
    key: DrawKey,
    chances: tuple[Vector, ...],
    draws: Vector,
    level: Levels | Mask,
    where: Mask | None = None,
    terms: Callable[[], Terms] = dict,
    *,
    by_hand: bool = False,
) -> None:
    """Record a decision if there is a decision log; only then `terms` may be called.

    A joint outcome is `by_hand` where any party to it decided by hand.
    """
    if state.log is not None:
        arises = np.ones(state.count, dtype=bool) if where is None else where
        played = by_hand or decided_by_hand(state, key)
        state.log.record(state.month, key, arises, chances, draws, level, terms, played=played)


_Drawn = tuple[Index, Index, Vector]


class Bounds:
    """The most that the chances of several decisions can ever be: above it no draw matters."""

    def __init__(self, most: Vector, which: Index) -> None:
        """Take the most that chances can be, (chance, world), and which of them each is."""
        self._most, self._which = most, which
        self._highest = np.max(most, axis=1, initial=0.0)[which]

    def most(self, rows: Who, worlds: Index | slice) -> Vector:
        """Return the most that the chances of some decisions can be in some worlds."""
        most: Vector = self._most[self._which[rows], worlds]
        return most

    def draw(self, state: State, keys: Sequence[DrawKey], possible: Mask) -> _Drawn:
        """Draw, and return the cases in which the draw matters: decision, world and draw, (case,).

        Args:
            state: the state.
            keys: the key of the random draw of each decision.
            possible: where each can be taken at all, (decision, world).
        """
        worlds = np.count_nonzero(possible, axis=1)
        asked, few = (worlds > 0) & (self._highest > 0), worlds * _FEW < state.count
        often, seldom = ((asked & which).nonzero()[0] for which in (~few, few))
        found = self._draw_everywhere(state, keys, possible, often)
        if not len(seldom):
            return found
        return _by_row(found, self._draw_few(state, keys, possible, seldom))

    def _draw_few(
        self, state: State, keys: Sequence[DrawKey], possible: Mask, drawn: Index
    ) -> _Drawn:
        """Draw some of the decisions where they can be taken, and return the same cases."""
        occasions = _occasions(state, [keys[row] for row in drawn.tolist()])
        which, worlds = where_true(possible[drawn])
        draws = state.streams.few(occasions, which, worlds)
        matters = draws < self.most(drawn[which], worlds)
        return drawn[which[matters]], worlds[matters], draws[matters]

    def _draw_everywhere(
        self, state: State, keys: Sequence[DrawKey], possible: Mask, drawn: Index
    ) -> _Drawn:
        """Draw some of the decisions in every world, and return the same cases."""
        draws = draw_each(state, [keys[which] for which in drawn.tolist()])
        rows, worlds = where_true(draws < self._highest[drawn, None])
        which, own = drawn[rows], draws[rows, worlds]
        matters = possible[which, worlds] & (own < self.most(which, worlds))
        return which[matters], worlds[matters], own[matters]


def _by_row(some: _Drawn, others: _Drawn) -> _Drawn:
    """Return two sets of cases as one, in the order of their rows."""
    rows, worlds, draws = (np.concatenate([some[each], others[each]]) for each in range(3))
    order = np.argsort(rows, kind="stable")
    return rows[order], worlds[order], draws[order]
