"""Groups the differences of choices by what a treaty may do: deter, embolden, oblige."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import isnan

from sim.analysis.choices.choice import ChoiceKind
from sim.analysis.choices.effect import ChoiceEffect

SMALL = 0.005
"""Changes of a rate, as a share of it, or of a chance of help below this are small."""


class Role(StrEnum):
    """Whose choice it is, seen from the treaty."""

    ADVERSARY = "adversary"
    """A rival of a member moves against the member."""
    MEMBER = "member"
    """A member moves against a rival, or resists it."""
    ALLY = "ally"
    """A member helps another that is attacked."""
    OTHER = "other"
    """All others."""


@dataclass(frozen=True)
class ChoiceGroup:
    """The differences of the choices of one role, those that matter first.

    Attributes:
        role: whose choices they are.
        effects: the differences: clear ones first, of these challenges, then the largest.
    """

    role: Role
    effects: tuple[ChoiceEffect, ...]

    @property
    def notable(self) -> list[ChoiceEffect]:
        """Those that are clear and not small."""
        return [effect for effect in self.effects if effect.is_clear and not is_small(effect)]


def group_effects(
    effects: Sequence[ChoiceEffect], members: frozenset[str] = frozenset()
) -> list[ChoiceGroup]:
    """Return the differences by role, each group in order; groups without any are left out.

    Args:
        effects: the differences of all choices.
        members: codes of the parties of the treaties that differ between the scenarios.
    """
    by_role: dict[Role, list[ChoiceEffect]] = {role: [] for role in Role}
    for effect in effects:
        by_role[role_of(effect, members)].append(effect)
    return [
        ChoiceGroup(role, tuple(sorted(group, key=_order)))
        for role, group in by_role.items()
        if group
    ]


def role_of(effect: ChoiceEffect, members: frozenset[str]) -> Role:
    """Return whose choice it is, seen from the treaty between the members.

    Without a treaty all help is that of allies.
    """
    if not members:
        return Role.OTHER if effect.kind.is_rate else Role.ALLY
    chooses, meets = effect.choice.actor in members, effect.choice.towards in members
    if not effect.kind.is_rate:
        return Role.ALLY if chooses and meets else Role.OTHER
    if chooses and not meets:
        return Role.MEMBER
    return Role.ADVERSARY if meets and effect.kind is not ChoiceKind.RESIST else Role.OTHER


def is_small(effect: ChoiceEffect) -> bool:
    """Whether a difference is too small to matter, however clear it is."""
    return size_of(effect) < SMALL


def size_of(effect: ChoiceEffect) -> float:
    """Return the size of a difference: relative for rates, absolute for help."""
    size = effect.relative.value if effect.kind.is_rate else effect.difference.value
    return 0.0 if isnan(size) else abs(size)


def _order(effect: ChoiceEffect) -> tuple[bool, bool, float]:
    notable = effect.is_clear and not is_small(effect)
    return not notable, effect.kind is not ChoiceKind.CHALLENGE, -size_of(effect)
