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
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from sim.model.arrays import Mask, Terms, Vector, any_world, in_any_world, total
from sim.model.decision_log import DrawKey
from sim.model.decisions.choice_bounds import ChoiceBounds
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

_Split = Callable[[Terms, State, ContestComparison], Terms]


class _Cases(NamedTuple):
    """Places of choices, rows of sides, worlds and draws, (case,) each; in ascending order."""

    choices: Index
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
        attacks: whether who chooses takes a step, or else replies to that of the other side.
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
        self._steps: tuple[Index, Opponents] | None = None
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

        All are steps; or all are replies, by one rule, to the steps that were decided last.
        """
        decided = np.zeros_like(where)
        if self._state.one_by_one:
            for place, row in np.argwhere(in_any_world(where)).tolist():
                faced = where[place, row]
                decided[place, row] = self._decide_everywhere(choices[place], row, faced)
        elif any_world(where):
            found = [
                self._find_cases(place, choice, where[place], decided[place])
                for place, choice in enumerate(choices)
            ]
            together = (np.concatenate(parts) for parts in zip(*found, strict=True))
            self._decide_cases(choices, _Cases(*together), decided)
        return decided

    def chances(self, choice: CrisisChoice, sides: Index, worlds: Index) -> Vector:
        """Return the chance of a choice by each side in each world, (case,)."""
        steps = sides if choice.attacks else sides ^ 1
        return self._chances(choice, self.expectations.in_cases(steps, worlds))

    # -- where a draw can matter ------------------------------------------------------------------

    def _find_cases(self, place: int, choice: CrisisChoice, where: Mask, decided: Mask) -> _Cases:
        """Return the cases of a choice that are open; mark in `decided` where it is sure."""
        rows, chance = in_any_world(where).nonzero()[0], self._range(choice, where)
        sides, worlds, draws = self._state.streams.below(
            chance.most, self._occasions(choice, rows), rows, where
        )
        open_ = draws >= chance.least[sides, worlds]
        decided[sides[~open_], worlds[~open_]] = True
        self.worked_out[choice.what] += int(np.count_nonzero(open_))
        places = np.full(len(draws), place)
        return _Cases(places[open_], sides[open_], worlds[open_], draws[open_])

    def _range(self, choice: CrisisChoice, where: Mask) -> Range:
        """Return the range of the chance of a choice, (side row, world)."""
        if self.thinning:
            return choice.bounds(self.bounds)
        return Range(np.zeros(where.shape), np.ones(where.shape))

    def _occasions(self, choice: CrisisChoice, rows: Index) -> list[Occasion]:
        what, month, named = choice.what, self._state.month, self.expectations.named
        return [(what, month, *named[row]) for row in rows.tolist()]

    # -- what is worked out there -----------------------------------------------------------------

    def _decide_cases(self, choices: Sequence[CrisisChoice], cases: _Cases, decided: Mask) -> None:
        """Mark in `decided` where sides decide for choices, in the cases that are open."""
        find = self._chances_of_steps if choices[0].attacks else self._chances_of_replies
        chances = find(choices, cases, decided.shape)
        self._require_bounded(choices, cases, chances)
        reached = cases.draws < chances
        decided[tuple(each[reached] for each in cases[:3])] = True

    def _chances_of_steps(
        self, choices: Sequence[CrisisChoice], cases: _Cases, shape: tuple[int, ...]
    ) -> Vector:
        """Return the chances of steps, (case,); the contests they rest on are foreseen together."""
        pair = self.expectations.in_cases(cases.sides, cases.worlds)
        self._steps = np.ravel_multi_index(cases[:3], shape), pair
        if not len(cases.draws):
            return cases.draws
        self.expectations.expect(pair, 0, 0)
        ends = np.searchsorted(cases.choices, range(len(choices) + 1)).tolist()
        parts = [slice(*part) for part in pairwise(ends)]
        return np.concatenate(
            [
                self._chances(choice, pair.part(part))
                for choice, part in zip(choices, parts, strict=True)
                if part.start < part.stop
            ]
        )

    def _chances_of_replies(
        self, choices: Sequence[CrisisChoice], cases: _Cases, shape: tuple[int, ...]
    ) -> Vector:
        """Return the chances of replies, (case,); who may reply is known from the steps."""
        assert self._steps is not None
        taken, pair = self._steps
        answered = np.ravel_multi_index((cases.choices, cases.sides ^ 1, cases.worlds), shape)
        return self._chances(choices[0], pair.part(np.searchsorted(taken, answered)))

    def _chances(self, choice: CrisisChoice, pair: Opponents) -> Vector:
        """Return the chance of a choice, (case,): side 0 takes a step, and side 1 replies."""
        side = 0 if choice.attacks else 1
        return logistic(total(choice.terms(self.expectations, pair, side).values()))

    def _require_bounded(
        self, choices: Sequence[CrisisChoice], cases: _Cases, chances: Vector
    ) -> None:
        if "challenge" not in self._state.theories or not self.thinning:
            return
        for place, choice in enumerate(choices):
            own = cases.choices == place
            most = choice.bounds(self.bounds).most[cases.sides[own], cases.worlds[own]]
            require_bounded(self._state, chances[own], most)

    # -- one decision after another ---------------------------------------------------------------

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
