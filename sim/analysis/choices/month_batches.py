"""The choices of several months as those of one: what is worked out from them is worked out once.

Splitting a month costs as much for one world as for a thousand. Several months in a row, as if they
were more worlds, cost little more than one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import reduce
from itertools import islice
from typing import TypeVar

import numpy as np

from sim.model.arrays import Terms
from sim.model.foresight.coalition import ExpectedContest, ExpectedSide
from sim.model.recording.choice_rates import RivalryChoices, SideChoices
from sim.model.theory.anchor import AidChances
from sim.statistics.arrays import Vector

_ROWS = 6000
"""Worlds times months of a batch. More would need more memory and save little."""
Item = TypeVar("Item")


def batch_months(months: Iterable[Item], worlds: int) -> Iterator[list[Item]]:
    """Yield months in batches, each of as many as pay at so many worlds."""
    remaining, size = iter(months), max(1, _ROWS // worlds)
    while batch := list(islice(remaining, size)):
        yield batch


def join_months(months: Sequence[RivalryChoices]) -> RivalryChoices:
    """Return the choices on a rivalry in several months, one month after another: (row,).

    A row is a world in a month. A choice that no world faces in some month has no terms there,
    which are 0 in its rows. An ally that no world has in some month adds nothing there. The rivalry
    and the rules stay numbers of each world.
    """
    if len(months) == 1:
        return months[0]
    allies = [_Allies([month.sides[side].allies for month in months]) for side in (0, 1)]
    return RivalryChoices(
        rivalry=months[0].rivalry,
        rules=months[0].rules,
        free=np.concatenate([month.free for month in months]),
        under_way=np.concatenate([month.under_way for month in months]),
        at_force=np.concatenate([month.at_force for month in months]),
        challenger=np.concatenate([month.challenger for month in months]),
        sides=(
            _join_sides([month.sides[0] for month in months], allies[0], allies[1]),
            _join_sides([month.sides[1] for month in months], allies[1], allies[0]),
        ),
    )


def add_up(rows: Vector, months: int, earlier: Vector | None) -> Vector:
    """Return the sum of a number over months, (world,), added to that of earlier months.

    Months are added one after another, so that a sum depends on neither batches nor blocks.

    Args:
        rows: the number in each row, (row,).
        months: how many months the rows are.
        earlier: the sum of earlier months, (world,); None where there is none.
    """
    first = np.zeros(len(rows) // months) if earlier is None else earlier
    return reduce(np.add, rows.reshape(months, -1), first)


class _Allies:
    """The allies of a side in several months: treaties may be concluded between them.

    Attributes:
        ever: those that it has in any of them, in the order in which they came.
    """

    def __init__(self, months: Sequence[tuple[int, ...]]) -> None:
        self.ever = tuple(dict.fromkeys(ally for month in months for ally in month))
        self._places = [[self.ever.index(ally) for ally in month] for month in months]

    def join(self, months: Sequence[Vector]) -> Vector:
        """Return numbers of allies, (..., ally, row), month after month; 0 where one is none."""
        joined = []
        for places, numbers in zip(self._places, months, strict=True):
            before, rows = numbers.shape[:-2], numbers.shape[-1]
            table = np.zeros((*before, len(self.ever), rows), dtype=numbers.dtype)
            table[..., places, :] = numbers
            joined.append(table)
        return np.concatenate(joined, axis=-1)


def _join_sides(months: Sequence[SideChoices], own: _Allies, other: _Allies) -> SideChoices:
    first, none = months[0], np.zeros_like(months[0].attacking.attacker.own_strength)

    def join_terms(read: Callable[[SideChoices], Terms | None]) -> Terms | None:
        terms = [read(month) for month in months]
        faced = any(each is not None for each in terms)
        return _join_mappings([each or {} for each in terms], none) if faced else None

    return SideChoices(
        actor=first.actor,
        allies=own.ever,
        challenge=join_terms(lambda side: side.challenge),
        resist=join_terms(lambda side: side.resist),
        climb=join_terms(lambda side: side.climb),
        foreseen_resistance=join_terms(lambda side: side.foreseen_resistance),
        attacking=_join_contests([month.attacking for month in months], own, other),
        attacked=_join_contests([month.attacked for month in months], other, own),
        beginning_war=_join_contests([month.beginning_war for month in months], own, other),
        moral_hazard=_join_mappings([month.moral_hazard for month in months], none),
        advice=_join_mappings([month.advice for month in months], none),
        help_if_attacked=_join_help([month.help_if_attacked for month in months], none),
    )


def _join_help(
    months: Sequence[Mapping[int, tuple[Vector, Vector]]], none: Vector
) -> dict[int, tuple[Vector, Vector]]:
    any_aid, war = (
        _join_mappings(
            [{ally: help_[at] for ally, help_ in month.items()} for month in months], none
        )
        for at in (0, 1)
    )
    return {ally: (any_aid[ally], war[ally]) for ally in any_aid}


def _join_mappings(months: Sequence[Mapping[Item, Vector]], none: Vector) -> dict[Item, Vector]:
    keys = dict.fromkeys(key for month in months for key in month)
    return {key: np.concatenate([month.get(key, none) for month in months]) for key in keys}


def _join_contests(
    months: Sequence[ExpectedContest], attackers: _Allies, defenders: _Allies
) -> ExpectedContest:
    return ExpectedContest(
        _join_expected([month.attacker for month in months], attackers),
        _join_expected([month.defender for month in months], defenders),
    )


def _join_expected(months: Sequence[ExpectedSide], allies: _Allies) -> ExpectedSide:
    def join_chances(several: Sequence[AidChances]) -> AidChances:
        any_aid, troops, war = zip(*several, strict=True)
        return allies.join(any_aid), allies.join(troops), allies.join(war)

    return ExpectedSide(
        rows=months[0].rows,
        own_strength=_join_last([month.own_strength for month in months]),
        own_nuclear=_join_last([month.own_nuclear for month in months]),
        aid=allies.join([month.aid for month in months]),
        armed=allies.join([month.armed for month in months]),
        mixed=join_chances([month.mixed for month in months]),
        chances=join_chances([month.chances for month in months]),
    )


def _join_last(months: Sequence[Vector]) -> Vector:
    """Return numbers of several months one after another along their last axis."""
    return np.concatenate(months, axis=-1)
