"""The head of a short story: which wars, and what of soldiers, technology and intervention."""

from __future__ import annotations

from collections.abc import Iterator

from sim.analysis.stories.phrases import join_with_and, load_phrases
from sim.analysis.stories.point_columns import Point
from sim.analysis.stories.point_words import actor_name
from sim.analysis.stories.replay import WorldRecord
from sim.model.calendar import first_day
from sim.model.entities.war import OPEN_WAR

_AID = ("honoured", "helps", "joins")
_WAR_ENDS = ("peace", "victory", "ceasefire")
_MOST_NAMED = 2
"""The largest number of new wars, or of interveners, that are named."""


def head_words(record: WorldRecord, points: list[Point]) -> str:
    """Return what a world is known by, such as 'soldiers, technology, no intervention'."""
    parts = (
        *_new_wars(record, points),
        *_ended_wars(record, points),
        *_transfers(record, points),
        *_interventions(record, points),
    )
    return ", ".join(parts)


def _new_wars(record: WorldRecord, points: list[Point]) -> Iterator[str]:
    """Yield each new war by its two sides and its month, and whether a nuclear weapon was used."""
    words, wars = load_phrases()["head"], [point for point in points if point.kind == "war"]
    for war in wars[:_MOST_NAMED]:
        yield words["war"].format(
            actor=actor_name(record.scenario, war.who),
            towards=actor_name(record.scenario, war.towards),
            when=f"{first_day(war.month, record.scenario.start):%b %Y}",
        )
    if more := len(wars[_MOST_NAMED:]):
        yield words["one_more_war"] if more == 1 else words["more_wars"].format(count=more)
    if any(point.kind == "nuclear_use" for point in points):
        yield words["nuclear_use"]


def _ended_wars(record: WorldRecord, points: list[Point]) -> Iterator[str]:
    """Yield the wars under way at the opening that end."""
    for war in record.scenario.wars.values():
        if any(point.kind in _WAR_ENDS and point.about == war.rivalry for point in points):
            one, other = record.scenario.rivalries[war.rivalry].between
            names = (actor_name(record.scenario, code) for code in (one, other))
            yield load_phrases()["head"]["ended"].format(actor=next(names), towards=next(names))


def _transfers(record: WorldRecord, points: list[Point]) -> Iterator[str]:
    """Yield whether soldiers and technology were sent, where somebody may send them."""
    words, kinds = load_phrases()["head"], {point.kind for point in points}
    if any(exchange.paid for exchange in record.scenario.exchanges.values()):
        yield words["soldiers" if "troops_sent" in kinds else "no_soldiers"]
        yield words["technology" if "technology" in kinds else "no_technology"]


def _interventions(record: WorldRecord, points: list[Point]) -> Iterator[str]:
    """Yield who intervened openly in a war between others."""
    words = load_phrases()["head"]
    codes = dict.fromkeys(
        point.who for point in points if point.kind in _AID and point.level >= OPEN_WAR
    )
    names = [actor_name(record.scenario, code) for code in codes]
    if not names:
        yield words["no_intervention"]
    elif len(names) == 1:
        yield words["intervenes"].format(actor=names[0])
    else:
        others = len(names) - _MOST_NAMED
        more = [f"{others} more"] if others > 0 else []
        yield words["intervene"].format(actor=join_with_and(names[:_MOST_NAMED] + more))
