"""The bets before the first quarter: in how many of a hundred worlds something happens."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from sim.model.measures.registry import MeasureKind, list_measures
from sim.play.room import Phase, Room
from sim.scenario.schema.scenario import Scenario

MOST_BETS = 4
"""Outcomes that are bet on, by default."""


def choose_bets(scenario: Scenario) -> tuple[str, ...]:
    """Return the outcomes that a class bets on: the first headlines that happen or do not."""
    measures = {each.name: each for each in list_measures(scenario)}
    names = [name for name in scenario.headlines if name in measures]
    happened = [
        name
        for name in names
        if measures[name].kind is MeasureKind.HAPPENED and not measures[name].given
    ]
    return tuple(happened[:MOST_BETS])


def show_figures(room: Room, phone: str) -> list[dict[str, Any]]:
    """Return the outcomes that a phone may bet on now, and its bets."""
    if room.phase is not Phase.LOBBY and room.quarter > 1:
        return []
    bets = {name: room.bets.get((phone, name)) for name in room.setup.bets}
    labels = _name_measures(room.setup.scenario)
    return [
        {"subject": name, "label": labels[name], "bet": bet.value if bet else None}
        for name, bet in bets.items()
    ]


@lru_cache(maxsize=16)
def _name_measures(scenario: str) -> dict[str, str]:
    measures = list_measures(Scenario.model_validate_json(scenario))
    return {measure.name: measure.label for measure in measures}
