"""What a month costs is counted in calls and draws, never in seconds: it must not grow unseen.

A rule is evaluated once for all cases, so the calls of a month hardly depend on how many worlds
there are; more are made where more worlds find something to apply. Where a limit here is crossed on
purpose, say in `benchmarks/README.md` what it bought.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Sequence
from types import FrameType
from unittest.mock import patch

import pytest

from sim.model.arrays import Mask
from sim.model.decisions.crisis_decisions import CrisisChoice
from sim.model.model import AllianceModel
from sim.scenario.schema.scenario import Scenario
from tests.worlds import changed, real

MONTHS = 4
STILL = {"mechanisms__treaties_move": False, "mechanisms__governments_change": False}
"""Where nobody signs anything, what is worked out once a simulation stays worked out."""
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
    return calls_a_month(changed(real("pact"), **STILL), 250)


@pytest.fixture(scope="module")
def many() -> Counter[str]:
    return calls_a_month(changed(real("pact"), **STILL), 1000)


def test_four_times_the_worlds_take_hardly_more_calls(
    few: Counter[str], many: Counter[str]
) -> None:
    assert many["all"] < 1.6 * few["all"]


def test_a_month_takes_no_more_than_so_many_calls(many: Counter[str]) -> None:
    assert many["all"] < 3_200


def test_treaties_that_move_take_no_more_than_so_many_further_calls(many: Counter[str]) -> None:
    """Of a thousand worlds some sign each month, and who would be called is found anew."""
    assert calls_a_month(real("pact"), 1000)["all"] - many["all"] < 1_800


def test_a_month_takes_no_more_than_so_many_draws(many: Counter[str]) -> None:
    assert many["uniform"] < 180


def test_a_month_takes_no_more_than_so_many_exponentials(many: Counter[str]) -> None:
    assert sum(many[name] for name in RULES) < 60


def test_what_never_changes_of_a_fight_foreseen_is_worked_out_once(many: Counter[str]) -> None:
    rounds = many["_collect_answers"] + many["join_wars"]
    assert 0 < many["circumstance_considerations"] <= rounds


@pytest.fixture(scope="module")
def worked_out() -> Counter[str]:
    """Chances worked out per world and month, and how often sides faced a choice, by its name."""
    block, worlds = AllianceModel(real("pact"), 0, 600), 600
    counts, decisions = Counter[str](), block.context.crisis
    original = decisions.decide

    def decide(choices: Sequence[CrisisChoice], where: Mask) -> Mask:
        for choice, faced in zip(choices, where, strict=True):
            counts[f"faced {choice.what}"] += int(faced.sum())
        return original(choices, where)

    with patch.object(decisions, "decide", decide):
        for _ in range(MONTHS):
            block.step()
    counts.update(decisions.worked_out)
    counts["all"] = sum(decisions.worked_out.values()) // MONTHS
    counts["worlds"] = worlds
    block.close()
    return counts


@pytest.mark.parametrize(
    ("choice", "most"),
    [("challenge", 0.045), ("climb", 0.3), ("resist challenge", 0.75), ("resist climb", 0.75)],
)
def test_a_choice_is_worked_out_where_its_draw_can_matter(
    worked_out: Counter[str], choice: str, most: float
) -> None:
    assert 0 < worked_out[choice] < most * worked_out[f"faced {choice}"]


def test_a_world_month_has_about_one_case(worked_out: Counter[str]) -> None:
    assert worked_out["all"] < 1.2 * worked_out["worlds"]
