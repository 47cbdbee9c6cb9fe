"""A succession is refused where it could change nothing."""

from __future__ import annotations

from typing import Any

import pytest

from sim.scenario.checks.successions import find_succession_inconsistencies
from sim.scenario.schema.scenario import Scenario
from tests.worlds import quarrel, shock


def refused(**changes: Any) -> list[str]:
    """Return the problems of the quarrel with a shock, as key, message and what is allowed."""
    tree = quarrel().model_dump()
    tree["shocks"] = {"heir": {**shock("succession", 3, on="", rung="force"), **changes}}
    scenario = Scenario.model_validate(tree)
    return [
        f"{'.'.join(map(str, each.key))}: {each.message} [{each.allowed}]"
        for each in find_succession_inconsistencies(scenario)
    ]


def test_a_succession_in_an_autocracy_is_accepted() -> None:
    assert refused(actor="backer") == []


def test_a_succession_in_a_democracy_is_refused() -> None:
    message = "is no autocracy (0.8 in polyarchy, where 0.25 is the line): a succession there"
    assert refused(actor="patron") == [f"shocks.heir.actor: {message} changes no promise [backer]"]


def test_a_succession_of_nobody_is_refused() -> None:
    assert refused() == ["shocks.heir.actor: is missing: whose leader is succeeded [backer]"]


@pytest.mark.parametrize("kind", ["dispute", "ceasefire"])
def test_supporters_have_no_bearing_on_other_events(kind: str) -> None:
    message = f"has no bearing on an event of kind {kind}"
    assert refused(kind=kind, actor="rival", new_supporters=False) == [
        f"shocks.heir.new_supporters: {message} [omit it]"
    ]
