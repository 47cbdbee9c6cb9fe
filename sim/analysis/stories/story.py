"""One world as a story: month by month, what happened, who decided it, and what weighed most."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby

from sim.analysis.stories.passages import calendar_sentences
from sim.analysis.stories.phrases import (
    fill_sentence,
    join_with_and,
    load_phrases,
    number_in_words,
    with_article,
)
from sim.analysis.stories.replay import Choice, Event, WorldRecord
from sim.analysis.stories.weights import explain_choice, weigh_terms
from sim.model.calendar import first_day, month_of
from sim.scenario.schema.scenario import Scenario


@dataclass(frozen=True)
class StoryLine:
    """One thing that is told.

    Attributes:
        text: what happened, in a sentence.
        event: the kind of event; empty for what follows from the calendar.
        actors: codes of who took part.
        choice: the decision behind it, if there was one.
        reason: what weighed most, in sentences; empty where it is not told.
    """

    text: str
    event: str = ""
    actors: tuple[str, ...] = ()
    choice: Choice | None = None
    reason: str = ""


@dataclass(frozen=True)
class StoryMonth:
    """What is told of one month."""

    number: int
    begins: date
    lines: list[StoryLine]


@dataclass
class _StoryComposer:
    """Turns events into lines; of what recurs it gives the reasons once, until they change."""

    record: WorldRecord
    _given_reasons: set[tuple[str, ...]] = field(default_factory=set)

    def months(self) -> Iterator[StoryMonth]:
        """Yield every month of which there is something to tell."""
        told = {month: list(events) for month, events in groupby(self.record.events, _event_month)}
        for number in range(1, self.record.scenario.months + 1):
            lines = [StoryLine(text) for text in calendar_sentences(self.record, number)]
            lines += self._event_lines(told.get(number, []))
            if lines:
                yield StoryMonth(number, first_day(number, self.record.scenario.start), lines)

    def _event_lines(self, events: list[Event]) -> Iterator[StoryLine]:
        routine = load_phrases()["routine"]
        usual = [event for event in events if event.event in routine]
        for _, alike in groupby(usual, key=_routine_key):
            yield self._combined_line(list(alike))
        for event in events:
            if event.event not in routine and not only_carries_out(event, events):
                yield self._single_line(event)

    def _single_line(self, event: Event) -> StoryLine:
        choice = find_choice(self.record, event)
        assumed = "The scenario assumes it." if is_scenario_shock(self.record, event) else ""
        why = explain_choice(choice) if choice else assumed
        return StoryLine(
            event_sentence(self.record, event), event.event, _participants(event), choice, why
        )

    def _combined_line(self, events: list[Event]) -> StoryLine:
        """Return one line of several events of a kind, with the reasons if they are new."""
        first = events[0]
        choice = find_choice(self.record, first)
        who = tuple(dict.fromkeys(code for event in events for code in _participants(event)))
        news = choice is not None and self._is_new_reason(first, choice)
        why = explain_choice(choice) if choice and news else ""
        return StoryLine(
            combined_sentence(self.record.scenario, events), first.event, who, choice, why
        )

    def _is_new_reason(self, event: Event, choice: Choice) -> bool:
        leading = tuple(sorted(weight.words for weight in weigh_terms(choice)[:2]))
        known = (event.event, event.actor, event.towards, *leading)
        new = known not in self._given_reasons
        self._given_reasons.add(known)
        return new


def compose_story(record: WorldRecord) -> list[StoryMonth]:
    """Return a world as it is told."""
    return list(_StoryComposer(record).months())


def event_sentence(record: WorldRecord, event: Event, *, standalone: bool = False) -> str:
    """Return one event as a sentence; `standalone`, it makes sense without what went before."""
    words, scenario = load_phrases(), record.scenario
    template = words["events"].get(event.event, words["events"]["other"])
    template = words["apart"].get(event.event, template) if standalone else template
    return fill_sentence(
        template,
        event=event.event.replace("_", " "),
        actor=_actor_name(scenario, event.actor),
        towards=_actor_name(scenario, event.towards),
        subject=subject_name(scenario, event.subject),
        treaty=subject_name(scenario, event.subject),
        rung=words["rungs"].get(str(event.level), ""),
        aid=words["aids"].get(str(event.level), ""),
        tier=words["tiers"].get(str(event.level), ""),
        side=_war_winner(record, event),
    )


def combined_sentence(scenario: Scenario, events: list[Event]) -> str:
    """Return several events of a routine kind in one sentence."""
    first, template = events[0], load_phrases()["routine"][events[0].event]
    said = join_with_and([_routine_part(scenario, event) for event in events])
    return fill_sentence(template, actor=_actor_name(scenario, first.actor), list=said)


def _routine_part(scenario: Scenario, event: Event) -> str:
    """Return what one routine event adds to the sentence for all of its kind."""
    if event.event == "provocation":
        return _count_in_words(event.subject, event.level)
    if event.event == "exercise":
        members = scenario.blocs[event.subject].members
        return join_with_and([_actor_name(scenario, member) for member in members])
    pair = _actor_name(scenario, event.actor), _actor_name(scenario, event.towards)
    return str(load_phrases()["routine"]["restrains_each"].format(actor=pair[0], towards=pair[1]))


def find_choice(record: WorldRecord, event: Event) -> Choice | None:
    """Return the decision that an event came of, if there was one."""
    what = load_phrases()["decided"].get(event.event, "").format(level=event.level)
    declined = event.event in load_phrases()["declined"]["events"]
    for choice in record.choices_in(event.month):
        taken = choice.level == 0 if declined else choice.level > 0
        if choice.key.what == what and taken and _concerns(choice, event):
            return choice
    return None


def is_scenario_shock(record: WorldRecord, event: Event) -> bool:
    """Whether a shock of the scenario brings an event about."""
    kinds = load_phrases()["shocks"]
    return any(
        event.event in kinds[shock.kind] and event.month == month_of(shock.date, scenario.start)
        for scenario in (record.scenario,)
        for shock in scenario.shocks.values()
        if shock.rivalry == event.subject or event.event == "arms_sent"
    )


def _concerns(choice: Choice, event: Event) -> bool:
    _, who, towards, about = choice.key
    if choice.key.what == "answer":
        return (who, towards, choice.level) == (event.actor, event.towards, event.level)
    if who == event.subject or choice.key.what.startswith("detect"):
        return event.subject in (who, about)
    if about == event.subject:
        return who == event.actor
    return (who, towards) == (event.actor, event.towards)


def _event_month(event: Event) -> int:
    return event.month


def _routine_key(event: Event) -> tuple[str, str, str]:
    """Return what routine events told in one sentence have in common."""
    return event.event, event.actor, event.subject if event.event == "exercise" else ""


def _participants(event: Event) -> tuple[str, ...]:
    return tuple(code for code in (event.actor, event.towards) if code)


def only_carries_out(event: Event, events: list[Event]) -> bool:
    """Whether an event of a month only carries out what was decided in the same month."""
    decided = ("honoured", "helps")
    same = (each for each in events if each.event in decided and each.actor == event.actor)
    return event.event == "sends" and any(each.level == event.level for each in same)


def _actor_name(scenario: Scenario, code: str) -> str:
    return with_article(scenario.actors[code].name) if code in scenario.actors else code


def subject_name(scenario: Scenario, code: str) -> str:
    """Return what a treaty, a council, a bloc or a quarrel is called in a sentence."""
    for group in (scenario.treaties, scenario.councils, scenario.blocs, scenario.rivalries):
        if code in group:
            return with_article(group[code].name)
    return code.replace("_", " ")


def _count_in_words(kind: str, count: int) -> str:
    one, many = load_phrases()["provocations"].get(kind, [kind, kind])
    return one if count == 1 else f"{number_in_words(count)} {many}"


def _war_winner(record: WorldRecord, event: Event) -> str:
    """Return who won a war that was fought to its end: who held the ground the month before."""
    if event.event != "victory":
        return ""
    front = record.month_columns[f"front_{event.subject}"][: event.month - 1]
    attacker = _war_attacker(record, event.subject, event.month)
    defender = event.towards if attacker == event.actor else event.actor
    ahead = attacker if front.size and front[-1] > 0 else defender
    return _actor_name(record.scenario, ahead)


def _war_attacker(record: WorldRecord, rivalry: str, month: int) -> str:
    """Return the code of who began the war on a rivalry that is on in a month."""
    begun = [war.began_by for war in record.scenario.wars.values() if war.rivalry == rivalry]
    begun += [
        event.actor
        for event in record.events
        if event.event == "war" and event.subject == rivalry and event.month <= month
    ]
    return begun[-1] if begun else ""
