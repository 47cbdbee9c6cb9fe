"""Decides the choices of a crisis for all sides at once, where their draws can matter.

Draws are keyed by occasion, so a draw can be looked at before anything is worked out. Above the
most that its chance can be the answer is no, whatever the considerations, and below the least yes.
What is left are cases, one decision in one world each, of all sides together: the rule is evaluated
once for all of them. This is thinning (Lewis and Shedler 1979; Ogata 1981): it changes no decision.

With a decision log every decision is worked out in every world, since a story tells the reasons;
and so it is while decisions are taken by hand.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from sim.model.arrays import Mask, Terms, Vector, any_world, in_any_world, total
from sim.model.decision_log import DrawKey
from sim.model.decisions.choice_bounds import NEVER_SURE, ChoiceBounds
from sim.model.decisions.crisis import (
    CrisisTerms,
    challenge_terms,
    next_rung_terms,
    own_resist_terms,
)
from sim.model.decisions.sampling import decide
from sim.model.foresight.ally_contributions import (
    ContestComparison,
    split_challenge_terms,
    split_climb_terms,
    split_resist_terms,
)
from sim.model.foresight.expectations import Expectations
from sim.model.foresight.opponents import Opponents
from sim.model.places import Index
from sim.model.plugged.crisis import require_bounded
from sim.model.randomness.streams import Occasion
from sim.model.state import State
from sim.model.theory.bounds import Range
from sim.model.theory.quantal_response import logistic

_MANY = 0.25
"""Share of the worlds of a block above which a number is drawn for every world."""
_Split = Callable[[Terms, State, ContestComparison], Terms]


class _Cases(NamedTuple):
    """Sides, worlds and draws, (case,) each."""

    sides: Index
    worlds: Index
    draws: Vector


@dataclass(frozen=True)
class CrisisChoice:
    """A choice of a crisis.

    Attributes:
        what: name of its draw.
        terms: its considerations.
        split: for the log, splits its prospects by whose allies they depend on.
        attacks: whether it is the attacker of the contest that it depends on who chooses.
        bounds: returns the range of its chance, (side row, world).
    """

    what: str
    terms: CrisisTerms
    split: _Split
    attacks: bool
    bounds: Callable[[ChoiceBounds], Range]


CHALLENGE = CrisisChoice(
    "challenge",
    challenge_terms,
    split_challenge_terms,
    attacks=True,
    bounds=ChoiceBounds.challenge,
)
CLIMB = CrisisChoice(
    "climb", next_rung_terms, split_climb_terms, attacks=True, bounds=ChoiceBounds.climb
)
RESIST_CHALLENGE, RESIST_CLIMB = (
    CrisisChoice(
        f"resist {step}",
        own_resist_terms,
        split_resist_terms,
        attacks=False,
        bounds=ChoiceBounds.resist,
    )
    for step in ("challenge", "climb")
)


class CrisisDecisions:
    """Decides the choices of a crisis in a block.

    Attributes:
        expectations: what actors expect of one another this month.
        thinning: whether draws are looked at first; off, every chance is worked out in every world
            that faces the choice, and the decisions are the same.
        worked_out: how many chances have been worked out so far, by the name of their draw.
    """

    def __init__(self, expectations: Expectations) -> None:
        self.expectations, self._state = expectations, expectations.state
        self._bounds: ChoiceBounds | None = None
        self.thinning = True
        self.worked_out: Counter[str] = Counter()

    @property
    def bounds(self) -> ChoiceBounds:
        """The ranges of the chances, worked out once as long as they hold in most worlds."""
        if self._bounds is None or not self._bounds.still_hold():
            self._bounds = ChoiceBounds(self.expectations)
        return self._bounds

    def decide(self, choices: Sequence[CrisisChoice], where: Mask) -> Mask:
        """Return which sides decide for choices, (choice, side row, world), `where` they face them.

        What the contests depend on that the choices are about is foreseen together.
        """
        decided, each = np.zeros_like(where), [*enumerate(choices)]
        if self._state.one_by_one:
            for place, choice in each:
                for row in in_any_world(where[place]).nonzero()[0].tolist():
                    decided[place, row] = self._decide_everywhere(choice, row, where[place, row])
        elif any_world(where):
            cases = [self._find_cases(choice, where[at], decided[at]) for at, choice in each]
            self._decide_cases(choices, cases, decided)
        return decided

    def chances(self, choice: CrisisChoice, sides: Index, worlds: Index) -> Vector:
        """Return the chance of a choice by each side in each world, (case,)."""
        return self._chances(choice, self.expectations.in_cases(sides, worlds))

    def _chances(self, choice: CrisisChoice, pair: Opponents) -> Vector:
        return logistic(total(choice.terms(self.expectations, pair, 0).values()))

    def _decide_cases(
        self, choices: Sequence[CrisisChoice], cases: Sequence[_Cases], decided: Mask
    ) -> None:
        """Mark in `decided` where sides decide for choices, in the cases of each choice."""
        sides, worlds = (np.concatenate(parts) for parts in [*zip(*cases, strict=True)][:2])
        pair, begin = self.expectations.in_cases(sides, worlds), 0
        for choice, own, made in zip(choices, cases, decided, strict=True):
            end = begin + len(own.draws)
            if end > begin:
                chances = self._chances(choice, pair.part(slice(begin, end)))
                self._require_bounded(choice, own, chances)
                reached = own.draws < chances
                made[own.sides[reached], own.worlds[reached]] = True
            begin = end

    def _require_bounded(self, choice: CrisisChoice, cases: _Cases, chances: Vector) -> None:
        if "challenge" in self._state.theories and self.thinning:
            most = choice.bounds(self.bounds).most[cases.sides, cases.worlds]
            require_bounded(self._state, chances, most)

    def _find_cases(self, choice: CrisisChoice, where: Mask, decided: Mask) -> _Cases:
        """Return the cases whose draws can matter; mark in `decided` where a choice is sure."""
        rows = in_any_world(where).nonzero()[0]
        faced = where[rows]
        find = self._find_in_many if faced.sum() > _MANY * faced.size else self._find_in_few
        cases = find(choice, rows, faced, decided)
        self.worked_out[choice.what] += len(cases.draws)
        return cases

    def _find_in_many(
        self, choice: CrisisChoice, rows: Index, faced: Mask, decided: Mask
    ) -> _Cases:
        """Return the cases whose draws can matter, if many worlds face the choice."""
        state, occasions = self._state, self._occasions(choice, rows)
        draws = np.array([state.streams.uniform(*occasion) for occasion in occasions])
        if self.thinning:
            chance = choice.bounds(self.bounds)
            faced &= draws < chance.most[rows]
            if chance.least is not NEVER_SURE:
                decided[rows] = faced & (draws < chance.least[rows])
                faced &= ~decided[rows]
        places, worlds = faced.nonzero()
        return _Cases(rows[places], worlds, draws[places, worlds])

    def _find_in_few(self, choice: CrisisChoice, rows: Index, faced: Mask, decided: Mask) -> _Cases:
        """Return the same if few worlds face it, so that numbers are drawn for these alone."""
        places, worlds = faced.nonzero()
        draws = self._state.streams.few(self._occasions(choice, rows), places, worlds)
        cases = _Cases(rows[places], worlds, draws)
        if not self.thinning:
            return cases
        chance, at = choice.bounds(self.bounds), (cases.sides, worlds)
        open_ = draws < chance.most[at]
        if chance.least is not NEVER_SURE:
            sure = open_ & (draws < chance.least[at])
            decided[cases.sides[sure], worlds[sure]] = True
            open_ &= ~sure
        return _Cases(cases.sides[open_], worlds[open_], draws[open_])

    def _occasions(self, choice: CrisisChoice, rows: Index) -> list[Occasion]:
        what, month, named = choice.what, self._state.month, self.expectations.named
        return [(what, month, *named[row]) for row in rows.tolist()]

    def _decide_everywhere(self, choice: CrisisChoice, row: int, where: Mask) -> Mask:
        """Decide for one side in every world, with the reasons for the log."""
        expectations, state, side = self.expectations, self._state, row & 1
        rivalry = state.rivalries[expectations.theatres[row >> 1]]
        pair, attacking = expectations.everywhere(rivalry), side if choice.attacks else 1 - side
        terms = choice.terms(expectations, pair, side)

        def detailed_terms() -> Terms:
            if "challenge" in state.theories and "prospects" not in terms:
                return terms
            expected = expectations.expect(pair, attacking, side)
            baseline = expectations.baseline_contest(rivalry, attacking)
            comparison = ContestComparison(rivalry, attacking, expected, baseline)
            return choice.split(terms, state, comparison)

        key = DrawKey(choice.what, *expectations.named[row])
        return where & decide(state, key, terms, where, detailed_terms)
