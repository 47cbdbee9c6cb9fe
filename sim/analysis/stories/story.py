"""One world as a story: month by month, what happened, who decided it, and for what reasons."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby

from sim.analysis.stories.passages import calendar_sentences, war_attacker
from sim.analysis.stories.phrases import (
    fill_sentence,
    join_with_and,
    load_phrases,
    number_in_words,
    with_article,
)
from sim.analysis.stories.point_legends import instrument_name, party_codes
from sim.analysis.stories.replay import Choice, Event, WorldRecord
from sim.analysis.stories.variants import changed_template, joined_side, rung_in_words
from sim.analysis.stories.weights import explain_choice, weigh_terms
from sim.model.calendar import first_day, month_of
from sim.model.decision_log import DrawKey
from sim.scenario.schema.scenario import Scenario


@dataclass(frozen=True)
class StoryLine:
    """One sentence of a story.

    Attributes:
        text: what happened, in a sentence.
        event: the kind of event; empty for changes that follow from the calendar.
        actors: codes of the participants.
        choice: the decision behind it, if there was one.
        reason: its chance and main reasons, in sentences; empty where they are not repeated.
    """

    text: str
    event: str = ""
    actors: tuple[str, ...] = ()
    choice: Choice | None = None
    reason: str = ""


@dataclass(frozen=True)
class StoryMonth:
    """The sentences of one month."""

    number: int
    begins: date
    lines: list[StoryLine]


@dataclass
class _StoryComposer:
    """Turns events into sentences; gives the reasons of recurring events only when they change."""

    record: WorldRecord
    _given_reasons: set[tuple[str, ...]] = field(default_factory=set)

    def months(self) -> Iterator[StoryMonth]:
        """Yield every month in which something happened."""
        acts = [event for event in self.record.events if not is_calendar(event)]
        events = {month: list(group) for month, group in groupby(acts, _event_month)}
        for number in range(1, self.record.scenario.months + 1):
            lines = [StoryLine(text) for text in calendar_sentences(self.record, number)]
            lines += self.event_lines(events.get(number, []))
            if lines:
                yield StoryMonth(number, first_day(number, self.record.scenario.start), lines)

    def event_lines(self, events: list[Event]) -> Iterator[StoryLine]:
        """Yield the sentences of events of one month."""
        routine = load_phrases()["routine"]
        recurring = [event for event in events if event.event in routine]
        for _, similar in groupby(recurring, key=_routine_key):
            yield self._combined_line(list(similar))
        for event in events:
            if event.event not in routine and not only_carries_out(event, events):
                yield self._single_line(event)

    def _single_line(self, event: Event) -> StoryLine:
        choice = find_choice(self.record, event)
        assumed = "The scenario assumes it." if is_scenario_shock(self.record, event) else ""
        reason = explain_choice(choice) if choice else assumed
        return StoryLine(
            event_sentence(self.record, event), event.event, _participants(event), choice, reason
        )

    def _combined_line(self, events: list[Event]) -> StoryLine:
        """Return one sentence for several events of a kind, with the reasons if they are new."""
        first = events[0]
        choice = self._reported_choice(events)
        actors = tuple(dict.fromkeys(code for event in events for code in _participants(event)))
        is_new = choice is not None and (choice.played or self._is_new_reason(first, choice))
        reason = explain_choice(choice) if choice and is_new else ""
        return StoryLine(
            combined_sentence(self.record.scenario, events), first.event, actors, choice, reason
        )

    def _reported_choice(self, events: list[Event]) -> Choice | None:
        """Return the decision of which the reasons are given: one by hand, or the first."""
        choices = [find_choice(self.record, event) for event in events]
        return next((choice for choice in choices if choice and choice.played), choices[0])

    def _is_new_reason(self, event: Event, choice: Choice) -> bool:
        leading = tuple(sorted(weight.words for weight in weigh_terms(choice)[:2]))
        known = (event.event, event.actor, event.towards, *leading)
        new = known not in self._given_reasons
        self._given_reasons.add(known)
        return new


def compose_story(record: WorldRecord) -> list[StoryMonth]:
    """Return the story of a world, month by month."""
    return list(_StoryComposer(record).months())


def compose_events(record: WorldRecord, events: list[Event]) -> list[StoryLine]:
    """Return some events of one month of a world as the sentences of its story."""
    return list(_StoryComposer(record).event_lines(events))


def event_sentence(record: WorldRecord, event: Event, *, standalone: bool = False) -> str:
    """Return one event as a sentence; with `standalone`, one that needs no sentence before it."""
    words, scenario = load_phrases(), record.scenario
    name = changed_template(record, event) or event.event
    template = words["events"].get(name, words["events"]["other"])
    template = words["standalone"].get(event.event, template) if standalone else template
    return fill_sentence(
        template,
        event=event.event.replace("_", " "),
        actor=_actor_name(scenario, event.actor),
        towards=_actor_name(scenario, event.towards),
        subject=subject_name(scenario, event.subject),
        treaty=subject_name(scenario, event.subject),
        parties=parties_in_words(scenario, event.subject, _participants(event)),
        rung=rung_in_words(record, event, explained=standalone),
        aid=words["aids"].get(str(event.level), ""),
        tier=words["tiers"].get(str(event.level), ""),
        side=_war_winner(record, event) or _actor_name(scenario, joined_side(record, event)),
    )


def combined_sentence(scenario: Scenario, events: list[Event]) -> str:
    """Return several events of a routine kind in one sentence."""
    first, template = events[0], load_phrases()["routine"][events[0].event]
    parts = join_with_and([_routine_part(scenario, event) for event in events])
    return fill_sentence(template, actor=_actor_name(scenario, first.actor), list=parts)


def _routine_part(scenario: Scenario, event: Event) -> str:
    """Return the part of one routine event in the sentence for all of its kind."""
    if event.event == "provocation":
        return _count_in_words(event.subject, event.level)
    if event.event == "exercise":
        members = scenario.blocs[event.subject].members
        return join_with_and([_actor_name(scenario, member) for member in members])
    pair = _actor_name(scenario, event.actor), _actor_name(scenario, event.towards)
    return str(load_phrases()["routine"]["restrains_each"].format(actor=pair[0], towards=pair[1]))


def find_choice(record: WorldRecord, event: Event) -> Choice | None:
    """Return the decision that led to an event, if there was one."""
    for choice in record.choices_in(event.month):
        if led_to(choice.key, choice.level, event):
            return choice
    return None


def led_to(key: DrawKey, level: int, event: Event) -> bool:
    """Whether a decision of the month of an event, with its outcome, is the one behind it."""
    phrases = load_phrases()
    what = phrases["decided"].get(event.event, "").format(level=event.level)
    unasked = phrases["decided_unasked"].get(event.event, what)
    taken = level == 0 if event.event in phrases["declined"]["events"] else level > 0
    return key.what in (what, unasked) and taken and _concerns(key, level, event)


def is_calendar(event: Event) -> bool:
    """Whether an event is a change of a treaty's standing, which the calendar of a story gives."""
    return event.event in load_phrases()["calendar"]["events"]


def is_scenario_shock(record: WorldRecord, event: Event) -> bool:
    """Whether a shock of the scenario causes an event."""
    kinds = load_phrases()["shocks"]
    return any(
        event.event in kinds[shock.kind] and event.month == month_of(shock.date, scenario.start)
        for scenario in (record.scenario,)
        for shock in scenario.shocks.values()
        if event.subject in (shock.rivalry, shock.treaty, "nuclear") or event.event == "arms_sent"
    )


def _concerns(key: DrawKey, level: int, event: Event) -> bool:
    _, who, towards, about = key
    if event.event == "provocation":  # one decision for each class of them
        return (who, about) == (event.actor, event.subject)
    if key.what == "answer" or event.event == "helps":
        return (who, towards, level) == (event.actor, event.towards, event.level)
    if who == event.subject or key.what.startswith("detect"):
        return event.subject in (who, about)
    if about == event.subject:
        return who == event.actor
    return (who, towards) == (event.actor, event.towards)


def _event_month(event: Event) -> int:
    return event.month


def _routine_key(event: Event) -> tuple[str, str, str]:
    """Return the key shared by routine events that are reported in one sentence."""
    return event.event, event.actor, event.subject if event.event == "exercise" else ""


def _participants(event: Event) -> tuple[str, ...]:
    return tuple(code for code in (event.actor, event.towards) if code)


def only_carries_out(event: Event, events: list[Event]) -> bool:
    """Whether an event only carries out a decision of the same month."""
    decided = ("honoured", "helps")
    decisions = (other for other in events if other.event in decided and other.actor == event.actor)
    return event.event == "sends" and any(other.level == event.level for other in decisions)


def _actor_name(scenario: Scenario, code: str) -> str:
    return with_article(scenario.actors[code].name) if code in scenario.actors else code


def subject_name(scenario: Scenario, code: str) -> str:
    """Return the name of a treaty, council, bloc, rivalry or beneficiary within a sentence."""
    for group in (scenario.treaties, scenario.councils, scenario.blocs, scenario.rivalries):
        if code in group:
            return with_article(group[code].name)
    if name := instrument_name(scenario, code):
        return name
    if code in scenario.armings:
        return _actor_name(scenario, scenario.armings[code].beneficiary)
    return code.replace("_", " ")


def parties_in_words(scenario: Scenario, treaty: str, actors: Sequence[str]) -> str:
    """Return the parties of a treaty as its text has them, or else the actors of an event."""
    codes = party_codes(scenario, treaty) or [code for code in actors if code]
    return join_with_and([_actor_name(scenario, code) for code in codes])


def _count_in_words(kind: str, count: int) -> str:
    singular, plural = load_phrases()["provocations"].get(kind, [kind, kind])
    return singular if count == 1 else f"{number_in_words(count)} {plural}"


def _war_winner(record: WorldRecord, event: Event) -> str:
    """Return the winner of a war fought to its end: the side that was ahead the month before."""
    if event.event != "victory":
        return ""
    front = record.month_columns[f"front_{event.subject}"][: event.month - 1]
    attacker = war_attacker(record, event.subject, event.month)
    defender = event.towards if attacker == event.actor else event.actor
    ahead = attacker if front.size and front[-1] > 0 else defender
    return _actor_name(record.scenario, ahead)
