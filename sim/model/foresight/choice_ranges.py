"""The least and the most that a choice can come to, whatever the allies come to do.

They rest on facts that only change where acts on treaties change who would be called. They are
worked out of all sides in every world, (side row, world), or of a side in each of some cases,
(case,): the rule is the same. `sim.model.theory.bounds` has the bounds on which it rests.
"""

from __future__ import annotations

from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.model.arrays import Vector
from sim.model.foresight.ally_influence import detachment
from sim.model.foresight.expectations import Expectations
from sim.model.places import EVERYWHERE, Index, Places
from sim.model.theory.bounds import (
    Range,
    challenge_value_at_most,
    contest_range,
    least_odds_against,
    strength_range,
    win_chance_range,
)


class ChoiceRanges:
    """The ranges of the choices of some sides."""

    def __init__(
        self, expectations: Expectations, calming: Vector, sides: Index, at: Places
    ) -> None:
        """Find ranges of sides.

        Args:
            expectations: what actors expect of one another.
            calming: the most that exercises add to escalation by each side, in log-odds,
                (side row, world).
            sides: rows of the sides: all of them, or one of each case.
            at: every world, or the world of each case.
        """
        self._known, self._state, self._calming = expectations, expectations.state, calming
        self._foreseen, self._record = expectations.foreseen, expectations.baselines
        self._sides, self._others, self._at = sides, sides ^ 1, at
        self._rationality = at.of(self._state.rules.choice.rationality)
        self._stake = self._own(expectations.stakes)

    def tabulate(self) -> Vector:
        """Return what bounds the choices as one table, (number, ...).

        Returns:
            The least odds against a challenge, usually and soon after a dispute; the most that the
            chance of escalating can be, below war and to war; the least and the most that the
            chance of resisting can be.
        """
        resist = self._resist()
        numbers = *self._odds_against_challenge(), *self._climb(), resist.least, resist.most
        table = np.empty((len(numbers), *self._stake.shape))
        for row, number in zip(table, numbers, strict=True):
            row[...] = number
        return table

    # -- by choice --------------------------------------------------------------------------------

    def _odds_against_challenge(self) -> tuple[Vector, Vector]:
        """Return the least odds against a challenge without tension: usually, and soon after one.

        Restraint by patrons could only add to them.
        """
        record, rules = self._record, self._state.rules.challenge.at(self._at)
        value = challenge_value_at_most(
            self._stake, self._winning[0].most, rules.dispute_cost, self._resistance()
        )
        armed = -self._own(record.nuclear)
        unusual = self._armed + Range(armed, armed)
        recent = self._at.read(self._known.recent_dispute, self._sides >> 1)
        most = (
            self._own(record.challenge)
            + self._rationality * (value - self._own(record.challenge_value))
            + unusual.times(-self._rationality * rules.nuclear_dread).most
            + self._moral_hazard().most
            - rules.recent_dispute * recent
            + np.maximum(rules.nonaggression, 0)
        )
        return least_odds_against(most), least_odds_against(most + rules.recent_dispute)

    def _resistance(self) -> tuple[Vector, Vector, Vector, Vector]:
        """Return what the other side's resistance to each side rests on."""
        record = self._record
        return (
            self._other(record.resist),
            self._rationality,
            self._other(self._known.stakes),
            self._other(record.win_chance_attacked),
        )

    def _climb(self) -> tuple[Vector, Vector]:
        """Return the most that the chance of escalating can be: below war, and to war.

        Restraint by patrons could only lower it.
        """
        record, rules = self._record, self._state.rules.escalate.at(self._at)
        winning, _ = self._winning
        about = self._rationality, self._stake, winning
        usual, even = self._own(record.win_chance_attacking), np.full(1, 0.5)
        below = contest_range(self._own(record.climb), *about, usual)
        war = contest_range(self._own(record.war), *about, even)
        cost = (winning + Range(-even, -even)).times(rules.war_cost)
        allies = self._count_allies(np.ones(len(self._foreseen.ally)))
        firmer = Range(0.0 * allies, allies).times(rules.pact)
        weapons = self._armed.times(-rules.nuclear)
        busy = np.maximum(-rules.other_war, 0)
        most = below.most, (war + cost + firmer + weapons).most + busy
        below_war, to_war = (
            1 / (1 + least_odds_against(each + self._own(self._calming))) for each in most
        )
        return below_war, to_war

    def _resist(self) -> Range:
        """Return the range of the chance of resisting a step of the other side."""
        (_, winning), record = self._winning, self._record
        contest = contest_range(
            self._own(record.resist),
            self._rationality,
            self._stake,
            Range(1 - winning.most, 1 - winning.least),
            self._own(record.win_chance_attacked),
        )
        return (contest + self._advice()).chances

    # -- what they rest on ------------------------------------------------------------------------

    @cached_property
    def _winning(self) -> tuple[Range, Range]:
        """Chance of each side to prevail if it attacks, and of the other side if that attacks."""
        own = self._strength(self._sides)
        if self._at is EVERYWHERE:  # all sides are asked, so that the others are among them
            other = Range(own.least[:, self._others], own.most[:, self._others])
        else:
            other = self._strength(self._others)
        attacking = win_chance_range(own.part(0), other.part(1))
        return attacking, win_chance_range(other.part(0), own.part(1))

    def _strength(self, sides: Index) -> Range:
        """Return the range of the strength of sides, as attackers and as defenders, (2, ...)."""
        _, cells = self._allies_of(sides)
        aid = self._foreseen.aid.take(cells, axis=-1)
        return strength_range(self._at.read(self._known.own_strengths, sides), aid)

    @cached_property
    def _armed(self) -> Range:
        """Chance that a nuclear power is against every side."""
        own = self._at.read(self._state.nuclear, self._known.actors[self._others])
        return Range(own, np.ones_like(own))

    def _count_allies(self, weights: Vector) -> Vector:
        """Return the sum of weights of allies, (row,), over those of each side."""
        rows, cells = self._allies_of(self._sides)
        allied = cells != self._foreseen.nobody
        counted: Vector = (allied * self._at.spread(weights[rows])).sum(axis=0)
        return counted

    def _allies_of(self, sides: Index) -> tuple[Index, Index]:
        """Return the rows of the allies of sides, (ally, ...), and their cells."""
        rows = self._foreseen.of_side(sides, self._at)
        return rows, self._foreseen.cells(rows, self._at)

    def _moral_hazard(self) -> Range:
        """Return what allies that come even if a side begins add to a challenge, in log-odds."""
        foreseen, state, at = self._foreseen, self._state, self._at
        if not (foreseen.any_unconditional and state.mechanisms.moral_hazard):
            return Range(at.of(state.nothing), at.of(state.nothing))
        rows, cells = self._allies_of(self._sides)
        war = foreseen.record.before.war_if_begun(cells)
        less = (war * at.spread(foreseen.bound_in_record[rows])).sum(axis=0)
        bound = self._count_allies(foreseen.unconditional.astype(float))
        return Range(-less, bound - less).times(at.of(state.rules.challenge.embolden))

    def _advice(self) -> Range:
        """Return what the advice of allies adds to resistance, in log-odds."""
        foreseen, state, at = self._foreseen, self._state, self._at
        if not state.mechanisms.advice:
            return Range(at.of(state.nothing), at.of(state.nothing))
        rules, (rows, cells) = state.rules.challenge.at(at), self._allies_of(self._sides)
        detached = detachment(foreseen)
        begun, attacked = foreseen.record.before.any_aid(rows, cells, at)
        aid = attacked + (1 - rules.begins) * (begun - attacked)
        less = (at.spread(detached[rows]) * aid).sum(axis=0)
        return Range(-less, self._count_allies(detached) - less).times(-rules.advice)

    # -- reading ----------------------------------------------------------------------------------

    def _own(self, table: NDArray[Any]) -> Vector:
        """Return what a table (side row, world) holds of each side."""
        return self._at.read(table, self._sides)

    def _other(self, table: NDArray[Any]) -> Vector:
        """Return what a table (side row, world) holds of the other side of each."""
        return self._at.read(table, self._others)
