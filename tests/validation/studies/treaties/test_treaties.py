"""The part: its checks, their order, what they rest on, and what its summary says."""

from __future__ import annotations

import pytest

from sim.scenario.files.bibliography import read_bibliography
from sim.scenario.load import load_scenario
from sim.validation.check import Check, ValidationPart
from tests.validation.studies.treaties.conftest import WORLDS
from tests.worlds import SCENARIOS

IN_SAMPLE = {"R01", "R02", "R03", "R17", "R22", "R23", "R29"}
"""Checks of numbers that rest on the very counts with which they are compared."""
MISSES = {
    "R04": "1956-1990",
    "R06": "2001-2016",
    "R07": "1956-2000",
    "R08": "2001-2016",
    "R10": "1991-2000",
    "R11": "2001-2016",
    "R12": "1946-1955",
    "R19": "own treaties of consultation",
    "R21": "1992-2016",
}
"""Checks that are missed whatever the worlds do, with a word of their claim."""


def check(part: ValidationPart, code: str) -> Check:
    (found,) = (check for check in part.checks if check.code == code)
    return found


def test_the_codes_count_up_and_the_questions_follow(part: ValidationPart) -> None:
    codes = [check.code for check in part.checks]
    counted = [code for code in codes if code.startswith("R")]
    assert counted == [f"R{place:02}" for place in range(1, len(counted) + 1)]
    assert codes[len(counted) :] == [f"N{place}" for place in range(1, 7)]


@pytest.mark.parametrize(("code", "word"), MISSES.items(), ids=MISSES)
def test_a_miss_is_reported_with_its_diagnosis(part: ValidationPart, code: str, word: str) -> None:
    missed = check(part, code)
    assert missed.verdict == "missed"
    assert word in missed.claim
    assert missed.says


def test_what_rests_on_the_counts_themselves_is_marked(part: ValidationPart) -> None:
    assert {check.code for check in part.checks if check.tuned} == IN_SAMPLE


def test_what_shows_nothing_is_undecided_where_a_doubling_is_possible(part: ValidationPart) -> None:
    found = [check(part, code).verdict for code in ("R25", "R26", "R27", "R28")]
    assert found == ["undecided"] * 4


def test_every_source_is_in_the_bibliography(part: ValidationPart) -> None:
    own = read_bibliography(SCENARIOS / "hindcast" / "sources.toml")
    known = load_scenario(SCENARIOS / "pact.toml").bibliography | own
    assert {source for check in part.checks for source in check.sources} <= set(known)


def test_every_figure_lies_in_its_interval(part: ValidationPart) -> None:
    for line in part.checks:
        if line.value is not None and line.low is not None and line.high is not None:
            assert line.low <= line.value <= line.high, line.code


def test_the_summary_says_what_fails_and_that_no_change_scores_as_well(
    part: ValidationPart,
) -> None:
    ranked, level, own, later, nothing = part.summary
    assert ranked.startswith("The rates of other decades rank")
    assert "in 2 of 8 periods" in level
    assert "they signed 6" in own
    assert "2 are of pairs in the highest tenth" in later
    assert "no better than the answer that nothing changes" in nothing


def test_worlds_are_reported_as_they_are_simulated(part: ValidationPart) -> None:
    assert part.checks
    assert WORLDS == [8, 24, 40, 56, 72]


def test_the_tables_have_every_cell_and_every_question(part: ValidationPart) -> None:
    sizes = {name: len(rows) for name, rows in part.tables.items()}
    assert sizes["treaties_rates"] == 5 * 5 + 6 * 3 + 5 * 4
    assert sizes["treaties_questions"] == 6
    assert sizes["treaties_ends"] == 27
