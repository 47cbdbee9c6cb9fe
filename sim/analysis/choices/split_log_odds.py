"""Splits the difference of a choice's log-odds by the allies it goes through.

An ally counts by all it does: the strength it is expected to add to a side, its nuclear weapons,
how bold an unconditional promise makes, what it advises.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

import numpy as np

from sim.analysis.choices.change import (
    STRENGTH,
    Cause,
    Change,
    add_changes,
    add_parts,
    changing,
    scale_parts,
)
from sim.model.arrays import Terms, total
from sim.model.places import Index
from sim.model.recording.choice_rates import RivalryChoices, SideChoices
from sim.model.recording.contests import Contest, ContestSide
from sim.model.recording.escalations import Escalation
from sim.statistics.arrays import Vector

_SPLIT_TERMS = {"record", "prospects", "cost", "nuclear", "allies", "moral_hazard", "advice"}
"""Terms that are split by ally, or constant; all others are causes themselves."""


Faced = TypeVar("Faced")
"""What a side faces: `SideChoices` in all rows, or an `Escalation` in some."""


@dataclass(frozen=True)
class SideView(Generic[Faced]):
    """One side of a rivalry in one scenario, in some rows of its choices.

    Attributes:
        choices: the choices on the rivalry.
        side: the side, 0 or 1.
        codes: of the actors, by row.
        own: the choices of the side in these rows.
        rows: the rows, (row,).
    """

    choices: RivalryChoices
    side: int
    codes: list[str]
    own: Faced
    rows: Index

    @property
    def prospects_weight(self) -> Vector:
        """The effect of the chance to prevail on contesting, in log-odds, (world,)."""
        return self.stake_weight(self.side)

    def stake_weight(self, side: int) -> Vector:
        """Return the effect of the chance to prevail on a side's contesting, in log-odds."""
        return self.choices.rules.choice.rationality * self.choices.rivalry.stake[side] * 2

    def in_rows(self, constant: Vector) -> Vector:
        """Return a number of each world in the rows, (row,)."""
        return constant[self.rows % len(constant)]

    def aid(self, expected: ContestSide, side: int) -> dict[str, Vector]:
        """Return the strength that each ally of a side is expected to add, by its code."""
        return dict(zip(self._allies(side), expected.aid, strict=True))

    def entrants(self, expected: ContestSide, side: int) -> dict[str, tuple[Vector, Vector]]:
        """Return the chance of open war of each ally, and where it is nuclear, by its code."""
        entrants = zip(expected.war, expected.armed, strict=True)
        return dict(zip(self._allies(side), entrants, strict=True))

    def _allies(self, side: int) -> list[str]:
        return [self.codes[row] for row in self.choices.sides[side].allies]


@dataclass(frozen=True)
class PairedSide(Generic[Faced]):
    """The same side of a rivalry in two scenarios, in the same rows."""

    with_: SideView[Faced]
    without: SideView[Faced]

    @property
    def none(self) -> Vector:
        """Nothing in every row, (row,)."""
        return np.zeros(len(self.with_.rows))

    def both(self, read: Callable[[SideView[Faced]], Vector]) -> tuple[Vector, Vector]:
        """Return a number in both scenarios, (world,) each."""
        return read(self.with_), read(self.without)

    def changing(self, read: Callable[[SideView[Faced]], Vector]) -> Change:
        """Return a number that the scenarios give, which an assumption may change, in every row."""
        with_, without = self.both(read)
        return changing(self.with_.in_rows(with_), self.without.in_rows(without))


def view_side(choices: RivalryChoices, side: int, codes: list[str]) -> SideView[SideChoices]:
    """Return one side of a rivalry in all rows of its choices."""
    return SideView(choices, side, codes, choices.sides[side], np.arange(len(choices.free)))


def view_escalation(view: SideView[SideChoices], rows: Index) -> SideView[Escalation]:
    """Return the same side as it escalates, in rows in which a dispute is under way."""
    escalation = view.own.escalation
    assert escalation is not None
    places = np.searchsorted(np.flatnonzero(view.choices.under_way), rows)
    return SideView(view.choices, view.side, view.codes, escalation.at(places), rows)


def challenge_log_odds(pair: PairedSide[SideChoices]) -> Change:
    """Return the log-odds of a challenge, split."""
    winning = _win_chance(pair, lambda side: side.attacking, attacks=True)
    value = _challenge_value(pair, winning)
    rationality = pair.changing(lambda view: view.choices.rules.choice.rationality)
    dread = pair.changing(lambda view: view.choices.rules.challenge.nuclear_dread)
    armed = _nuclear_defender(pair, lambda side: side.attacking)
    hazard = _by_ally(pair, lambda side: side.moral_hazard)
    parts = (rationality * (value - dread * armed)).parts
    return _assemble(pair, lambda side: side.challenge, [parts, hazard])


def resist_log_odds(pair: PairedSide[SideChoices]) -> Change:
    """Return the log-odds of resisting a step of the other side, split."""
    winning = _win_chance(pair, lambda side: side.attacked, attacks=False)
    weight = pair.changing(lambda view: view.prospects_weight)
    advice = _by_ally(pair, lambda side: side.advice)
    return _assemble(
        pair, lambda side: side.resist, [(weight * winning.complement()).parts, advice]
    )


def climb_log_odds(pair: PairedSide[Escalation]) -> Change:
    """Return the log-odds of escalating a dispute, split; to war where force is used.

    Both scenarios are at the same stage of the dispute in every row.
    """
    below = _win_chance(pair, lambda side: side.step, attacks=True)
    weight = pair.changing(lambda view: view.prospects_weight)
    at_force = pair.with_.choices.at_force[pair.with_.rows]
    steps = scale_parts((weight * below).parts, (~at_force).astype(np.float64))
    war = scale_parts(_war_parts(pair, weight), at_force.astype(np.float64))
    return _assemble(pair, lambda side: side.terms, [steps, war])


def _war_parts(pair: PairedSide[Escalation], weight: Change) -> dict[Cause, Vector]:
    """Return the parts of what going to war depends on: prospects and cost, allies, weapons."""
    winning = _win_chance(pair, lambda side: side.war, attacks=True)
    cost = pair.changing(lambda view: view.choices.rules.escalate.war_cost)
    resolve = pair.changing(lambda view: view.choices.rules.escalate.pact)
    dread = pair.changing(lambda view: view.choices.rules.escalate.nuclear)
    armed = _nuclear_defender(pair, lambda side: side.war)
    allies = _expected_allies(pair, lambda side: side.war)
    return add_parts(
        ((weight + cost) * winning).parts, (resolve * allies).parts, (dread * armed).times(-1).parts
    )


def _challenge_value(pair: PairedSide[SideChoices], winning: Change) -> Change:
    """Return the value of a challenge: the stake, less what resistance is expected to cost."""
    stake = pair.changing(lambda view: view.choices.rivalry.stake[view.side])
    cost = pair.changing(lambda view: view.choices.rules.challenge.dispute_cost)
    weight = pair.changing(lambda view: view.stake_weight(1 - view.side))
    parts = (weight * winning.complement()).parts
    resisted = _assemble(pair, lambda side: side.foreseen_resistance, [parts]).logistic()
    loss = (stake * winning.complement()).times(2.0) + cost
    return stake - resisted * loss


def _win_chance(
    pair: PairedSide[Faced], contest: Callable[[Faced], Contest], *, attacks: bool
) -> Change:
    """Return the chance that the attacker of a contest prevails, split.

    `attacks` says whether this side is the attacker; it is the one that expects the contest.
    """
    attacker = _strength(pair, lambda side: contest(side).attacker, own=attacks)
    defender = _strength(pair, lambda side: contest(side).defender, own=not attacks)
    return (attacker.log() - defender.log()).logistic()


def _strength(
    pair: PairedSide[Faced], expected: Callable[[Faced], ContestSide], *, own: bool
) -> Change:
    """Return the expected strength of a side, split by who adds it."""

    def aid(view: SideView[Faced]) -> dict[str, Vector]:
        return view.aid(expected(view.own), view.side if own else 1 - view.side)

    alone = changing(*pair.both(lambda view: expected(view.own).own_strength), STRENGTH)
    return add_changes([alone, *_changes_by_ally(aid(pair.with_), aid(pair.without))])


def _nuclear_defender(pair: PairedSide[Faced], contest: Callable[[Faced], Contest]) -> Change:
    """Return the chance that a nuclear power defends, split by who brings the weapons."""
    own = changing(*pair.both(lambda view: contest(view.own).defender.own_nuclear), STRENGTH)
    without = own.complement()
    for armed in _entrants(pair, contest, attacks=False, armed=True):
        without = without * armed.complement()
    return without.complement()


def _expected_allies(pair: PairedSide[Faced], contest: Callable[[Faced], Contest]) -> Change:
    """Return how many allies are expected to fight for this side, which attacks, split."""
    entrants = _entrants(pair, contest, attacks=True, armed=False)
    return add_changes([Change(pair.none, pair.none), *entrants])


def _entrants(
    pair: PairedSide[Faced],
    contest: Callable[[Faced], Contest],
    *,
    attacks: bool,
    armed: bool,
) -> Iterable[Change]:
    """Yield each ally's chance of open war; with `armed`, only as far as it is nuclear."""

    def chances(view: SideView[Faced]) -> dict[str, Vector]:
        expected = contest(view.own).attacker if attacks else contest(view.own).defender
        entrants = view.entrants(expected, view.side if attacks else 1 - view.side)
        return {ally: war * nuclear if armed else war for ally, (war, nuclear) in entrants.items()}

    return _changes_by_ally(chances(pair.with_), chances(pair.without))


def _by_ally(
    pair: PairedSide[SideChoices], read: Callable[[SideChoices], dict[int, Vector]]
) -> dict[Cause, Vector]:
    """Return the parts of a term that is a sum over allies."""

    def named(view: SideView[SideChoices]) -> dict[str, Vector]:
        return {view.codes[row]: part for row, part in read(view.own).items()}

    changes = _changes_by_ally(named(pair.with_), named(pair.without))
    return add_parts(*(change.parts for change in changes))


def _changes_by_ally(
    with_: Mapping[str, Vector], without: Mapping[str, Vector]
) -> Iterable[Change]:
    """Yield a number of each ally; an ally that one scenario lacks has none there."""
    for ally in dict.fromkeys([*with_, *without]):
        none = np.zeros_like(next(iter([*with_.values(), *without.values()])))
        pair = with_.get(ally, none), without.get(ally, none)
        yield changing(*pair, Cause(ally, is_ally=True))


def _assemble(
    pair: PairedSide[Faced],
    read: Callable[[Faced], Terms | None],
    split: Iterable[dict[Cause, Vector]],
) -> Change:
    """Return log-odds with the terms split by ally, and each other term as a cause.

    What is left over is due to numbers that the scenarios give differently.
    """
    terms = read(pair.with_.own) or {}, read(pair.without.own) or {}
    none = pair.none
    with_, without = (total([none, *side.values()]) for side in terms)
    names = [name for name in dict.fromkeys([*terms[0], *terms[1]]) if name not in _SPLIT_TERMS]
    others = (
        changing(terms[0].get(name, none), terms[1].get(name, none), Cause(name)).parts
        for name in names
    )
    return Change(with_, without, add_parts(*split, *others)).closed()
