"""One world as a story: month by month, what happened, who decided it, and what weighed most."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby

from sim.analysis.stories.passages import passages
from sim.analysis.stories.phrases import listed, named, numbered, phrases, sentence
from sim.analysis.stories.replay import Choice, Event, Life
from sim.analysis.stories.weights import reason, weights
from sim.model.calendar import first_day, month_of
from sim.scenario.schema.scenario import Scenario


@dataclass(frozen=True)
class Line:
    """One thing that is told.

    Attributes:
        text: what happened, in a sentence.
        event: the kind of event; empty for what follows from the calendar.
        actors: codes of who took part.
        choice: the decision behind it, if there was one.
        why: what weighed most, in sentences; empty where it is not told.
    """

    text: str
    event: str = ""
    actors: tuple[str, ...] = ()
    choice: Choice | None = None
    why: str = ""


@dataclass(frozen=True)
class Month:
    """What is told of one month."""

    number: int
    begins: date
    lines: list[Line]


@dataclass
class Teller:
    """Turns events into lines; of what recurs it gives the reasons once, until they change."""

    life: Life
    _known: set[tuple[str, ...]] = field(default_factory=set)

    def months(self) -> Iterator[Month]:
        """Yield every month of which there is something to tell."""
        told = {month: list(events) for month, events in groupby(self.life.events, _month)}
        for number in range(1, self.life.scenario.months + 1):
            lines = [Line(text) for text in passages(self.life, number)]
            lines += self._lines(told.get(number, []))
            if lines:
                yield Month(number, first_day(number, self.life.scenario.start), lines)

    def _lines(self, events: list[Event]) -> Iterator[Line]:
        routine = phrases()["routine"]
        usual = [event for event in events if event.event in routine]
        for _, alike in groupby(usual, key=_kind):
            yield self._together(list(alike))
        for event in events:
            if event.event not in routine and not at_once(event, events):
                yield self._alone(event)

    def _alone(self, event: Event) -> Line:
        choice = behind(self.life, event)
        assumed = "The scenario assumes it." if is_assumed(self.life, event) else ""
        why = reason(choice) if choice else assumed
        return Line(told(self.life, event), event.event, _who(event), choice, why)

    def _together(self, events: list[Event]) -> Line:
        """Return one line of several events of a kind, with the reasons if they are new."""
        first = events[0]
        choice = behind(self.life, first)
        who = tuple(dict.fromkeys(code for event in events for code in _who(event)))
        news = choice is not None and self._is_new(first, choice)
        why = reason(choice) if choice and news else ""
        return Line(gathered(self.life.scenario, events), first.event, who, choice, why)

    def _is_new(self, event: Event, choice: Choice) -> bool:
        leading = tuple(sorted(weight.words for weight in weights(choice)[:2]))
        known = (event.event, event.actor, event.towards, *leading)
        new = known not in self._known
        self._known.add(known)
        return new


def story(life: Life) -> list[Month]:
    """Return a world as it is told."""
    return list(Teller(life).months())


def told(life: Life, event: Event, *, alone: bool = False) -> str:
    """Return one event as a sentence; `alone`, it makes sense without what went before."""
    words, scenario = phrases(), life.scenario
    template = words["events"].get(event.event, words["events"]["other"])
    template = words["apart"].get(event.event, template) if alone else template
    return sentence(
        template,
        event=event.event.replace("_", " "),
        actor=_name(scenario, event.actor),
        towards=_name(scenario, event.towards),
        subject=called(scenario, event.subject),
        treaty=called(scenario, event.subject),
        rung=words["rungs"].get(str(event.level), ""),
        aid=words["aids"].get(str(event.level), ""),
        tier=words["tiers"].get(str(event.level), ""),
        side=_winner(life, event),
    )


def gathered(scenario: Scenario, events: list[Event]) -> str:
    """Return several events of a routine kind in one sentence."""
    first, template = events[0], phrases()["routine"][events[0].event]
    said = listed([_part(scenario, event) for event in events])
    return sentence(template, actor=_name(scenario, first.actor), list=said)


def _part(scenario: Scenario, event: Event) -> str:
    """Return what one routine event adds to the sentence for all of its kind."""
    if event.event == "provocation":
        return _counted(event.subject, event.level)
    if event.event == "exercise":
        members = scenario.blocs[event.subject].members
        return listed([_name(scenario, member) for member in members])
    pair = _name(scenario, event.actor), _name(scenario, event.towards)
    return str(phrases()["routine"]["restrains_each"].format(actor=pair[0], towards=pair[1]))


def behind(life: Life, event: Event) -> Choice | None:
    """Return the decision that an event came of, if there was one."""
    what = phrases()["decided"].get(event.event, "").format(level=event.level)
    declined = event.event in phrases()["declined"]["events"]
    for choice in life.choices_of(event.month):
        taken = choice.level == 0 if declined else choice.level > 0
        if choice.occasion.what == what and taken and _about(choice, event):
            return choice
    return None


def is_assumed(life: Life, event: Event) -> bool:
    """Whether a shock of the scenario brings an event about."""
    kinds = phrases()["shocks"]
    return any(
        event.event in kinds[shock.kind] and event.month == month_of(shock.date, scenario.start)
        for scenario in (life.scenario,)
        for shock in scenario.shocks.values()
        if shock.rivalry == event.subject or event.event == "arms_sent"
    )


def _about(choice: Choice, event: Event) -> bool:
    _, who, towards, about = choice.occasion
    if choice.occasion.what == "answer":
        return (who, towards, choice.level) == (event.actor, event.towards, event.level)
    if who == event.subject or choice.occasion.what.startswith("detect"):
        return event.subject in (who, about)
    if about == event.subject:
        return who == event.actor
    return (who, towards) == (event.actor, event.towards)


def _month(event: Event) -> int:
    return event.month


def _kind(event: Event) -> tuple[str, str, str]:
    """Return what routine events told in one sentence have in common."""
    return event.event, event.actor, event.subject if event.event == "exercise" else ""


def _who(event: Event) -> tuple[str, ...]:
    return tuple(code for code in (event.actor, event.towards) if code)


def at_once(event: Event, events: list[Event]) -> bool:
    """Whether an event of a month only carries out what was decided in the same month."""
    decided = ("honoured", "helps")
    same = (each for each in events if each.event in decided and each.actor == event.actor)
    return event.event == "sends" and any(each.level == event.level for each in same)


def _name(scenario: Scenario, code: str) -> str:
    return named(scenario.actors[code].name) if code in scenario.actors else code


def called(scenario: Scenario, code: str) -> str:
    """Return what a treaty, a council, a bloc or a quarrel is called in a sentence."""
    for group in (scenario.treaties, scenario.councils, scenario.blocs, scenario.rivalries):
        if code in group:
            return named(group[code].name)
    return code.replace("_", " ")


def _counted(kind: str, count: int) -> str:
    one, many = phrases()["provocations"].get(kind, [kind, kind])
    return one if count == 1 else f"{numbered(count)} {many}"


def _winner(life: Life, event: Event) -> str:
    """Return who won a war that was fought to its end: who held the ground the month before."""
    if event.event != "victory":
        return ""
    front = life.months[f"front_{event.subject}"][: event.month - 1]
    attacker = attacker_of(life, event.subject, event.month)
    defender = event.towards if attacker == event.actor else event.actor
    ahead = attacker if front.size and front[-1] > 0 else defender
    return _name(life.scenario, ahead)


def attacker_of(life: Life, rivalry: str, month: int) -> str:
    """Return the code of who began the war on a rivalry that is on in a month."""
    begun = [war.began_by for war in life.scenario.wars.values() if war.rivalry == rivalry]
    begun += [
        event.actor
        for event in life.events
        if event.event == "war" and event.subject == rivalry and event.month <= month
    ]
    return begun[-1] if begun else ""
