"""The most that the chance of a choice can be in a world, whatever happens there.

It is worked out once for a block from what never changes. With it most draws are seen not to matter
(`sim.model.decisions.crisis_decisions`).
"""

from __future__ import annotations

from functools import cached_property

import numpy as np

from sim.model.arrays import Vector
from sim.model.decisions.expectations import Expectations
from sim.model.decisions.modifiers import most_tension
from sim.model.places import Index
from sim.model.theory.bounds import (
    StrengthRange,
    challenge_prospects_at_most,
    chance_at_most,
    either_end,
    strength_range,
    win_chance_at_most,
)


class Ceilings:
    """Ceilings on the chances of a block's choices, of all sides of rivalries together."""

    def __init__(self, expectations: Expectations) -> None:
        self._expectations, self._state = expectations, expectations.state
        self._sides: Index = np.arange(len(expectations.actors))
        self._others: Index = self._sides ^ 1

    @cached_property
    def challenge(self) -> Vector:
        """Ceiling on the chance that a side challenges, (side row, world)."""
        rules, record, known = self._state.rules, self._expectations.baselines, self._expectations
        rationality, usual = rules.choice.rationality, known.recent_dispute[self._sides >> 1]
        prospects = challenge_prospects_at_most(
            rationality,
            (known.stakes, known.stakes[self._others]),
            rules.challenge.dispute_cost,
            win_chance_at_most(self._attacker, self._defender),
            record.challenge_value,
            (record.resist[self._others], record.win_chance_attacked[self._others]),
        )
        weapons = self._state.nuclear[known.actors[self._others]] - record.nuclear
        dread = -rationality * rules.challenge.nuclear_dread
        return chance_at_most(
            [
                record.challenge,
                prospects,
                either_end(dread, weapons, 1 - record.nuclear)[1],
                self._moral_hazard(),
                either_end(rules.challenge.recent_dispute, -usual, 1 - usual)[1],
                np.maximum(rules.challenge.nonaggression, 0),
                self._tension(),
            ]
        )  # restraint lowers it only

    @cached_property
    def _attacker(self) -> StrengthRange:
        """Strength of every side that attacks, (side row, world)."""
        return strength_range(self._expectations.own_strengths[0], self._aid(self._sides))

    @cached_property
    def _defender(self) -> StrengthRange:
        """Strength of the other side of each, which is attacked, (side row, world)."""
        own = self._expectations.own_strengths[1][self._others]
        return strength_range(own, self._aid(self._others))

    def _aid(self, sides: Index) -> list[Vector]:
        """Return all parts that aid could add to sides, (side row, world) each."""
        foreseen = self._expectations.foreseen
        return [part[allies] for allies in foreseen.of_side(sides) for part in foreseen.aid]

    def _tension(self) -> Vector:
        """Return the most that tension adds to a challenge, in log-odds, (side row, world)."""
        actors = self._expectations.actors
        pairs = zip(actors.tolist(), actors[self._others].tolist(), strict=True)
        return np.stack([most_tension(self._state, *pair) for pair in pairs])

    def _moral_hazard(self) -> Vector:
        """Return the most that allies which come even if a side begins add, in log-odds."""
        foreseen, state = self._expectations.foreseen, self._state
        if not (foreseen.any_unconditional and state.mechanisms.moral_hazard):
            return state.nothing
        allies = foreseen.of_side(self._sides)
        bound, in_record = foreseen.unconditional[allies], foreseen.bound_in_record[allies]
        recorded = foreseen.recorded[2][allies] * in_record[..., None]
        less = recorded.sum(axis=0)
        more = bound.sum(axis=0)[:, None] - less
        return either_end(state.rules.challenge.embolden, -less, more)[1]
