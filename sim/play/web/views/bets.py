"""The guesses before the game: in how many of a hundred worlds something happens."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from sim.model.measures.registry import list_measures
from sim.play.room import Phase, Room
from sim.scenario.schema.scenario import Scenario


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
    return {each.name: each.label[:1].upper() + each.label[1:] for each in measures}
