"""The numbers that matter most are those on which the outcomes were made to depend."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pytest

from sim.analysis.data.drawn_parameters import draw_parameters
from sim.analysis.sensitivity.thirds import find_strongest_assumptions
from sim.model.measures.registry import Measure, MeasureKind
from tests.worlds import tangle

WAR = Measure("war", "share of worlds", "war", MeasureKind.HAPPENED)
COST = Measure("cost", "billion", "cost", MeasureKind.AMOUNT)
RATE, TEMPER = "rules.war.settles", "rules.honour.reputation"


@dataclass
class _Results:
    """Worlds of a scenario with outcomes made by hand."""

    scenario: Any
    worlds: Any
    columns: dict[str, Any]

    def column(self, name: str) -> Any:
        return self.columns[name]


@pytest.fixture(scope="module")
def results() -> Any:
    scenario, worlds = tangle(), np.arange(600)
    drawn = draw_parameters(scenario, worlds, [RATE, TEMPER])
    ranks = {key: values.argsort().argsort() / 600 for key, values in drawn.items()}
    cost = 10 - 5 * ranks[TEMPER]
    return _Results(scenario, worlds, {"war": ranks[RATE] > 0.5, "cost": cost})


def test_each_outcome_is_led_back_to_the_number_that_moves_it(results: Any) -> None:
    found = {effect.measure.name: effect for effect in find_strongest_assumptions(
        results, [WAR, COST], most=2)}  # fmt: skip
    war, cost = found["war"], found["cost"]
    assert (war.key, cost.key) == (RATE, TEMPER)
    assert (war.low.value, war.high.value) == (0.0, 1.0)
    assert cost.low.value == pytest.approx(10 - 5 / 6, abs=0.02)
    assert cost.size < 0 < war.size
    assert war.cuts[0] < war.cuts[1]


def test_what_moves_nothing_clearly_is_not_named(results: Any) -> None:
    noise = np.random.default_rng(1).random(600) < 0.5
    assert find_strongest_assumptions(_Results(results.scenario, results.worlds, {"war": noise}), [WAR]) == []  # type: ignore[arg-type]  # fmt: skip  # noqa: E501


def test_few_worlds_and_constant_outcomes_say_nothing(results: Any) -> None:
    few = _Results(results.scenario, np.arange(30), {"war": np.arange(30) > 5})
    same = _Results(results.scenario, results.worlds, {"war": np.ones(600, bool)})
    assert find_strongest_assumptions(few, [WAR]) == []  # type: ignore[arg-type]
    assert find_strongest_assumptions(same, [WAR]) == []  # type: ignore[arg-type]
