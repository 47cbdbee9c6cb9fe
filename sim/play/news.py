"""The news of a quarter, in the words of `sim tell`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sim.analysis.stories.passages import treaty_sentences
from sim.analysis.stories.phrases import load_phrases
from sim.analysis.stories.replay import Choice, Event, WorldRecord
from sim.analysis.stories.story import StoryLine, compose_events
from sim.model.calendar import first_day
from sim.model.decisions.played import Question
from sim.model.recording.history import rows
from sim.play.words import load_game_phrases
from sim.scenario.playable import load_playable

DELEGATION, MODEL = "delegation", "model"
"""Who decided what is reported."""


@dataclass(frozen=True)
class News:
    """One event that is reported.

    Attributes:
        month: from 1.
        when: the month as text, such as "Oct 2025".
        text: what happened, in a sentence.
        event: the kind of event; empty for what follows from the calendar.
        actors: codes of the participants.
        decided_by: "delegation" where the class decided it, "model" where the model did; empty
            where nobody did.
        seen_by: codes of the actors that know of it; empty if everybody does.
        weight: 0 for the news that are shown first; the higher, the later.
    """

    month: int
    when: str
    text: str
    event: str = ""
    actors: tuple[str, ...] = ()
    decided_by: str = ""
    seen_by: tuple[str, ...] = ()
    weight: int = 0


def visible_to(news: tuple[News, ...], seat: str = "") -> tuple[News, ...]:
    """Return what a delegation knows of the news; without a seat, what everybody knows."""
    return tuple(each for each in news if not each.seen_by or seat in each.seen_by)


def headlines(news: tuple[News, ...], most: int = 3) -> tuple[News, ...]:
    """Return the weightiest news, in the order in which they happened."""
    first = sorted(range(len(news)), key=lambda place: news[place].weight)[:most]
    return tuple(news[place] for place in sorted(first))


def report_news(
    record: WorldRecord, months: range, asked: Sequence[Question] = ()
) -> tuple[News, ...]:
    """Return the news of some months of a world, of which the last may have been broken off.

    Args:
        record: the world.
        months: the months.
        asked: the questions for which the last month was broken off. The simulation has put the
            model's answers in their place; what depends on them is no news.
    """
    return tuple(news for month in months for news in _month_news(record, month, asked))


def _month_news(record: WorldRecord, month: int, asked: Sequence[Question]) -> Iterator[News]:
    when = f"{first_day(month, record.scenario.start):%b %Y}"
    if month <= rows(record.month_columns):  # else it was broken off
        for text in treaty_sentences(record, month):
            yield News(month, when, text, weight=_weight("force"))
    events = [
        event
        for event in record.events
        if event.month == month and not any(_depends(event, question) for question in asked)
    ]
    for line in compose_events(record, events):
        yield News(
            month,
            when,
            line.text,
            line.event,
            line.actors,
            _decider(line.choice),
            _seen_by(line, events),
            _weight(line.event),
        )


def _depends(event: Event, question: Question) -> bool:
    """Whether an event depends on a decision for which its month was broken off."""
    what, about = question.key.what, question.key.about
    concerned = what == "answer" or event.subject == about
    kinds = load_game_phrases()["awaited"].get(what, ())
    return event.month == question.month and concerned and event.event in kinds


def _decider(choice: Choice | None) -> str:
    """Return who took the decision behind an event; empty if chance did, or nobody."""
    if choice is None:
        return ""
    taken = {*load_playable(), *load_game_phrases()["joint"]["decisions"]}
    return (DELEGATION if choice.played else MODEL) if choice.key.what in taken else ""


def _seen_by(line: StoryLine, events: list[Event]) -> tuple[str, ...]:
    """Return who knows of an event that is kept secret; nobody in particular if it is not."""
    secret = load_game_phrases()["secret"]
    levels = {
        event.level
        for event in events
        if event.event == line.event and (event.actor, event.towards) == line.actors[:2]
    }
    denied = line.event in secret["aid"] and levels == {secret["deniable"]}
    return line.actors if line.event in secret["events"] or denied else ()


def _weight(event: str) -> int:
    """Return the place of an event among the turning points; those that are none come last."""
    kinds = load_phrases()["weightiest"]["kinds"]
    return kinds.index(event) if event in kinds else len(kinds)
