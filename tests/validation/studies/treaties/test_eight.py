"""The eight actors' own history, with its misses."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sim.statistics.intervals import Interval
from sim.validation.studies.treaties.eight import (
    expected_of,
    expected_own_ends,
    own_history,
    years_of,
)
from sim.validation.studies.treaties.rows import OwnTreaty, OwnYears
from sim.validation.studies.treaties.rule import ShippedRule
from tests.validation.studies.treaties.handmade import RECORD
from tests.worlds import SCENARIOS, real

FLAT = Interval(0.01, 0.01, 0.01)
RULE = ShippedRule({("defence", "near"): FLAT}, FLAT, {})


def years(lo: int, hi: int, signed: int | None = None, cell: str = "near") -> OwnYears:
    return OwnYears(
        a="rok", b="japan", pact_class="defence", cell=cell, lo=lo, hi=hi, signed=signed
    )


def test_a_pair_is_expected_to_sign_at_its_rate_for_as_long_as_it_could() -> None:
    assert expected_of(years(1981, 2000), RULE) == pytest.approx(0.2)


def test_rivals_with_a_major_power_are_never_expected_to_sign() -> None:
    assert expected_of(years(1956, 2023, cell="rivals_major"), RULE) == 0


def test_what_was_signed_lies_inside_or_outside_what_chance_allows() -> None:
    quiet = replace(RECORD, eight=(years(1981, 2000),))
    busy = replace(RECORD, eight=tuple(years(year, year, year) for year in range(1960, 1970)))
    assert own_history(quiet, RULE, "defence").is_inside
    assert not own_history(busy, RULE, "defence").is_inside


def test_all_actors_are_those_of_the_scenario() -> None:
    codes = set(real("pact").actors)
    assert {code for row in RECORD.eight for code in (row.a, row.b)} <= codes
    assert {code for row in RECORD.eight_ended for code in (row.a, row.b)} <= codes


def test_a_pair_that_signed_could_until_then_and_no_longer() -> None:
    signed = [row for row in RECORD.eight if row.signed]
    assert len(signed) == 6
    assert all(row.hi == row.signed for row in signed)


def test_no_year_of_a_pair_counts_twice() -> None:
    for row in RECORD.eight:
        same = [
            other
            for other in RECORD.eight
            if (other.a, other.b, other.pact_class) == (row.a, row.b, row.pact_class)
        ]
        counted = [year for other in same for year in range(other.lo, other.hi + 1)]
        assert len(counted) == len(set(counted)) == sum(map(years_of, same))


def test_ends_are_expected_at_the_rates_of_their_eras() -> None:
    lone = (OwnTreaty(a="usa", b="japan", lo=1961, hi=1970, ended=""),)
    assert expected_own_ends(replace(RECORD, eight_ended=lone)) == pytest.approx(10 * 17 / 775)
    later = (OwnTreaty(a="usa", b="japan", lo=2017, hi=2023, ended=""),)
    assert expected_own_ends(replace(RECORD, eight_ended=later)) == pytest.approx(7 * 3 / 633)


def test_the_folder_of_scenarios_has_the_record() -> None:
    assert (SCENARIOS / "record" / "pacts" / "eight.csv").is_file()
