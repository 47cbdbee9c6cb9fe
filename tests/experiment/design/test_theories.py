"""A theory is a factor like any other: points differ in its name, or in one of its numbers."""

from __future__ import annotations

from pathlib import Path

import pytest

from sim.errors import ScenarioError
from sim.experiment.base import BaseScenario
from sim.experiment.design.design import Design, build_design
from sim.model.theory.honouring.pure_interest import PureInterest
from sim.scenario.schema.scenario import Scenario
from tests.scenario.folder import Folder


@pytest.fixture
def shipped(tmp_path: Path) -> Folder:
    """A folder whose scenario has the sources of the theories that are shipped."""
    folder = Folder.at(tmp_path)
    both = 'bibliography = ["parts/sources.toml", "sources.toml"]'
    folder.with_line('bibliography = "sources.toml"', both)
    return folder


def test_points_of_a_design_may_follow_different_theories(shipped: Folder) -> None:
    design = build_design(shipped.load(), ["theories.honour=record,pure_interest"], None, [], [])
    chosen = [dict(base.theories.chosen()) for base in _scenarios(design)]
    assert [list(theories) for theories in chosen] == [[], ["honour"]]
    assert list(chosen[1]["honour"].numbers) == list(PureInterest.numbers)


def test_the_number_of_a_theory_is_varied_as_any_other(shipped: Folder) -> None:
    loaded = shipped.load("theories.honour=pure_interest")
    design = build_design(loaded, ["theories.honour.gain=0.5,3"], None, [], [])
    chosen = [dict(scenario.theories.chosen())["honour"] for scenario in _scenarios(design)]
    assert [spec.numbers["gain"].value for spec in chosen] == [0.5, 3.0]


def test_a_point_may_leave_a_theory_for_another(shipped: Folder) -> None:
    base = BaseScenario.from_loaded(shipped.load("theories.honour=pure_interest"))
    assert not list(base.with_levels({"theories.honour": "record"}).theories.chosen())
    with pytest.raises(ScenarioError, match="'pure' is not a known theory of honour"):
        base.with_levels({"theories.honour": "pure"})


def _scenarios(design: Design) -> list[Scenario]:
    return [point.base.with_levels(point.levels) for point in design.points]
