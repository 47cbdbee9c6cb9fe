"""The news of a quarter, in the words of `sim tell`."""

from __future__ import annotations

from dataclasses import dataclass


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
        seen_by: codes of the delegations that know of it; empty if everybody does.
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
