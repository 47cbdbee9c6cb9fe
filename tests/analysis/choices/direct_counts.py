"""Counts choices as they were drawn, to compare with the sum of their chances."""

from __future__ import annotations

import numpy as np

from sim.analysis.choices.choice import MONTHS_A_YEAR, Choice, ChoiceKind
from sim.model.decision_log import DecisionLog
from sim.model.simulate import simulate
from sim.scenario.schema.scenario import Scenario
from sim.statistics.arrays import Vector
from tests.model.compare_histories import counted

_EVENTS = {
    ChoiceKind.CHALLENGE: "challenge",
    ChoiceKind.RESIST: "resist",
    ChoiceKind.WAR: "war",
}


def count_choices(
    scenario: Scenario, first: int, count: int, months: int | None = None
) -> dict[Choice, Vector]:
    """Return how often a year each choice was drawn in each world, (world,).

    The scenario must impose no dispute by a shock, which would be counted as a choice.
    """
    log = DecisionLog()
    history = simulate(scenario, first, count, months=months, log=log)
    drawn: dict[Choice, Vector] = {}
    for code, rivalry in scenario.rivalries.items():
        for pair in (tuple(rivalry.between), tuple(rivalry.between)[::-1]):
            for kind, event in _EVENTS.items():
                happened = counted(history, event, actor=pair[0], subject=code)
                drawn[Choice(kind, code, *pair)] = happened.astype(float)
            drawn[Choice(ChoiceKind.CLIMB, code, *pair)] = np.zeros(count)
    for decision in log.decisions:
        if decision.key.what == "climb":
            pair = decision.key.who, decision.key.towards
            drawn[Choice(ChoiceKind.CLIMB, decision.key.about, *pair)] += (
                decision.level * decision.where
            )
    scale = MONTHS_A_YEAR / (scenario.months if months is None else months)
    return {choice: values * scale for choice, values in drawn.items()}
