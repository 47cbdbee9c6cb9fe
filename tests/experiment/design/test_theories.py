"""A theory is a factor like any other: points differ in its name, or in one of its numbers."""

from __future__ import annotations

import pytest

from sim.errors import ScenarioError
from sim.experiment.base import BaseScenario
from sim.experiment.design.design import Design, build_design
from sim.scenario.schema.scenario import Scenario
from tests.experiment.conftest import Ask


def test_points_of_a_design_may_follow_different_theories(ask: Ask) -> None:
    design = build_design(ask(), ["theories.honour=record,pure_interest"], None, [], [])
    chosen = [dict(base.theories.chosen()) for base in _scenarios(design)]
    assert [list(theories) for theories in chosen] == [[], ["honour"]]
    assert list(chosen[1]["honour"].numbers) == ["interest"]


def test_the_number_of_a_theory_is_varied_as_any_other(ask: Ask) -> None:
    loaded = ask("theories.honour=pure_interest")
    design = build_design(loaded, ["theories.honour.interest=0.5,3"], None, [], [])
    chosen = [dict(scenario.theories.chosen())["honour"] for scenario in _scenarios(design)]
    assert [spec.numbers["interest"].value for spec in chosen] == [0.5, 3.0]


def test_a_point_may_leave_a_theory_for_another(ask: Ask) -> None:
    base = BaseScenario.from_loaded(ask("theories.honour=pure_interest"))
    assert not list(base.with_levels({"theories.honour": "record"}).theories.chosen())
    with pytest.raises(ScenarioError, match="'pure' is not a known theory of honour"):
        base.with_levels({"theories.honour": "pure"})


def _scenarios(design: Design) -> list[Scenario]:
    return [point.base.with_levels(point.levels) for point in design.points]
