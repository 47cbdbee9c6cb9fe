"""The events of one world that a timeline shows: of which kind they are, and in words."""

from __future__ import annotations

from typing import Any, NamedTuple

import pyarrow.compute as pc
import pyarrow.parquet as pq

from sim.report.figures.dates import date_of
from sim.report.figures.figure import Row
from sim.report.figures.theme import BLACK, BLUE, GREEN, GREY, ORANGE, PURPLE, SKY, VERMILLION
from sim.report.run_view import Run
from sim.scenario.schema.scenario import Scenario

_BOW_TIE = "M-1.3,-1L1.3,1L1.3,-1L-1.3,1Z"
"""A shape that Vega has no name for: two triangles, point to point."""


class Kind(NamedTuple):
    """Events of one kind: what they are called, how they look, and each in words."""

    name: str
    shape: str
    colour: str
    events: dict[str, str]


KINDS = (
    Kind(
        "dispute opens or climbs",
        "triangle-up",
        ORANGE,
        {"challenge": "challenges", "climb": "climbs against"},
    ),
    Kind("weapons test", "triangle-down", PURPLE, {"provocation": "tests"}),
    Kind(
        "arms, soldiers, technology",
        "triangle-right",
        SKY,
        {
            "troops_sent": "sends soldiers to",
            "technology": "gives technology to",
            "arms_sent": "sends arms to",
        },
    ),
    Kind(
        "council",
        "square",
        GREY,
        {
            "draft": "tables a draft on",
            "veto": "vetoes a draft on",
            "adopted": "a measure is adopted on",
            "workaround": "founds a body outside the council",
            "autonomous_sanctions": "imposes sanctions of its own on",
        },
    ),
    Kind("restraint", "triangle-left", GREY, {"restrains": "restrains", "backlash": "turns from"}),
    Kind(
        "war ends",
        _BOW_TIE,
        BLUE,
        {
            "peace": "makes peace with",
            "victory": "the war is won:",
            "ceasefire": "ceases fire with",
        },
    ),
    Kind(
        "promise kept, help sent",
        "circle",
        GREEN,
        {"honoured": "keeps its promise to", "sends": "sends help to", "helps": "decides to help"},
    ),
    Kind("promise broken", "cross", BLACK, {"reneged": "does not keep its promise to"}),
    Kind(
        "war",
        "diamond",
        VERMILLION,
        {
            "war": "goes to war with",
            "joins": "enters the war beside",
            "entrapped": "is dragged into the war beside",
            "home_soil": "carries the war onto the soil of",
            "nuclear_use": "uses a nuclear weapon",
        },
    ),
)
"""In the order in which they are drawn: what matters most lies on top."""
_KIND = {event: kind for kind in KINDS for event in kind.events}
_LOUD = {
    "icbm": "an intercontinental missile",
    "satellite": "a rocket for satellites",
    "nuclear": "a nuclear weapon",
}
"""Classes of provocation that are shown; the others happen nearly every month."""


def happenings(run: Run, world: int) -> list[Row]:
    """Return the events of a world that are shown, in their order."""
    table = pq.read_table(run.results.table("events"), filters=pc.field("world") == world)
    return [_row(run, event) for event in table.to_pylist() if _shown(event)]


def _shown(event: dict[str, Any]) -> bool:
    test = event["event"] == "provocation"
    return event["event"] in _KIND and (not test or event["subject"] in _LOUD)


def _row(run: Run, event: dict[str, Any]) -> Row:
    return {
        "run": run.name,
        "world": event["world"],
        "month": event["month"],
        "date": date_of(run, event["month"] - 1),
        "lane": _lane(run.scenario, event),
        "kind": _KIND[event["event"]].name,
        "event": _words(run.scenario, event),
        "level": event["level"],
    }


def _words(scenario: Scenario, event: dict[str, Any]) -> str:
    verb = _KIND[event["event"]].events[event["event"]]
    object_ = _LOUD.get(event["subject"], _name(scenario, event["towards"]))
    return " ".join(filter(None, (_name(scenario, event["actor"]), verb, object_)))


def _name(scenario: Scenario, code: str) -> str:
    return scenario.actors[code].name if code in scenario.actors else code


def _lane(scenario: Scenario, event: dict[str, Any]) -> str:
    """Return what an event is about, in words."""
    subject = event["subject"]
    if event["event"] == "provocation":
        return f"{_name(scenario, event['actor'])}: tests"
    if event["event"] in _KIND["restrains"].events:
        patronage = scenario.patronages[subject]
        patron, client = (_name(scenario, code) for code in (patronage.patron, patronage.client))
        return f"{patron} and its client {client}"
    about = (scenario.rivalries, scenario.treaties, scenario.exchanges, scenario.councils)
    tables: tuple[dict[str, Any], ...] = (*about, scenario.armings)
    return next((table[subject].name for table in tables if subject in table), subject)
