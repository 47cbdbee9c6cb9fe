"""Counts choices as they were drawn, to compare with the sum of their chances."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from unittest.mock import patch

import numpy as np

from sim.analysis.choices.choice import MONTHS_A_YEAR, Choice, ChoiceKind
from sim.model.arrays import Mask
from sim.model.decisions.crisis_decisions import CLIMB, CrisisChoice, CrisisDecisions
from sim.model.recording.history import History
from sim.model.simulate import simulate
from sim.scenario.schema.scenario import Scenario
from sim.statistics.arrays import Vector
from tests.model.compare_histories import counted

_EVENTS = {
    ChoiceKind.CHALLENGE: "challenge",
    ChoiceKind.RESIST: "resist",
    ChoiceKind.WAR: "war",
}
_Climbs = dict[tuple[str, int], Vector]
"""How often each side of each rivalry escalated, (world,)."""


def count_choices(
    scenario: Scenario, first: int, count: int, months: int | None = None
) -> dict[Choice, Vector]:
    """Return how often a year each choice was drawn in each world, (world,).

    The scenario must impose no dispute by a shock, which would be counted as a choice.
    """
    with _counted_climbs() as climbs:
        history = simulate(scenario, first, count, months=months)
    scale = MONTHS_A_YEAR / (scenario.months if months is None else months)
    return {
        choice: values * scale
        for code in scenario.rivalries
        for choice, values in _drawn(scenario, code, history, climbs, count)
    }


def count_in_blocks(scenario: Scenario, worlds: int, block: int = 2000) -> dict[Choice, Vector]:
    """Return the same for worlds 0 to `worlds` - 1, simulated block by block."""
    starts = range(0, worlds, block)
    blocks = [count_choices(scenario, first, min(block, worlds - first)) for first in starts]
    return {choice: np.concatenate([part[choice] for part in blocks]) for choice in blocks[0]}


def _drawn(
    scenario: Scenario, code: str, history: History, climbs: _Climbs, count: int
) -> Iterator[tuple[Choice, Vector]]:
    first, second = scenario.rivalries[code].between
    for side, pair in enumerate(((first, second), (second, first))):
        for kind, event in _EVENTS.items():
            happened = counted(history, event, actor=pair[0], subject=code)
            yield Choice(kind, code, *pair), happened.astype(np.float64)
        yield Choice(ChoiceKind.CLIMB, code, *pair), climbs.get((code, side), np.zeros(count))


@contextmanager
def _counted_climbs() -> Iterator[_Climbs]:
    """Count the escalations that actors decide on where a dispute is under way."""
    climbs: _Climbs = {}
    decide = CrisisDecisions.decide

    def counting(decisions: CrisisDecisions, choices: Sequence[CrisisChoice], where: Mask) -> Mask:
        decided = decide(decisions, choices, where)
        if CLIMB in choices:
            for row, climbed in enumerate(decided[choices.index(CLIMB)]):
                key = decisions.expectations.theatres[row >> 1], row & 1
                climbs[key] = climbs.get(key, np.zeros(len(climbed))) + climbed
        return decided

    with patch.object(CrisisDecisions, "decide", counting):
        yield climbs
