"""What one side of a fight is expected to amount to with its allies."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from sim.model.arrays import Vector, total
from sim.model.state import State
from sim.model.theory.contest import win_chance

Chances = tuple[Vector, Vector, Vector]
"""Of at least materiel, at least troops, and open war; each (world,)."""


@dataclass(frozen=True)
class Help:
    """What an ally adds to a side, in shares of the world's capability, (world,) each.

    Attributes:
        materiel: by materiel.
        troops: by troops, beyond what materiel adds.
        war: by open war, beyond what troops add.
        whole: by open war, in all.
        nuclear: 1 where it holds nuclear weapons.
    """

    materiel: Vector
    troops: Vector
    war: Vector
    whole: Vector
    nuclear: Vector

    def expected(self, chances: Chances) -> Vector:
        """Return what it is expected to add; all or nothing where the three chances are one."""
        materiel, troops, war = chances
        if materiel is war:
            return war * self.whole
        return materiel * self.materiel + troops * self.troops + war * self.war


@dataclass(frozen=True)
class Side:
    """What one side is expected to amount to.

    Attributes:
        strength: with the help expected, in shares of the world's capability, (world,).
        own_nuclear: 1 where the rival itself holds nuclear weapons, (world,).
        coming: of each ally its chance to come to open war, and 1 where it is nuclear, (world,).
    """

    strength: Vector
    own_nuclear: Vector
    coming: tuple[tuple[Vector, Vector], ...]

    @cached_property
    def allies(self) -> Vector:
        """Expected number of allies at open war, (world,)."""
        return total([0 * self.strength, *(war for war, _ in self.coming)])

    @cached_property
    def nuclear(self) -> Vector:
        """Chance that a nuclear power stands on the side, (world,)."""
        without = 1 - self.own_nuclear
        for war, armed in self.coming:
            without = without * (1 - war * armed)
        return 1 - without


@dataclass(frozen=True)
class Outlook:
    """A fight in which one rival attacks the other, as somebody expects it."""

    attacker: Side
    defender: Side

    @cached_property
    def winning(self) -> Vector:
        """Chance, (world,), that the attacker prevails."""
        return win_chance(self.attacker.strength, self.defender.strength)


def help_of(state: State, ally: int, partner: int) -> Help:
    """Return what an ally adds to a partner's side; of troops and war only what arrives."""
    honour, power = state.rules.honour, state.capability[ally]
    materiel, whole = power * honour.materiel_strength, power * state.reach[ally, partner]
    troops = whole * honour.troops_strength
    return Help(materiel, troops - materiel, whole - troops, whole, state.nuclear[ally])


def alone(state: State, partner: int, opponent: int, began: bool) -> Vector:
    """Return a rival's own strength: the attacker's as it arrives, the defender's at home."""
    strength: Vector = state.capability[partner]
    return strength * state.reach[partner, opponent] if began else strength


def with_help(
    state: State, partner: int, base: Vector, helped: Iterable[tuple[Help, Chances]]
) -> Side:
    """Return the side of a rival that has so much alone, and such help to hope for."""
    helped = list(helped)
    strength = total([base, *(each.expected(chances) for each, chances in helped)])
    coming = tuple((chances[2], each.nuclear) for each, chances in helped)
    return Side(strength, state.nuclear[partner], coming)
