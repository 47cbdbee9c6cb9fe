"""Who comes to whom, as counts of worlds that agree with the stress matrices."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

import pytest

from sim.analysis.stress.matrix import ENDINGS, LEVELS, SIDES, Cell, StressMatrix, compare_stress
from sim.analysis.stress.request import choose_openings
from sim.analysis.stress.simulate import simulate_matrices
from sim.explore.data.stress import describe_stress
from sim.explore.sides import Sides
from tests.explore.data.golden import STRESS_WORLDS as WORLDS
from tests.model.past.forks import fork


@pytest.fixture
def stress(header: dict[str, Any]) -> dict[str, Any]:
    """The matrices of a few worlds, as packed."""
    matrices: dict[str, Any] = header["stress"]
    return matrices


@pytest.fixture(scope="module")
def matrices(sides: Sides) -> list[StressMatrix]:
    """The matrices of the same worlds."""
    openings = choose_openings(sides.scenarios)
    return simulate_matrices(sides.scenarios, openings, WORLDS, workers=1)


def test_every_cell_holds_the_worlds_of_the_matrix(
    stress: dict[str, Any], matrices: list[StressMatrix]
) -> None:
    actors = [actor["code"] for actor in stress["actors"]]
    names = [opening["name"] for opening in stress["openings"]]
    for packed, matrix in zip(stress["sides"], matrices, strict=True):
        for cell in matrix.cells():
            opening, expected = names.index(cell.opening), matrix.values(cell).sum()
            match cell.outcome:
                case "aid" if cell.level != "any":
                    side, actor = SIDES.index(cell.side), actors.index(cell.actor)
                    level = LEVELS.index(cell.level)
                    assert packed["aid"][opening][side][actor][level] == expected
                case "aid_due" | "aid_refused" | "abandoned" | "entrapped":
                    assert packed[cell.outcome][opening][actors.index(cell.actor)] == expected
                case "ending":
                    place = list(ENDINGS).index(cell.level)
                    assert packed["ending"][opening][place] == expected
                case "third_party" | "alone" | "elsewhere" | "war":
                    assert packed[cell.outcome][opening] == expected


def test_pairs_in_which_aid_comes_on_one_side_only_give_the_difference(
    stress: dict[str, Any], matrices: list[StressMatrix]
) -> None:
    comparison = compare_stress(*matrices)
    [pair] = stress["pairs"]
    for place, opening in enumerate(stress["openings"]):
        for row, actor in enumerate(stress["actors"]):
            for side, name in enumerate(SIDES):
                any_with, any_without, *_ = pair["aid"][place][side][row]
                if actor["code"] not in (opening["attacker"], opening["attacked"]):
                    cell = Cell(opening["name"], "aid", actor["code"], name, "any")
                    difference = comparison.difference(cell).value
                    assert (any_with - any_without) / WORLDS == pytest.approx(difference)


def test_what_is_so_by_construction_is_marked(stress: dict[str, Any]) -> None:
    [pair] = stress["pairs"]
    rules = dict(zip((o["name"] for o in stress["openings"]), pair["rules"], strict=True))
    assert rules["ukraine:ukraine@home_soil"] == "home_soil"
    assert rules["korea:dprk@war"] == ""


def test_openings_are_called_by_name(stress: dict[str, Any]) -> None:
    labels = [opening["label"] for opening in stress["openings"]]
    assert "DPRK attacks South Korea" in labels


def test_no_worlds_give_no_matrix(sides: Sides) -> None:
    assert describe_stress(sides, 0) is None


def test_worlds_that_share_a_past_have_no_crises_on_the_first_day(sides: Sides) -> None:
    with_past = SimpleNamespace(scenarios=[fork(sides.first, 2)], first=sides.first)
    assert describe_stress(cast("Sides", with_past)) is None
