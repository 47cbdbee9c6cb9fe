"""What a month costs is counted in calls and draws, never in seconds: it must not grow unseen.

A rule is evaluated once for all worlds, so the calls of a month do not depend on how many there
are; a few more are made where more worlds find more to decide. Where a limit here is crossed on
purpose, say in `benchmarks/README.md` what it bought.
"""

from __future__ import annotations

import sys
from collections import Counter
from types import FrameType

import pytest

from sim.model.model import AllianceModel
from sim.scenario.schema.scenario import Scenario
from tests.worlds import real

MONTHS = 4
RULES = "logistic", "level_chances", "log_odds"
"""The functions that take an exponential or a logarithm for every world."""


def calls_a_month(scenario: Scenario, worlds: int) -> Counter[str]:
    """Return how often each function of the package is called in a month, by name, and in all."""
    block, calls = AllianceModel(scenario, 0, worlds), Counter[str]()

    def note(frame: FrameType, event: str, _: object) -> None:
        if event == "call" and "/sim/model/" in frame.f_code.co_filename.replace("\\", "/"):
            calls.update([frame.f_code.co_name, "all"])

    block.step()  # what is worked out once is worked out here
    sys.setprofile(note)
    try:
        for _ in range(MONTHS):
            block.step()
    finally:
        sys.setprofile(None)
        block.close()
    return Counter({name: -(-count // MONTHS) for name, count in calls.items()})


@pytest.fixture(scope="module")
def few() -> Counter[str]:
    return calls_a_month(real("pact"), 250)


@pytest.fixture(scope="module")
def many() -> Counter[str]:
    return calls_a_month(real("pact"), 1000)


def test_four_times_the_worlds_take_hardly_more_calls(
    few: Counter[str], many: Counter[str]
) -> None:
    assert many["all"] < 1.25 * few["all"]


def test_a_month_takes_no_more_than_so_many_calls(many: Counter[str]) -> None:
    assert many["all"] < 19_000


def test_a_month_takes_no_more_than_so_many_draws(many: Counter[str]) -> None:
    assert many["uniform"] < 205


def test_a_month_takes_no_more_than_so_many_exponentials(many: Counter[str]) -> None:
    assert sum(many[name] for name in RULES) < 530


def test_what_never_changes_of_a_fight_foreseen_is_worked_out_once(many: Counter[str]) -> None:
    assert (  # some rivalries have their first quiet month late
        0 < many["circumstance_considerations"] < 0.1 * many["willingness"]
    )
