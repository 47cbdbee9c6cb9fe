"""The events of one world that a timeline shows: their kinds and their descriptions."""

from __future__ import annotations

from typing import Any, NamedTuple

import pyarrow.compute as pc
import pyarrow.parquet as pq

from sim.experiment.storage.parquet import reporting_damage
from sim.report.figures.figure import FigureRow
from sim.report.figures.months.dates import format_calendar_month
from sim.report.figures.theme import BLACK, BLUE, GREEN, GREY, ORANGE, PURPLE, SKY, VERMILLION
from sim.report.run_view import Run
from sim.scenario.schema.scenario import Scenario

_BOW_TIE = "M-1.3,-1L1.3,1L1.3,-1L-1.3,1Z"
"""A shape that Vega lacks: two triangles, point to point."""


class EventKind(NamedTuple):
    """A kind of events: its name, its symbol, and a phrase for each event."""

    name: str
    shape: str
    colour: str
    phrases: dict[str, str]


EVENT_KINDS = (
    EventKind(
        "dispute opens or escalates",
        "triangle-up",
        ORANGE,
        {"challenge": "challenges", "climb": "escalates against"},
    ),
    EventKind("weapons test", "triangle-down", PURPLE, {"provocation": "tests"}),
    EventKind(
        "arms, soldiers, technology",
        "triangle-right",
        SKY,
        {
            "troops_sent": "sends soldiers to",
            "technology": "transfers technology to",
            "arms_sent": "sends arms to",
        },
    ),
    EventKind(
        "council",
        "square",
        GREY,
        {
            "draft": "tables a draft on",
            "veto": "vetoes a draft on",
            "adopted": "a measure is adopted on",
            "workaround": "creates a body outside the council",
            "autonomous_sanctions": "imposes sanctions of its own on",
        },
    ),
    EventKind(
        "war ends",
        _BOW_TIE,
        BLUE,
        {
            "peace": "makes peace with",
            "victory": "the war is won:",
            "ceasefire": "agrees to a ceasefire with",
        },
    ),
    EventKind(
        "commitment honoured, aid sent",
        "circle",
        GREEN,
        {
            "honoured": "honours its commitment to",
            "sends": "sends aid to",
            "helps": "decides to aid",
        },
    ),
    EventKind("commitment broken", "cross", BLACK, {"reneged": "reneges on its commitment to"}),
    EventKind(
        "war",
        "diamond",
        VERMILLION,
        {
            "war": "goes to war with",
            "joins": "enters the war alongside",
            "entrapped": "is drawn into the war alongside",
            "home_soil": "takes the war onto the soil of",
            "nuclear_use": "uses a nuclear weapon",
        },
    ),
)
"""In the order in which they are drawn: the most important on top."""
_KIND_OF_EVENT = {event: kind for kind in EVENT_KINDS for event in kind.phrases}
_PROVOCATIONS_SHOWN = {
    "icbm": "an intercontinental missile",
    "satellite": "a satellite launcher",
    "nuclear": "a nuclear weapon",
}
"""Classes of provocation that are shown; the others happen nearly every month."""


def read_timeline_events(run: Run, world: int) -> list[FigureRow]:
    """Return the events of a world that are shown, in their order."""
    file = run.results.require_table("events")
    with reporting_damage(file):
        table = pq.read_table(file, filters=pc.field("world") == world)
    return [_build_row(run, event) for event in table.to_pylist() if _is_shown(event)]


def _is_shown(event: dict[str, Any]) -> bool:
    test = event["event"] == "provocation"
    return event["event"] in _KIND_OF_EVENT and (
        not test or event["subject"] in _PROVOCATIONS_SHOWN
    )


def _build_row(run: Run, event: dict[str, Any]) -> FigureRow:
    return {
        "run": run.name,
        "world": event["world"],
        "month": event["month"],
        "date": format_calendar_month(run, event["month"] - 1),
        "lane": _name_lane(run.scenario, event),
        "kind": _KIND_OF_EVENT[event["event"]].name,
        "event": _describe_event(run.scenario, event),
        "level": event["level"],
    }


def _describe_event(scenario: Scenario, event: dict[str, Any]) -> str:
    verb = _KIND_OF_EVENT[event["event"]].phrases[event["event"]]
    object_ = _PROVOCATIONS_SHOWN.get(event["subject"], _name_actor(scenario, event["towards"]))
    return " ".join(filter(None, (_name_actor(scenario, event["actor"]), verb, object_)))


def _name_actor(scenario: Scenario, code: str) -> str:
    return scenario.actors[code].name if code in scenario.actors else code


def _name_lane(scenario: Scenario, event: dict[str, Any]) -> str:
    """Return the subject of an event, in words."""
    subject = event["subject"]
    if event["event"] == "provocation":
        return f"{_name_actor(scenario, event['actor'])}: tests"
    about = (scenario.rivalries, scenario.treaties, scenario.exchanges, scenario.councils)
    tables: tuple[dict[str, Any], ...] = (*about, scenario.armings)
    return next((table[subject].name for table in tables if subject in table), subject)
