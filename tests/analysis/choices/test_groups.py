"""Differences of choices in groups: adversary, member, ally; what counts comes first."""

from __future__ import annotations

from math import nan

import pytest

from sim.analysis.choices.choice import Choice, ChoiceKind
from sim.analysis.choices.effect import ChoiceEffect, Share
from sim.analysis.choices.groups import Role, group_effects, is_small, role_of
from sim.analysis.choices.tables import CHOICE_COLUMNS, choice_rows
from sim.statistics.intervals import Interval

MEMBERS = frozenset({"patron", "member"})


def effect(
    kind: str, actor: str, towards: str, change: float = -0.1, *, clear: bool = True
) -> ChoiceEffect:
    """Return a difference of so much from a rate of 1, with half that as half its interval."""
    half = abs(change) / 2 if clear else abs(change) * 2
    interval = Interval(change, change - half, change + half)
    shares = (
        Share("patron", True, interval, 0.9),
        Share("course", False, Interval(change / 10, -1, 1), 0.1),
    )
    return ChoiceEffect(
        Choice(ChoiceKind(kind), "feud", actor, towards),
        Interval(1 + change, 0.5, 1.5),
        Interval(1.0, 0.5, 1.5),
        interval,
        interval,
        shares if ChoiceKind(kind).is_rate else (),
    )


@pytest.mark.parametrize(
    ("difference", "role"),
    [
        (effect("challenge", "rival", "member"), Role.ADVERSARY),
        (effect("war", "rival", "member"), Role.ADVERSARY),
        (effect("resist", "rival", "member"), Role.OTHER),
        (effect("challenge", "member", "rival"), Role.MEMBER),
        (effect("resist", "member", "rival"), Role.MEMBER),
        (effect("challenge", "member", "patron"), Role.OTHER),
        (effect("help", "patron", "member"), Role.ALLY),
        (effect("help", "friend", "member"), Role.OTHER),
        (effect("challenge", "rival", "friend"), Role.OTHER),
    ],
)
def test_a_choice_has_a_role_seen_from_the_treaty(difference: ChoiceEffect, role: Role) -> None:
    assert role_of(difference, MEMBERS) is role


def test_without_a_treaty_all_help_is_that_of_allies() -> None:
    assert role_of(effect("help", "friend", "member"), frozenset()) is Role.ALLY
    assert role_of(effect("war", "rival", "member"), frozenset()) is Role.OTHER


def test_what_is_clear_comes_first_then_challenges_then_the_largest() -> None:
    unclear = effect("challenge", "rival", "member", -0.5, clear=False)
    small = effect("challenge", "rival", "patron", -0.001)
    challenge = effect("challenge", "rival", "member", -0.1)
    climb = effect("climb", "rival", "member", 0.2)
    war = effect("war", "rival", "member", -0.3)
    [group] = group_effects([small, unclear, climb, war, challenge], MEMBERS)
    assert group.effects == (challenge, war, climb, unclear, small)
    assert group.notable == [challenge, war, climb]
    assert is_small(small)


def test_a_change_from_nothing_has_no_size() -> None:
    from_nothing = ChoiceEffect(
        Choice(ChoiceKind.WAR, "feud", "rival", "member"),
        with_=Interval(0.1, 0.05, 0.2),
        without=Interval(0.0, 0.0, 0.0),
        difference=Interval(0.1, 0.05, 0.2),
        relative=Interval(nan, nan, nan),
    )
    assert is_small(from_nothing)


def test_rows_hold_the_whole_and_every_part() -> None:
    rows = list(choice_rows([effect("war", "rival", "member"), effect("help", "patron", "member")]))
    columns = [column.split(":")[0] for column in CHOICE_COLUMNS.split()]
    assert all(sorted(row) == sorted(columns) for row in rows)
    assert [row["through"] for row in rows] == ["all", "patron", "course", "all"]
    assert [row["share"] for row in rows] == [1.0, 0.9, 0.1, 1.0]
    assert rows[0]["relative"] == -0.1
    assert rows[1]["with_value"] is None
