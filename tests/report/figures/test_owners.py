"""Whose number an uncertain number is, in the scenarios that come with the package."""

from __future__ import annotations

from pathlib import Path

import pytest

from sim.report.figures.tornado import name_owners
from sim.scenario.load import load_scenario
from sim.scenario.schema.scenario import Scenario

PACT = Path(__file__).parents[3] / "scenarios" / "pact.toml"


@pytest.fixture(scope="module")
def pact() -> Scenario:
    return load_scenario(PACT).scenario


def test_every_number_has_an_owner_or_none_and_a_lesson_is_no_number(pact: Scenario) -> None:
    owners = name_owners(pact)
    assert set(owners) == {key for key, _ in pact.iter_quantities()}


@pytest.mark.parametrize(
    ("key", "owner"),
    [
        ("provokers.dprk.rate", "DPRK"),
        ("treaties.pact_2024.ratification", "Treaty on Comprehensive Strategic Partnership"),
    ],
)
def test_a_number_is_that_of_its_actor_or_treaty(pact: Scenario, key: str, owner: str) -> None:
    assert name_owners(pact)[key] == owner
