"""Worlds for stories: some simulated by the real engine, and one constructed by hand."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np

from sim.analysis.stories.replay import (
    BlockRecord,
    Choice,
    Event,
    WorldRecord,
    resimulate,
    resimulate_block,
)
from sim.model.decision_log import DrawKey
from sim.model.recording.history import Columns
from sim.scenario.schema.scenario import Scenario
from tests.worlds import EAGER, real, tangle

HOT = {
    **EAGER,
    "rules__war__nuclear_use": 0.1,
    "rules__war__front_speed": 0.4,
}
"""What makes rare events of a war common."""


def hot() -> Scenario:
    """Return the tangle, with rare events of a war made common."""
    return tangle(**HOT)


@cache
def pact_lives() -> BlockRecord:
    """Return some worlds of the pact, with their decisions."""
    return resimulate_block(real("pact"), 0, 40)


@cache
def hot_lives() -> BlockRecord:
    """Return some worlds of the tangle, with their decisions."""
    return resimulate_block(hot(), 0, 100)


_SIMULATED: dict[tuple[str, int], WorldRecord] = {}


def simulated_once(scenario: Scenario, world: int) -> WorldRecord:
    """Return one world as `resimulate` does, which is asked once for each, whoever tells of it."""
    key = scenario.model_dump_json(), world
    if key not in _SIMULATED:
        _SIMULATED[key] = resimulate(scenario, world)
    return _SIMULATED[key]


def choice(
    month: int,
    key: DrawKey,
    terms: dict[str, float],
    chance: float,
    draw: float,
    level: int = -1,
) -> Choice:
    """Return a decision of one level; by default the draw decides it."""
    reached = int(draw < chance) if level < 0 else level
    return Choice(month, key, terms, (chance, chance / 2, chance / 4), draw, reached)


@cache
def by_hand() -> WorldRecord:
    """Return a short world in which one thing of each important kind happens."""
    scenario = real("korea_crisis").model_copy(update={"months": 14})
    korea = ("dprk", "rok", "korea")
    events = [
        Event(1, "provocation", "dprk", "", "ballistic", 3),
        Event(1, "provocation", "dprk", "", "icbm", 1),
        Event(1, "challenge", "dprk", "rok", "korea", 4),
        Event(1, "exercise", "usa", "", "pacific", 0),
        Event(1, "restrains", "china", "dprk", "china_dprk", 0),
        Event(2, "climb", *korea, 4),
        Event(2, "provocation", "dprk", "", "nuclear", 1),
        Event(2, "draft", "usa", "dprk", "security_council", 0),
        Event(2, "veto", "russia", "dprk", "security_council", 0),
        Event(3, "war", *korea, 5),
        Event(3, "called", "rok", "usa", "us_rok_1953", 0),
        Event(3, "honoured", "usa", "rok", "us_rok_1953", 3),
        Event(3, "sends", "usa", "rok", "korea", 3),
        Event(3, "called", "dprk", "russia", "pact_2024", 0),
        Event(3, "reneged", "russia", "dprk", "pact_2024", 0),
        Event(4, "home_soil", "rok", "dprk", "korea", 0),
        Event(5, "technology", "russia", "dprk", "arms_2023", 3),
        Event(6, "victory", *korea, 0),
        Event(14, "peace", "russia", "ukraine", "ukraine", 0),
    ]
    choices = [
        choice(1, DrawKey("provocation", "dprk", "", "ballistic"), {"usual": 0.3}, 0.87, 0.2, 3),
        choice(
            1, DrawKey("exercise", "usa", "", "pacific"), {"habit": -1.0, "threat": 0.4}, 0.4, 0.3
        ),
        choice(
            1,
            DrawKey("restrain", "china", "dprk"),
            {"willing": -1.5, "entrapment": 1.0, "abandonment": -0.6},
            0.25,
            0.1,
        ),
        choice(
            2,
            DrawKey("climb", *korea),
            {"record": -2.0, "own_help": 0.4, "their_help": -0.9, "calming": 0.1},
            0.08,
            0.0795,
        ),
        choice(2, DrawKey("provocation", "dprk", "", "nuclear"), {"usual": -4.0}, 0.02, 0.01),
        choice(
            2,
            DrawKey("draft", "usa", "", "security_council"),
            {"habit": -3.0, "strategic": 2.0},
            0.27,
            0.2,
        ),
        choice(
            2,
            DrawKey("vote", "russia", "dprk", "security_council"),
            {"habit": -2.0, "reliance": 4.0, "rivalry": 0.0, "company": 0.0, "abstains": -0.2},
            0.86,
            0.3,
        ),
        choice(
            3,
            DrawKey("climb", *korea),
            {"record": -6.0, "prospects": -0.3, "nuclear": -0.5},
            0.001,
            0.0004,
        ),
        choice(
            3,
            DrawKey("answer", "usa", "rok", "korea"),
            {"record": -3.0, "promise": 2.0, "stationed": 0.6, "worth": 0.9, "nuclear": -0.5},
            0.73,
            0.1,
            3,
        ),
        choice(
            3,
            DrawKey("answer", "russia", "dprk", "korea"),
            {"record": -3.0, "promise": 1.5, "own_quarrel": -0.7, "payment": 0.3, "busy": -0.02},
            0.285,
            0.71,
        ),
        choice(4, DrawKey("home soil", "korea"), {}, 0.06, 0.01),
        choice(
            5,
            DrawKey("technology 3", "russia", "dprk", "arms_2023"),
            {"willing": -4.0, "debt": 1.2, "need": 0.8, "proliferation": -1.4},
            0.03,
            0.02,
        ),
        choice(
            14,
            DrawKey("settle", "ukraine"),
            {"record": -3.6, "weariness": 0.8, "deadlock": -0.2},
            0.05,
            0.049,
        ),
    ]
    return WorldRecord(scenario, 17, events, choices, _months(scenario), _end(scenario))


@cache
def by_hand_otherwise() -> WorldRecord:
    """Return the same world in another history, in which an ally reneges."""
    record = by_hand()
    reneged = Event(3, "reneged", "usa", "rok", "us_rok_1953", 0)
    events = [
        reneged if (event.event, event.actor) == ("honoured", "usa") else event
        for event in record.events
        if (event.event, event.actor) != ("sends", "usa")
    ]
    choices = [
        replace(taken, chances=(0.05, 0.02, 0.01), terms=taken.terms | {"nuclear": -4.0}, level=0)
        if taken.key[:2] == ("answer", "usa")
        else taken
        for taken in record.choices
    ]
    return replace(record, events=events, choices=choices)


def _months(scenario: Scenario) -> Columns:
    months = scenario.months
    columns = {f"binding_{code}": np.zeros(months) for code in scenario.treaties}
    columns["binding_pact_2024"][:5] = 0.6
    columns["binding_pact_2024"][5:] = 1.0
    columns["binding_russia_dprk_2000"][:5] = 1.0
    columns |= {f"front_{code}": np.full(months, np.nan) for code in scenario.rivalries}
    columns["front_korea"][2:5] = [-0.2, -0.6, -0.9]
    columns["front_ukraine"] = np.linspace(0.2, 0.4, months)
    columns |= {f"delivered_{code}": np.full(months, 0.2) for code in scenario.exchanges}
    return columns | {f"seen_{code}": np.full(months, 0.3) for code in scenario.exchanges}


def _end(scenario: Scenario) -> dict[str, float]:
    names = ("war_any", "war_korea", "invoked_pact_2024", "honoured_pact_2024", "disputes")
    return dict.fromkeys(scenario.headlines, 0.0) | dict(
        zip(names, (True, True, True, False, 4), strict=True)
    )
