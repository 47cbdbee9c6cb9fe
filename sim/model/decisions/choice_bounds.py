"""The least and the most that the chance of a choice can be in a world.

What rests on facts that never change is worked out once for a block; what changes from month to
month and costs little is taken as it is. With these bounds most draws are seen not to matter
(`sim.model.decisions.crisis_decisions`). All tables are of sides of rivalries, (side row, world).
"""

from __future__ import annotations

from functools import cached_property

import numpy as np

from sim.model.arrays import Vector
from sim.model.decisions.modifiers import find_tensions, most_calming
from sim.model.foresight.ally_influence import detachment
from sim.model.foresight.expectations import Expectations
from sim.model.places import EVERYWHERE, Index
from sim.model.plugged.crisis import most_by_theory
from sim.model.theory.bounds import (
    Range,
    challenge_value_at_most,
    contest_range,
    least_odds_against,
    strength_range,
    win_chance_range,
)
from sim.model.theory.quantal_response import logistic

_MOST_UNKNOWN = 0.02
"""Share of all sides and worlds up to which those are left out whose allies have changed."""


class ChoiceBounds:
    """Bounds on the chances of the choices of a block.

    Attributes:
        foreseen: the allies that would be called, on whom they rest.
        unknown: where acts on treaties have since changed who would be called: places in tables of
            sides and worlds. Nothing is known there beforehand.
    """

    def __init__(self, expectations: Expectations) -> None:
        self._expectations, self._state = expectations, expectations.state
        self.foreseen = expectations.foreseen
        self._forgotten = expectations.forgotten
        self._moves = self._seen = expectations.moves
        self.unknown: Index = np.zeros(0, dtype=np.intp)
        self._tables: list[tuple[Vector, float]] = []
        self._sides: Index = np.arange(len(expectations.actors))
        self._others: Index = self._sides ^ 1
        self._by_theory: dict[str, Vector] = {}

    def still_hold(self) -> bool:
        """Whether they still hold in most worlds; leave out those in which they do not."""
        known = self._expectations
        if known.moves is not self._seen:
            self._seen = known.moves
            self.unknown = np.flatnonzero(known.moves != self._moves)
            for table, anything in self._tables:
                table.put(self.unknown, anything)
        few = len(self.unknown) <= _MOST_UNKNOWN * self._moves.size
        return few and self._forgotten == known.forgotten

    def _where_known(self, table: Vector, anything: float) -> Vector:
        """Return a table, (side row, world), with `anything` where nothing is known, ever after."""
        whole = np.array(np.broadcast_to(table, self._moves.shape))
        whole.put(self.unknown, anything)
        self._tables.append((whole, anything))
        return whole

    # -- by choice --------------------------------------------------------------------------------

    def challenge(self) -> Range:
        """Return the range of the chance of a challenge this month."""
        if "challenge" in self._state.theories:
            return self._range_by_theory("challenge")
        usual, recent = self._odds_against_challenge
        recently = self._state.disputes.recently_in_dispute(self._state.month)
        against = np.where(recently.repeat(2, axis=0), recent, usual)
        known = self._expectations
        for felt, where in find_tensions(self._state, known.actors, known.actors[self._others]):
            against[where] *= np.exp(-felt)
        return _never_sure(1 / (1 + against))

    def climb(self) -> Range:
        """Return the range of the chance of escalating this month, to war where force is used."""
        at_force, (below, war) = self._state.disputes.at_force, self._climb_at_most
        return _never_sure(np.where(at_force.repeat(2, axis=0), war, below))

    def resist(self) -> Range:
        """Return the range of the chance of resisting a step of the other side."""
        if "challenge" in self._state.theories:
            return self._range_by_theory("resist")
        return self._resist

    def _range_by_theory(self, choice: str) -> Range:
        """Return the range of a chance by the scenario's theory; any, unless the theory says."""
        if choice not in self._by_theory:
            most = most_by_theory(self._expectations, choice)
            anything = np.ones_like(self._expectations.stakes)
            self._by_theory[choice] = anything if most is None else logistic(most)
        return _never_sure(self._by_theory[choice])

    # -- what never changes -----------------------------------------------------------------------

    @cached_property
    def _odds_against_challenge(self) -> tuple[Vector, Vector]:
        """The least odds against a challenge without tension: usually, and soon after a dispute.

        Restraint by patrons could only add to them.
        """
        rules, record, known = self._state.rules, self._expectations.baselines, self._expectations
        rationality, recent = rules.choice.rationality, rules.challenge.recent_dispute
        value = challenge_value_at_most(
            known.stakes,
            self._winning.most,
            rules.challenge.dispute_cost,
            self._resistance(),
        )
        unusual = self._armed + Range(-record.nuclear, -record.nuclear)
        most = (
            record.challenge
            + rationality * (value - record.challenge_value)
            + unusual.times(-rationality * rules.challenge.nuclear_dread).most
            + self._moral_hazard().most
            - recent * known.recent_dispute[self._sides >> 1]
            + np.maximum(rules.challenge.nonaggression, 0)
        )
        usual, soon_after = least_odds_against(most), least_odds_against(most + recent)
        return self._where_known(usual, 0.0), self._where_known(soon_after, 0.0)

    def _resistance(self) -> tuple[Vector, Vector, Vector, Vector]:
        """Return what the other side's resistance to each side rests on."""
        record, others = self._expectations.baselines, self._others
        return (
            record.resist[others],
            self._state.rules.choice.rationality,
            self._expectations.stakes[others],
            record.win_chance_attacked[others],
        )

    @cached_property
    def _climb_at_most(self) -> tuple[Vector, Vector]:
        """The most that the chance of escalating can be: below war, and to war.

        Restraint by patrons could only lower it.
        """
        rules, record, known = self._state.rules, self._expectations.baselines, self._expectations
        rationality, calming = rules.choice.rationality, self._calming()
        usual = record.win_chance_attacking
        below = contest_range(record.climb, rationality, known.stakes, self._winning, usual)
        war = contest_range(record.war, rationality, known.stakes, self._winning, np.full(1, 0.5))
        cost = (self._winning + Range(*(np.full(1, -0.5),) * 2)).times(rules.escalate.war_cost)
        allies = self._count_allies(np.ones(len(self.foreseen.ally)))
        firmer = Range(0.0 * allies, 1.0 * allies).times(rules.escalate.pact)
        weapons = self._armed.times(-rules.escalate.nuclear)
        busy = np.maximum(-rules.escalate.other_war, 0)
        most = (war + cost + firmer + weapons).most + busy
        chances = (1 / (1 + least_odds_against(each + calming)) for each in (below.most, most))
        below_war, to_war = (self._where_known(chance, 1.0) for chance in chances)
        return below_war, to_war

    @cached_property
    def _resist(self) -> Range:
        record, known, others = self._expectations.baselines, self._expectations, self._others
        attacked = Range(1 - self._winning.most[others], 1 - self._winning.least[others])
        contest = contest_range(
            record.resist,
            self._state.rules.choice.rationality,
            known.stakes,
            attacked,
            record.win_chance_attacked,
        )
        chance = (contest + self._advice()).chances
        return Range(self._where_known(chance.least, 0.0), self._where_known(chance.most, 1.0))

    @cached_property
    def _winning(self) -> Range:
        """Chance of every side to prevail if it attacks."""
        attacking, attacked = self._expectations.own_strengths
        own = strength_range(attacking, self._aid(self._sides))
        return win_chance_range(
            own, strength_range(attacked[self._others], self._aid(self._others))
        )

    @cached_property
    def _armed(self) -> Range:
        """Chance that a nuclear power is against every side."""
        own = self._state.nuclear[self._expectations.actors[self._others]]
        return Range(own, np.ones_like(own))

    def _aid(self, sides: Index) -> list[Vector]:
        """Return all parts that aid could add to sides, (side row, world) each."""
        foreseen, allied = self.foreseen, self.foreseen.allied
        return [
            part[allies] if allied is None else part[allies] * allied[allies]
            for allies in foreseen.of_side(sides)
            for part in foreseen.aid
        ]

    def _count_allies(self, weights: Vector) -> Vector:
        """Return the sum of weights of allies, (row,), over those of each side, (side row, world).

        It has one world where all are allies in every world.
        """
        foreseen, allies = self.foreseen, self.foreseen.of_side(self._sides)
        weighted = np.where(allies == foreseen.nobody, 0.0, weights[allies])[..., None]
        if foreseen.allied is not None:
            weighted = weighted * foreseen.allied[allies]
        counted: Vector = weighted.sum(axis=0)
        return counted

    def _calming(self) -> Vector:
        """Return the most that exercises add to escalation, in log-odds."""
        actors = self._expectations.actors
        pairs = zip(actors.tolist(), actors[self._others].tolist(), strict=True)
        return np.stack([most_calming(self._state, *pair) for pair in pairs])

    def _moral_hazard(self) -> Range:
        """Return what allies that come even if a side begins add to a challenge, in log-odds."""
        foreseen, state = self.foreseen, self._state
        if not (foreseen.any_unconditional and state.mechanisms.moral_hazard):
            return Range(state.nothing, state.nothing)
        allies = foreseen.of_side(self._sides)
        _, _, (war, _) = foreseen.recorded_chances(allies, EVERYWHERE)
        recorded = war * foreseen.bound_in_record[allies][..., None]
        less, bound = recorded.sum(axis=0), self._count_allies(foreseen.unconditional.astype(float))
        return Range(-less, bound - less).times(state.rules.challenge.embolden)

    def _advice(self) -> Range:
        """Return what the advice of allies adds to resistance, in log-odds."""
        foreseen, rules = self.foreseen, self._state.rules.challenge
        if not self._state.mechanisms.advice:
            return Range(self._state.nothing, self._state.nothing)
        detached, allies = detachment(foreseen), foreseen.of_side(self._sides)
        (begun, attacked), _, _ = foreseen.recorded_chances(allies, EVERYWHERE)
        aid = attacked + (1 - rules.begins) * (begun - attacked)
        less = (detached[allies][..., None] * aid).sum(axis=0)
        all_of_them = self._count_allies(detached)
        return Range(-less, all_of_them - less).times(-rules.advice)


def _never_sure(most: Vector) -> Range:
    """Return the range of the chance of a choice that is never sure to be taken."""
    return Range(np.broadcast_to(0.0, most.shape), most)
