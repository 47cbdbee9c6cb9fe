"""Which sentence an event takes in the light of what happened before and beside it."""

from __future__ import annotations

from itertools import takewhile

from sim.analysis.stories.phrases import load_phrases
from sim.analysis.stories.replay import Event, WorldRecord
from sim.model.entities.war import MATERIEL, TROOPS


def changed_template(record: WorldRecord, event: Event) -> str:
    """Return the sentence of an event in the light of earlier ones; empty for that of its kind."""
    if event.event == "troops_sent":
        return "troops_again" if _sent_soldiers(record, event, event.month - 1) else ""
    if event.event == "helps":
        return "helps_joiner" if joined_side(record, event) else ""
    if event.event in ("reneged", "honoured") and _already_supplies(record, event):
        return _answer_beside_supplies(record, event)
    return ""


def joined_side(record: WorldRecord, event: Event) -> str:
    """Return the principal whose war the aided partner joined; empty if it is one itself."""
    partner, war = event.towards, event.subject
    if event.event != "helps" or partner in record.scenario.rivalries[war].between:
        return ""
    entries = (
        other.towards
        for other in record.events
        if other.event in ("sends", "joins") and (other.actor, other.subject) == (partner, war)
    )
    return next(entries, "")


def rung_in_words(record: WorldRecord, event: Event, *, explained: bool) -> str:
    """Return the rung of an event in words; what it stands for is explained once in a story."""
    rung = str(load_phrases()["rungs"].get(str(event.level), ""))
    earlier = takewhile(lambda other: other != event, record.events)
    is_known = any(
        other.event in ("challenge", "climb") and other.level == event.level for other in earlier
    )
    return rung.partition(":")[0] if is_known and not explained else rung


def _answer_beside_supplies(record: WorldRecord, event: Event) -> str:
    """Return the sentence of an answer to a call by one that the ally supplies already."""
    before = _sent_soldiers(record, event, event.month - 1)
    if event.event == "honoured":
        return "as_before" if event.level <= (TROOPS if before else MATERIEL) else ""
    sends_now = _sent_soldiers(record, event, event.month) and not before
    return "only_soldiers" if sends_now else "no_more"


def _already_supplies(record: WorldRecord, event: Event) -> bool:
    """Whether the actor supplies the war of the other by an exchange."""
    pairs = [(each.supplier, each.buyer) for each in record.scenario.exchanges.values()]
    return (event.actor, event.towards) in pairs


def _sent_soldiers(record: WorldRecord, event: Event, until: int) -> bool:
    """Whether the actor of an event sent the other soldiers by the end of a month."""
    pair = "troops_sent", event.actor, event.towards
    return any(other[1:4] == pair and other.month <= until for other in record.events)
