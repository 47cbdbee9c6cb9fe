"""Pairs are ranked by the years left in: certainly right, certainly wrong, and by chance."""

from __future__ import annotations

import pytest

from sim.validation.studies.treaties.ranking import (
    DECADES,
    place_of_cells,
    pool_rankings,
    rank_decades,
    rank_later_pacts,
)
from tests.validation.studies.treaties.handmade import EVEN, RECORD, pact, record

LAST = DECADES[-1]


def test_a_cell_stands_above_pairs_with_a_lower_rate_and_half_of_its_own() -> None:
    counted = record(pact(1960), pact(1961), pact(1962, "major"), rows=EVEN)
    places = place_of_cells(counted, "defence", LAST)
    assert places["defence", "near"] == pytest.approx(0.9)
    assert places["defence", "major"] == pytest.approx(0.7)
    assert places["defence", "other"] == pytest.approx(0.3)


def test_the_decade_that_is_ranked_does_not_count_for_its_rates() -> None:
    everywhere = [pact(year) for year in (1960, 1970, 1980)]
    lone = pact(2010, "major")
    *_, last = rank_decades(record(*everywhere, lone, rows=EVEN), "defence")
    assert last.auc == pytest.approx(0.4)


def test_a_decade_without_treaties_has_no_ranking() -> None:
    (first, *_) = rank_decades(record(pact(1990), rows=EVEN), "defence")
    assert first.auc is None


def test_pairs_in_the_cell_that_always_signs_are_ranked_at_its_top() -> None:
    pacts = [pact(year, a=f"A{year}") for year in range(1956, 2017, 3)]
    assert pool_rankings(rank_decades(record(*pacts, rows=EVEN), "defence")).value == pytest.approx(
        0.9
    )


def test_pairs_that_sign_at_random_are_ranked_by_chance() -> None:
    cells = ("near_major", "near", "major", "other", "rivals")
    pacts = [pact(year, cell, a=cell) for year in range(1956, 2017) for cell in cells]
    assert pool_rankings(rank_decades(record(*pacts, rows=EVEN), "defence")).value == pytest.approx(
        0.5, abs=0.05
    )


def test_two_of_the_four_pacts_since_2017_are_of_pairs_like_most_others() -> None:
    places, auc = rank_later_pacts(RECORD)
    assert [round(place, 2) for _, place in places] == [0.46, 1.0, 0.46, 0.99]
    assert auc.low < 0.5 < auc.value
