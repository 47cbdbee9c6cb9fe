"""Two histories of the same world: where they diverge, what follows, and whom it never reaches.

Each random draw is keyed by its decision, so histories with the same seed and world number use the
same draws. Every difference between them follows from the assumptions of their scenarios, by way of
a first decision with a different outcome.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from sim.analysis.stories.replay import Choice, Event, WorldRecord
from sim.model.decision_log import DrawKey

_ROUNDING_TOLERANCE = 1e-9
"""Difference between two chances that cannot be due to rounding."""


@dataclass(frozen=True)
class DecisionDivergence:
    """A decision in one history and in the other; None where it did not arise."""

    month: int
    key: DrawKey
    choice_a: Choice | None
    choice_b: Choice | None

    @property
    def differs(self) -> bool:
        """Whether the outcomes differ; a decision that did not arise counts as not taken."""
        return _level_reached(self.choice_a) != _level_reached(self.choice_b)

    @property
    def chances_differ(self) -> bool:
        """Whether its chances differ."""
        if self.choice_a is None or self.choice_b is None:
            return False
        pairs = zip(self.choice_a.chances, self.choice_b.chances, strict=True)
        return any(abs(a - b) > _ROUNDING_TOLERANCE for a, b in pairs)


@dataclass(frozen=True)
class MonthDivergence:
    """The events of one month that happened in one history only."""

    month: int
    events_a: list[Event]
    events_b: list[Event]
    shared_count: int


@dataclass(frozen=True)
class DivergenceReach:
    """How far a difference spreads: codes of actors.

    Attributes:
        reached: took part in an event of one history only.
        nudged: had different chances, but took part in the same events.
        untouched: neither.
    """

    reached: list[str]
    nudged: list[str]
    untouched: list[str]


@dataclass(frozen=True)
class HistoryDivergence:
    """Two histories of a world, side by side.

    Attributes:
        first_divergence: the first decision with different outcomes; None if there is none.
        divergent_months: the months with an event in one history only.
        reach: which actors the difference reached.
    """

    first_divergence: DecisionDivergence | None
    divergent_months: list[MonthDivergence]
    reach: DivergenceReach


def compare_histories(record_a: WorldRecord, record_b: WorldRecord) -> HistoryDivergence:
    """Return how two histories of the same world differ."""
    decisions = list(compare_decisions(record_a, record_b))
    divergent_months = [
        month for month in _compare_months(record_a, record_b) if month.events_a or month.events_b
    ]
    first = next((decision for decision in decisions if decision.differs), None)
    reach = _find_reach(record_a, decisions, divergent_months)
    return HistoryDivergence(first, divergent_months, reach)


def compare_decisions(record_a: WorldRecord, record_b: WorldRecord) -> Iterator[DecisionDivergence]:
    """Yield every decision of either history, in the order in which they were taken."""
    for month in range(1, max(record_a.scenario.months, record_b.scenario.months) + 1):
        choices_a = {choice.key: choice for choice in record_a.choices_in(month)}
        choices_b = {choice.key: choice for choice in record_b.choices_in(month)}
        in_order = _merge_in_order(list(choices_a), list(choices_b))
        for key in sorted(in_order, key=_sorts_after_shocks):
            yield DecisionDivergence(month, key, choices_a.get(key), choices_b.get(key))


def _merge_in_order(keys_a: list[DrawKey], keys_b: list[DrawKey]) -> Iterator[DrawKey]:
    """Yield the keys of both lists once, keeping the order of each list."""
    remaining_b, known_a = list(keys_b), set(keys_a)
    for key in keys_a:
        while key in remaining_b and remaining_b[0] != key:
            only_b = remaining_b.pop(0)
            if only_b not in known_a:
                yield only_b
        if remaining_b and remaining_b[0] == key:
            remaining_b.pop(0)
        yield key
    yield from (key for key in remaining_b if key not in known_a)


def _sorts_after_shocks(draw_key: DrawKey) -> bool:
    """Return False for shocks of the scenario, with which every month begins."""
    return draw_key.what != "shock"


def _level_reached(choice: Choice | None) -> int:
    return choice.level if choice else 0


def _compare_months(record_a: WorldRecord, record_b: WorldRecord) -> Iterator[MonthDivergence]:
    for month in range(1, max(record_a.scenario.months, record_b.scenario.months) + 1):
        events_a, events_b = (
            [event for event in record.events if event.month == month]
            for record in (record_a, record_b)
        )
        shared = Counter(events_a) & Counter(events_b)
        yield MonthDivergence(
            month,
            _events_not_shared(events_a, shared),
            _events_not_shared(events_b, shared),
            shared.total(),
        )


def _events_not_shared(events: list[Event], shared: Counter[Event]) -> list[Event]:
    """Return the events of a month that the other history does not have, in order."""
    unmatched, only_events = Counter(shared), []
    for event in events:
        if unmatched[event]:
            unmatched[event] -= 1
        else:
            only_events.append(event)
    return only_events


def _find_reach(
    record: WorldRecord,
    decisions: list[DecisionDivergence],
    divergent_months: list[MonthDivergence],
) -> DivergenceReach:
    """Return whom the difference reached; a joint action of a bloc counts for all its members."""
    events = [event for month in divergent_months for event in (*month.events_a, *month.events_b)]
    reached = {code for event in events for code in _participants(record, event)}
    for decision in decisions:
        if decision.differs:
            reached.update(_decision_makers(record, decision))
    nudged = {
        code
        for decision in decisions
        if decision.chances_differ
        for code in _decision_makers(record, decision)
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
    """Return the actors who decide; a draw of a rivalry belongs to both rivals."""
    what, who, _, about = decision.key
    rivalry = record.scenario.rivalries.get(who)
    bloc = record.scenario.blocs.get(about) if what == "exercise" else None
    together = rivalry.between if rivalry else bloc.members if bloc else ()
    return together or (who,)
