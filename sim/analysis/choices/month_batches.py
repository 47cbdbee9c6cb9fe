"""The choices of several months as those of one: what is worked out from them is worked out once.

Splitting a month costs as much for one world as for a thousand. Several months in a row, as if they
were more worlds, cost little more than one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from copy import copy
from functools import reduce
from itertools import accumulate, chain, islice
from typing import TypeVar

import numpy as np

from sim.model.arrays import Terms
from sim.model.recording.choice_rates import RivalryChoices, SideChoices
from sim.model.recording.contests import Contest, ContestSide
from sim.model.recording.escalations import Escalation
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
        self._places = [self._find_places(month) for month in months]

    def _find_places(self, month: tuple[int, ...]) -> list[int] | slice:
        """Return the places of a month's allies among all; in one piece, they are copied faster."""
        if month == self.ever[: len(month)]:
            return slice(len(month))
        return [self.ever.index(ally) for ally in month]

    def in_months(self, months: Sequence[int]) -> _Allies:
        """Return the same allies, of some of the months."""
        some = copy(self)
        some._places = [self._places[month] for month in months]
        return some

    def join(self, months: Sequence[Vector]) -> Vector:
        """Return numbers of allies, (..., ally, row), month after month; 0 where one is none."""
        ends = list(accumulate(numbers.shape[-1] for numbers in months))
        joined = np.zeros((*months[0].shape[:-2], len(self.ever), ends[-1]))
        for places, numbers, end in zip(self._places, months, ends, strict=True):
            joined[..., places, end - numbers.shape[-1] : end] = numbers
        return joined


def _join_sides(months: Sequence[SideChoices], own: _Allies, other: _Allies) -> SideChoices:
    worlds = [len(month.attacking.attacker.own_strength) for month in months]

    def join_terms(read: Callable[[SideChoices], Terms | None]) -> Terms | None:
        terms = [read(month) for month in months]
        faced = any(each is not None for each in terms)
        return _join_mappings([each or {} for each in terms], worlds) if faced else None

    return SideChoices(
        actor=months[0].actor,
        allies=own.ever,
        challenge=join_terms(lambda side: side.challenge),
        resist=join_terms(lambda side: side.resist),
        foreseen_resistance=join_terms(lambda side: side.foreseen_resistance),
        attacking=_join_contests([month.attacking for month in months], own, other),
        attacked=_join_contests([month.attacked for month in months], other, own),
        escalation=_join_escalations([month.escalation for month in months], own, other),
        moral_hazard=_join_mappings([month.moral_hazard for month in months], worlds),
        advice=_join_mappings([month.advice for month in months], worlds),
        help_if_attacked=own.join([month.help_if_attacked for month in months]),
    )


def _join_escalations(
    months: Sequence[Escalation | None], own: _Allies, other: _Allies
) -> Escalation | None:
    """Return the escalations of the months in which any world faces one; None if there is none."""
    found = {place: month for place, month in enumerate(months) if month is not None}
    if not found:
        return None
    faced, allies = list(found.values()), [each.in_months(list(found)) for each in (own, other)]
    rows = [len(month.step.attacker.own_strength) for month in faced]
    return Escalation(
        terms=_join_mappings([month.terms for month in faced], rows),
        step=_join_contests([month.step for month in faced], *allies),
        war=_join_contests([month.war for month in faced], *allies),
    )


def _join_mappings(
    months: Sequence[Mapping[Item, Vector]], rows: Sequence[int]
) -> dict[Item, Vector]:
    """Return vectors of so many rows in each month, one month after another; 0 where one lacks.

    They are in the order of the month with most of them, so that a sum does not depend on batches.
    """
    none = [np.zeros(count) for count in rows]
    longest_first = sorted(months, key=len, reverse=True)
    keys = dict.fromkeys(chain.from_iterable(longest_first))
    return {
        key: np.concatenate(
            [month.get(key, zeros) for month, zeros in zip(months, none, strict=True)]
        )
        for key in keys
    }


def _join_contests(months: Sequence[Contest], attackers: _Allies, defenders: _Allies) -> Contest:
    return Contest(
        _join_contest_sides([month.attacker for month in months], attackers),
        _join_contest_sides([month.defender for month in months], defenders),
    )


def _join_contest_sides(months: Sequence[ContestSide], allies: _Allies) -> ContestSide:
    return ContestSide(
        own_strength=np.concatenate([month.own_strength for month in months]),
        own_nuclear=np.concatenate([month.own_nuclear for month in months]),
        aid=allies.join([month.aid for month in months]),
        armed=allies.join([month.armed for month in months]),
        war=allies.join([month.war for month in months]),
    )
