"""Theories are compared by name and source, then number by number."""

from __future__ import annotations

from typing import Any

from sim.analysis.comparison.inputs import compare_inputs
from sim.scenario.schema.scenario import Scenario
from tests.worlds import changed, number, quarrel

QUARREL = quarrel()


def under(use: str, **more: Any) -> Scenario:
    """Return the quarrel under a theory of honouring."""
    return changed(QUARREL, theories__honour={"use": use, **more})


def differing(*scenarios: Scenario) -> dict[str, tuple[object, ...]]:
    return {each.key: each.values for each in compare_inputs(scenarios)}


def test_a_theory_differs_by_its_name_whatever_its_numbers() -> None:
    found = differing(QUARREL, under("pure_interest", interest=number(1.0)))
    assert found == {"theories.honour": ("record", "pure_interest")}


def test_the_packages_own_rule_named_or_not_is_the_same() -> None:
    assert differing(QUARREL, under("record")) == {}


def test_under_one_theory_the_numbers_differ_that_worlds_draw_otherwise() -> None:
    wide, narrow = number(1.0, 0.0, 2.0), number(1.0, 0.5, 1.5)
    found = differing(
        under("pure_interest", interest=wide, same=wide),
        under("pure_interest", interest=narrow, same=wide | {"note": "another"}),
    )
    assert list(found) == ["theories.honour.interest"]


def test_two_versions_of_one_file_are_told_apart_by_their_source() -> None:
    first, second = (under("mine.py:Mine", text=f"weight = {weight}") for weight in (1, 2))
    commented = under("mine.py:Mine", text="weight = 1  # as before")
    assert differing(first, commented) == {}
    [values] = differing(first, second).values()
    assert [str(value).partition(", source ")[0] for value in values] == ["mine.py:Mine"] * 2
    assert len(set(values)) == 2
