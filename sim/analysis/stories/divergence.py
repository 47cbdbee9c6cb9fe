"""Two histories of the same world: where they part, what follows, and whom it never reaches.

Luck belongs to its occasion, so two histories with the same seed and world draw alike. Whatever
differs between them follows from what their scenarios assume, by way of a first decision that came
out differently.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from sim.analysis.stories.replay import Choice, Event, WorldRecord
from sim.model.decision_log import DrawKey

_ROUNDING_TOLERANCE = 1e-9
"""A difference between two chances that is more than rounding."""


@dataclass(frozen=True)
class DecisionDivergence:
    """A decision as it was taken in one history and in the other; None where it did not come up."""

    month: int
    key: DrawKey
    choice_a: Choice | None
    choice_b: Choice | None

    @property
    def differs(self) -> bool:
        """Whether it came out differently; what did not come up was not done."""
        return _level_reached(self.choice_a) != _level_reached(self.choice_b)

    @property
    def chances_differ(self) -> bool:
        """Whether it was likelier in one than in the other."""
        if self.choice_a is None or self.choice_b is None:
            return False
        pairs = zip(self.choice_a.chances, self.choice_b.chances, strict=True)
        return any(abs(one - other) > _ROUNDING_TOLERANCE for one, other in pairs)


@dataclass(frozen=True)
class MonthDivergence:
    """What happened in one month in one history only."""

    month: int
    events_a: list[Event]
    events_b: list[Event]
    shared_count: int


@dataclass(frozen=True)
class DivergenceReach:
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
class HistoryDivergence:
    """Two histories of a world, side by side.

    Attributes:
        first_divergence: the first decision that came out differently; None where all came out alike.
        divergent_months: the months in which something happened in one history only.
        reach: whom the difference reached, and whom not.
    """

    first_divergence: DecisionDivergence | None
    divergent_months: list[MonthDivergence]
    reach: DivergenceReach


def compare_histories(record_a: WorldRecord, record_b: WorldRecord) -> HistoryDivergence:
    """Return how two histories of the same world differ."""
    decisions = list(compare_decisions(record_a, record_b))
    chain = [
        month for month in _compare_months(record_a, record_b) if month.events_a or month.events_b
    ]
    first = next((each for each in decisions if each.differs), None)
    return HistoryDivergence(first, chain, _find_reach(record_a, decisions, chain))


def compare_decisions(record_a: WorldRecord, record_b: WorldRecord) -> Iterator[DecisionDivergence]:
    """Yield every decision of either history, in the order in which they were taken."""
    for month in range(1, max(record_a.scenario.months, record_b.scenario.months) + 1):
        mine = {choice.key: choice for choice in record_a.choices_in(month)}
        theirs = {choice.key: choice for choice in record_b.choices_in(month)}
        in_order = sorted(_merge_in_order(list(mine), list(theirs)), key=_sorts_after_shocks)
        for occasion in in_order:
            yield DecisionDivergence(month, occasion, mine.get(occasion), theirs.get(occasion))


def _merge_in_order(keys_a: list[DrawKey], keys_b: list[DrawKey]) -> Iterator[DrawKey]:
    """Yield the occasions of both lists once, each list in its own order.

    What stands in one list only comes before what follows it in that list.
    """
    left, waiting = list(keys_a), list(keys_b)
    known = set(keys_a)
    for occasion in left:
        while occasion in waiting and waiting[0] != occasion:
            alone = waiting.pop(0)
            if alone not in known:
                yield alone
        if waiting and waiting[0] == occasion:
            waiting.pop(0)
        yield occasion
    yield from (occasion for occasion in waiting if occasion not in known)


def _sorts_after_shocks(draw_key: DrawKey) -> bool:
    """Return False for what the scenario assumes, with which every month begins."""
    return draw_key.what != "shock"


def _level_reached(choice: Choice | None) -> int:
    return choice.level if choice else 0


def _compare_months(record_a: WorldRecord, record_b: WorldRecord) -> Iterator[MonthDivergence]:
    for month in range(1, max(record_a.scenario.months, record_b.scenario.months) + 1):
        mine, theirs = (
            [event for event in life.events if event.month == month]
            for life in (record_a, record_b)
        )
        both = Counter(mine) & Counter(theirs)
        yield MonthDivergence(
            month, _events_not_shared(mine, both), _events_not_shared(theirs, both), both.total()
        )


def _events_not_shared(events: list[Event], shared: Counter[Event]) -> list[Event]:
    """Return the events of a month that the other history does not have, in order."""
    left, alone = Counter(shared), []
    for event in events:
        if left[event]:
            left[event] -= 1
        else:
            alone.append(event)
    return alone


def _find_reach(
    record: WorldRecord,
    decisions: list[DecisionDivergence],
    divergent_months: list[MonthDivergence],
) -> DivergenceReach:
    """Return who was reached; what a bloc does together is done by all of its members."""
    events = [event for month in divergent_months for event in (*month.events_a, *month.events_b)]
    reached = {code for event in events for code in _participants(record, event)}
    reached |= {who for each in decisions if each.differs for who in _decision_makers(record, each)}
    nudged = {
        who for each in decisions if each.chances_differ for who in _decision_makers(record, each)
    }
    codes = list(record.scenario.actors)
    return DivergenceReach(
        [code for code in codes if code in reached],
        [code for code in codes if code in nudged - reached],
        [code for code in codes if code not in nudged | reached],
    )


def _participants(record: WorldRecord, event: Event) -> tuple[str, ...]:
    bloc = record.scenario.blocs.get(event.subject) if event.event == "exercise" else None
    return bloc.members if bloc else (event.actor, event.towards)


def _decision_makers(record: WorldRecord, decision: DecisionDivergence) -> tuple[str, ...]:
    """Return whose decision it is; a die of a quarrel belongs to both rivals."""
    what, who, _, about = decision.key
    rivalry = record.scenario.rivalries.get(who)
    bloc = record.scenario.blocs.get(about) if what == "exercise" else None
    together = rivalry.between if rivalry else bloc.members if bloc else ()
    return together or (who,)
