"""Two histories of the same world: where they part, what follows, and whom it never reaches.

Luck belongs to its occasion, so two histories with the same seed and world draw alike. Whatever
differs between them follows from what their scenarios assume, by way of a first decision that came
out differently.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from sim.analysis.stories.replay import Choice, Event, Life
from sim.model.decision_log import Occasion

_NUDGE = 1e-9
"""A difference between two chances that is more than rounding."""


@dataclass(frozen=True)
class Parting:
    """A decision as it was taken in one history and in the other; None where it did not come up."""

    month: int
    occasion: Occasion
    one: Choice | None
    other: Choice | None

    @property
    def differs(self) -> bool:
        """Whether it came out differently; what did not come up was not done."""
        return _level(self.one) != _level(self.other)

    @property
    def nudged(self) -> bool:
        """Whether it was likelier in one than in the other."""
        if self.one is None or self.other is None:
            return False
        pairs = zip(self.one.chances, self.other.chances, strict=True)
        return any(abs(one - other) > _NUDGE for one, other in pairs)


@dataclass(frozen=True)
class Apart:
    """What happened in one month in one history only."""

    month: int
    one: list[Event]
    other: list[Event]
    alike: int


@dataclass(frozen=True)
class Reach:
    """How far a difference spreads: codes of actors.

    Attributes:
        reached: took part in something that happened in one history only.
        nudged: had other chances somewhere, and yet did and suffered the same.
        untouched: neither.
    """

    reached: list[str]
    nudged: list[str]
    untouched: list[str]


@dataclass(frozen=True)
class Difference:
    """Two histories of a world, side by side.

    Attributes:
        first: the first decision that came out differently; None where all came out alike.
        chain: the months in which something happened in one history only.
        reach: whom the difference reached, and whom not.
    """

    first: Parting | None
    chain: list[Apart]
    reach: Reach


def difference(one: Life, other: Life) -> Difference:
    """Return how two histories of the same world differ."""
    decisions = list(partings(one, other))
    chain = [month for month in _months(one, other) if month.one or month.other]
    first = next((each for each in decisions if each.differs), None)
    return Difference(first, chain, _reach(one, decisions, chain))


def partings(one: Life, other: Life) -> Iterator[Parting]:
    """Yield every decision of either history, in the order in which they were taken."""
    for month in range(1, max(one.scenario.months, other.scenario.months) + 1):
        mine = {choice.occasion: choice for choice in one.choices_of(month)}
        theirs = {choice.occasion: choice for choice in other.choices_of(month)}
        in_order = sorted(_merged(list(mine), list(theirs)), key=_after_shocks)
        for occasion in in_order:
            yield Parting(month, occasion, mine.get(occasion), theirs.get(occasion))


def _merged(one: list[Occasion], other: list[Occasion]) -> Iterator[Occasion]:
    """Yield the occasions of both lists once, each list in its own order.

    What stands in one list only comes before what follows it in that list.
    """
    left, waiting = list(one), list(other)
    known = set(one)
    for occasion in left:
        while occasion in waiting and waiting[0] != occasion:
            alone = waiting.pop(0)
            if alone not in known:
                yield alone
        if waiting and waiting[0] == occasion:
            waiting.pop(0)
        yield occasion
    yield from (occasion for occasion in waiting if occasion not in known)


def _after_shocks(occasion: Occasion) -> bool:
    """Return False for what the scenario assumes, with which every month begins."""
    return occasion.what != "shock"


def _level(choice: Choice | None) -> int:
    return choice.level if choice else 0


def _months(one: Life, other: Life) -> Iterator[Apart]:
    for month in range(1, max(one.scenario.months, other.scenario.months) + 1):
        mine, theirs = (
            [event for event in life.events if event.month == month] for life in (one, other)
        )
        both = Counter(mine) & Counter(theirs)
        yield Apart(month, _without(mine, both), _without(theirs, both), both.total())


def _without(events: list[Event], both: Counter[Event]) -> list[Event]:
    """Return the events of a month that the other history does not have, in order."""
    left, alone = Counter(both), []
    for event in events:
        if left[event]:
            left[event] -= 1
        else:
            alone.append(event)
    return alone


def _reach(life: Life, decisions: list[Parting], chain: list[Apart]) -> Reach:
    """Return who was reached; what a bloc does together is done by all of its members."""
    events = [event for month in chain for event in (*month.one, *month.other)]
    reached = {code for event in events for code in _took_part(life, event)}
    reached |= {who for each in decisions if each.differs for who in _concerned(life, each)}
    nudged = {who for each in decisions if each.nudged for who in _concerned(life, each)}
    codes = list(life.scenario.actors)
    return Reach(
        [code for code in codes if code in reached],
        [code for code in codes if code in nudged - reached],
        [code for code in codes if code not in nudged | reached],
    )


def _took_part(life: Life, event: Event) -> tuple[str, ...]:
    bloc = life.scenario.blocs.get(event.subject) if event.event == "exercise" else None
    return bloc.members if bloc else (event.actor, event.towards)


def _concerned(life: Life, parting: Parting) -> tuple[str, ...]:
    """Return whose decision it is; a die of a quarrel belongs to both rivals."""
    what, who, _, about = parting.occasion
    rivalry = life.scenario.rivalries.get(who)
    bloc = life.scenario.blocs.get(about) if what == "exercise" else None
    together = rivalry.between if rivalry else bloc.members if bloc else ()
    return together or (who,)
