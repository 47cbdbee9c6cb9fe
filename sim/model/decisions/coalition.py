"""The expected strength of one side of a contest with its allies."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from sim.model.arrays import Vector, total
from sim.model.state import State
from sim.model.theory.anchor import AidChances
from sim.model.theory.contest import win_chance


@dataclass(frozen=True)
class AllyContribution:
    """What an ally adds to a side, in shares of the world's capability, (world,) each.

    Attributes:
        materiel: by materiel.
        extra_troops: by troops, beyond what materiel adds.
        extra_war: by open war, beyond what troops add.
        full_war: by open war, in total.
        nuclear: 1 where the ally holds nuclear weapons.
    """

    materiel: Vector
    extra_troops: Vector
    extra_war: Vector
    full_war: Vector
    nuclear: Vector

    def expected(self, chances: AidChances) -> Vector:
        """Return the expected contribution; all or nothing if the three chances are one array."""
        materiel, troops, war = chances
        if materiel is war:
            return war * self.full_war
        return materiel * self.materiel + troops * self.extra_troops + war * self.extra_war


@dataclass(frozen=True)
class ExpectedSide:
    """One side of a contest as it is expected.

    Attributes:
        strength: with the expected aid, in shares of the world's capability, (world,).
        own_nuclear: 1 where the rival itself holds nuclear weapons, (world,).
        likely_entrants: of each ally the chance of open war, and 1 where it is nuclear, (world,).
        own_strength: the rival's own part of the strength, (world,).
        expected_aid: of each ally its part of the strength, (world,), in the same order.
    """

    strength: Vector
    own_nuclear: Vector
    likely_entrants: tuple[tuple[Vector, Vector], ...]
    own_strength: Vector
    expected_aid: tuple[Vector, ...]

    @cached_property
    def allies(self) -> Vector:
        """Expected number of allies at open war, (world,)."""
        return total([0 * self.strength, *(war for war, _ in self.likely_entrants)])

    @cached_property
    def nuclear(self) -> Vector:
        """Chance that a nuclear power is on the side, (world,)."""
        without = 1 - self.own_nuclear
        for war, armed in self.likely_entrants:
            without = without * (1 - war * armed)
        return 1 - without


@dataclass(frozen=True)
class ExpectedContest:
    """A contest in which one rival attacks the other, as an observer expects it."""

    attacker: ExpectedSide
    defender: ExpectedSide

    @cached_property
    def attacker_win_chance(self) -> Vector:
        """Chance, (world,), that the attacker prevails."""
        return win_chance(self.attacker.strength, self.defender.strength)


def ally_contribution(state: State, ally: int, partner: int) -> AllyContribution:
    """Return an ally's contribution to a partner's side; distance reduces all but materiel."""
    honour, power = state.rules.honour, state.capability[ally]
    materiel, war = power * honour.materiel_strength, power * state.reach[ally, partner]
    troops = war * honour.troops_strength
    return AllyContribution(materiel, troops - materiel, war - troops, war, state.nuclear[ally])


def strength_alone(state: State, partner: int, opponent: int, began: bool) -> Vector:
    """Return a rival's own strength: the attacker's as it arrives, the defender's undiminished."""
    strength: Vector = state.capability[partner]
    return strength * state.reach[partner, opponent] if began else strength


def build_side(
    state: State,
    partner: int,
    own_strength: Vector,
    contributions: Iterable[tuple[AllyContribution, AidChances]],
) -> ExpectedSide:
    """Return the side of a rival with its own strength and the contributions it may expect."""
    contributions = list(contributions)
    aid = tuple(contribution.expected(chances) for contribution, chances in contributions)
    entrants = tuple((chances[2], ally.nuclear) for ally, chances in contributions)
    strength, own_nuclear = total([own_strength, *aid]), state.nuclear[partner]
    return ExpectedSide(strength, own_nuclear, entrants, own_strength, aid)
