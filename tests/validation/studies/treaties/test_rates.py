"""Rates come back from worlds whose rates are known; periods left out do not count."""

from __future__ import annotations

import numpy as np
import pytest

from sim.statistics.intervals import Interval
from sim.validation.studies.treaties.common_enemy import enemy_effect
from sim.validation.studies.treaties.rates import (
    count_rate,
    count_without,
    draw_triangular,
    expect_at_rates,
    expect_from_others,
    expect_later,
    triangular_mean,
)
from tests.validation.studies.treaties.handmade import EVEN, RECORD, at_risk, pact, record

NEAR = ("defence", "near")


def test_a_rate_is_treaties_by_pairs_and_years() -> None:
    counted = count_rate(record(pact(1960), pact(2001), rows=EVEN), NEAR)
    assert (counted.signed, counted.pair_years) == (2, 61_000)
    assert counted.rate.value == pytest.approx(2 / 61_000)
    assert counted.rate.low < counted.rate.value < counted.rate.high


def test_a_period_left_out_counts_neither_its_treaties_nor_its_pairs() -> None:
    counted = record(pact(1960), pact(2001), pact(1950), rows=EVEN)
    rest = count_without(counted, NEAR, (2001, 2016))
    assert (rest.signed, rest.pair_years) == (1, 45_000)
    founding = count_without(counted, NEAR, (1946, 1955))
    assert (founding.signed, founding.pair_years) == (2, 61_000)


def test_a_planted_rate_is_expected_back_in_the_period_left_out() -> None:
    pacts = [pact(year) for year in range(1956, 2017) for _ in range(2)]
    expected = expect_from_others(record(*pacts, rows=EVEN), "defence", (1991, 2000))
    assert expected.signed == 20
    assert expected.interval.value == pytest.approx(20)
    assert expected.is_inside
    assert 7 < expected.interval.low < 14
    assert 28 < expected.interval.high < 36


def test_a_period_of_another_level_lies_outside() -> None:
    pacts = [pact(year) for year in range(1956, 1991) for _ in range(2)]
    assert not expect_from_others(record(*pacts, rows=EVEN), "defence", (2001, 2016)).is_inside


def test_worlds_draw_a_rate_from_its_range_so_its_mean_counts() -> None:
    skewed = Interval(1e-3, 0.0, 5e-3)
    expected = expect_at_rates(record(rows=EVEN), [(NEAR, skewed)], (1991, 2000))
    assert expected.value == pytest.approx(10_000 * triangular_mean(skewed)) == pytest.approx(20)


def test_a_range_without_width_is_its_value() -> None:
    draws = draw_triangular(np.random.default_rng(1), Interval(2.0, 2.0, 2.0), 3)
    assert draws.tolist() == [2.0, 2.0, 2.0]


def test_later_years_have_as_many_pairs_as_the_last_that_were_counted() -> None:
    flat = Interval(1e-3, 1e-3, 1e-3)
    assert expect_later(record(rows=EVEN), [(NEAR, flat)], 8).value == pytest.approx(8)


@pytest.mark.parametrize(("shared", "direction"), [(10, 1), (2, -1)])
def test_a_common_enemy_shows_where_more_or_fewer_of_those_that_have_one_sign(
    shared: int, direction: int
) -> None:
    rows = (at_risk("near", 1956, 2016, 1000, common_enemy=0.5),)
    enemies = [pact(1960, common_enemy=True)] * shared
    effect = enemy_effect(record(*enemies, *[pact(1970)] * 6, rows=rows), "defence")
    assert effect.value * direction > 0
    assert effect.low < effect.value < effect.high


def test_a_common_enemy_shows_in_consultation_and_not_in_defence() -> None:
    assert enemy_effect(RECORD, "consultation").low > 0
    assert enemy_effect(RECORD, "defence").low < 0 < enemy_effect(RECORD, "defence").high


def test_young_pairs_rivals_and_the_founding_of_the_blocs_do_not_bear_on_it() -> None:
    rows = (at_risk("near", 1956, 2016, 1000, common_enemy=0.5),)
    plain = record(pact(1960), rows=rows)
    more = (
        pact(1950, common_enemy=True),
        pact(1960, common_enemy=True, young=True),
        pact(1960, "rivals", common_enemy=True),
    )
    assert enemy_effect(record(pact(1960), *more, rows=rows), "defence") == enemy_effect(
        plain, "defence"
    )
