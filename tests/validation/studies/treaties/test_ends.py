"""Ends of treaties: what chance allows, and what a fact adds, as far as counts show it."""

from __future__ import annotations

from dataclasses import replace
from math import exp, log

import pytest
from statsmodels.stats.contingency_tables import Table2x2

from sim.validation.studies.treaties.ends import (
    as_ratio,
    effect_of,
    end_rates,
    expect_defence_breaches,
    expect_without_fact,
    log_odds_ratio,
    possible_breaches,
)
from sim.validation.studies.treaties.ends_checks import build_rejection_checks
from sim.validation.studies.treaties.results import BrokenInDecade, CounterRatio
from sim.validation.studies.treaties.rule import read_shipped_rule
from tests.validation.studies.treaties.handmade import RECORD
from tests.worlds import SCENARIOS


def test_a_decade_may_have_as_many_breaches_as_chance_allows() -> None:
    allowed = possible_breaches(BrokenInDecade(lo=1970, hi=1979, expected=10.0, broken=4))
    assert allowed == (10.0, 4.0, 17.0)


def test_a_rate_is_ends_by_treaty_and_year() -> None:
    (found,) = (
        row
        for row in end_rates(RECORD)
        if (row.pact_class, row.years, row.way) == ("defence", (1992, 2016), "lapsed")
    )
    assert found.rate.value == pytest.approx(3 / 633)


def test_defence_pacts_are_broken_less_often_than_they_were() -> None:
    expected, last = expect_defence_breaches(RECORD)
    assert expected.value == pytest.approx(633 * 32 / 1654)
    assert last.broken < expected.low


def test_a_ratio_of_odds_is_that_of_statsmodels() -> None:
    ours = log_odds_ratio(20, 680, 35, 6701)
    theirs = Table2x2([[20.5, 660.5], [35.5, 6666.5]])
    assert ours.value == pytest.approx(theirs.log_oddsratio)
    assert (ours.low, ours.high) == pytest.approx(theirs.log_oddsratio_confint(0.05))


def test_new_supporters_count_in_autocracies_and_visibly_nowhere_else() -> None:
    assert effect_of(RECORD, "supporters_autocracy").low > log(2)
    democracy = effect_of(RECORD, "supporters_democracy")
    assert democracy.low < 0 < democracy.high


def test_two_democracies_would_have_broken_many_treaties_at_the_rate_of_others() -> None:
    assert expect_without_fact(RECORD, "both_democracies").value == pytest.approx(
        2267 * 55 / (680 + 6701 - 2267)
    )


def test_a_ratio_is_the_exponential_of_log_odds() -> None:
    effect = effect_of(RECORD, "common_enemy_lost")
    assert as_ratio(effect).value == exp(effect.value)


@pytest.mark.parametrize(
    ("ratio", "low", "high", "verdict"),
    [
        (1.0, 0.8, 1.2, "met"),
        (1.0, 0.8, 2.5, "undecided"),
        (1.0, 0.4, 1.2, "undecided"),
        (3.0, 2.0, 4.0, "missed"),
    ],
)
def test_nothing_is_found_only_where_a_doubling_is_excluded(
    ratio: float, low: float, high: float, verdict: str
) -> None:
    counted = CounterRatio(answer="defence", ratio=ratio, low=low, high=high, pacts=1)
    changed = replace(RECORD, counter_ratio=(counted,))
    checks = build_rejection_checks(changed, read_shipped_rule(SCENARIOS))
    (found,) = (check.verdict for check in checks if "rival" in check.claim)
    assert found == verdict
