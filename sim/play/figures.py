"""The figures on which a class bets: in how many of a hundred worlds something happens."""

from __future__ import annotations

from sim.model.measures.registry import MeasureKind, list_measures
from sim.scenario.schema.scenario import Scenario

MOST_BETS = 4
"""Outcomes that are bet on."""


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
