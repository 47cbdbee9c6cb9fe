"""Baselines: what a short record says, without being sure of it."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.validation.studies.hindcast import baselines
from sim.validation.studies.hindcast.mapping import HistoricalRecord

MONTHS = st.floats(1, 300)


def rate(happened: float, months: float) -> HistoricalRecord:
    return HistoricalRecord(happened=happened, months=months, source="x", mark="F", how="counted")


def share(happened: float, cases: float) -> HistoricalRecord:
    return HistoricalRecord(happened=happened, cases=cases, source="x", mark="F", how="counted")


def values(*numbers: float) -> HistoricalRecord:
    return HistoricalRecord(values=numbers, source="x", mark="F", how="counted")


def test_what_did_not_happen_in_a_year_has_a_chance_of_three_in_ten_in_the_next() -> None:
    assert baselines.predictive_chance(rate(0, 12), 12) == pytest.approx(1 - 0.5**0.5)


def test_four_cases_of_seven_make_a_chance_of_nine_in_sixteen_however_long() -> None:
    assert (
        baselines.predictive_chance(share(4, 7), 6)
        == baselines.predictive_chance(share(4, 7), 60)
        == 4.5 / 8
    )


def test_twelve_in_twelve_months_make_about_twelve_in_the_next_twelve() -> None:
    ensemble = baselines.predictive_counts(rate(12, 12), 12)
    assert ensemble is not None
    assert ensemble.mean() == pytest.approx(12.5, abs=0.1)
    assert ensemble.var() == pytest.approx(25, rel=0.03)  # as much again for the rate not known


def test_past_values_are_the_ensemble_as_they_are() -> None:
    assert np.array_equal(baselines.predictive_counts(values(0, 4, 16), 12), [0, 4, 16])  # type: ignore[arg-type]
    assert np.array_equal(baselines.predictive_waits(values(3, 30), 12), [3, 12])  # type: ignore[arg-type]


def test_half_of_the_waits_end_before_their_median_and_none_lasts_longer_than_asked() -> None:
    ensemble = baselines.predictive_waits(rate(0, 12), 14)
    assert ensemble is not None
    assert ensemble.max() == 14
    still = float((ensemble >= 6).mean())
    assert still == pytest.approx((12 / 18) ** 0.5, abs=0.01)


@given(st.integers(0, 40), MONTHS, MONTHS)
def test_chance_counts_and_waits_of_one_record_agree(
    happened: int, months: float, length: float
) -> None:
    record = rate(happened, months)
    chance, counts = (
        baselines.predictive_chance(record, length),
        baselines.predictive_counts(record, length),
    )
    waits = baselines.predictive_waits(record, length)
    assert chance is not None
    assert counts is not None
    assert waits is not None
    assert float((counts > 0).mean()) == pytest.approx(chance, abs=0.002)
    assert float((waits < length).mean()) == pytest.approx(chance, abs=0.002)


@given(st.integers(0, 8), st.floats(12, 300), st.floats(1, 60))
def test_a_chance_rises_with_what_happened_and_falls_with_the_time_it_took(
    happened: int, months: float, length: float
) -> None:
    now = baselines.predictive_chance(rate(happened, months), length)
    more = baselines.predictive_chance(rate(happened + 1, months), length)
    longer = baselines.predictive_chance(rate(happened, 2 * months), length)
    assert now is not None
    assert more is not None
    assert longer is not None
    assert 0 < longer < now < more < 1


def test_even_what_happened_every_day_keeps_the_score_finite() -> None:
    assert baselines.predictive_chance(rate(400, 12), 300) == 1 - baselines.CHANCE_MARGIN


def test_a_record_says_nothing_where_it_is_of_another_kind() -> None:
    assert baselines.predictive_chance(values(1, 2), 12) is None
    assert baselines.predictive_counts(share(1, 2), 12) is None
    assert baselines.predictive_waits(share(1, 2), 12) is None
