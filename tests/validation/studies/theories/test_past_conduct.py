"""Reputations rest on earlier answers, the ally's own, and fade."""

from __future__ import annotations

import numpy as np
import pytest

from sim.scenario.load import load_scenario
from sim.validation.studies.theories.past_conduct import (
    BYSTANDER,
    HALF_LIFE,
    PRIOR_MEAN,
    PRIOR_WEIGHT,
    PastConduct,
)
from sim.validation.studies.universe.record import Record
from tests.validation.studies.theories.past import due
from tests.worlds import SCENARIOS

HONOURED = due(war=1, year=1860, ally="UKG", partner="FRN", joined=True)
RENEGED = due(war=2, year=1860, ally="RUS", partner="FRN", joined=False)
PROMISED_NOTHING = due(war=3, year=1860, ally="ITA", obligation="none", parties="", joined=True)
RECORD = Record((HONOURED, RENEGED, PROMISED_NOTHING))


def reputation(
    ally: str, partner: str = "FRN", year: int = 1870, left_out: tuple[int, ...] = ()
) -> float:
    conduct = PastConduct(RECORD, [ally], [partner], np.array([float(year)]))
    return float(conduct.reputation(left_out)[0])


def test_who_honoured_has_a_good_name_and_who_reneged_a_bad_one() -> None:
    assert reputation("UKG") > 0 > reputation("RUS")
    assert reputation("AUH") == reputation("ITA") == 0


def test_the_belief_is_the_model_s_after_one_observation_ten_years_old() -> None:
    weight = 0.5 ** (10 / HALF_LIFE)
    believed = (PRIOR_MEAN * PRIOR_WEIGHT + weight) / (PRIOR_WEIGHT + weight)
    assert reputation("UKG") == pytest.approx(believed - PRIOR_MEAN)


def test_what_one_did_for_others_counts_less() -> None:
    assert 0 < reputation("UKG", partner="TUR") < reputation("UKG")


def test_a_name_fades() -> None:
    assert 0 < reputation("UKG", year=1890) < reputation("UKG", year=1870)


def test_nobody_knows_of_a_later_war_or_of_one_left_out() -> None:
    assert reputation("UKG", year=1860) == reputation("UKG", year=1850) == 0
    assert reputation("UKG", left_out=(1,)) == 0


def test_the_numbers_are_those_of_the_model() -> None:
    memory = load_scenario(SCENARIOS / "pact.toml").scenario.rules.memory
    shipped = memory.prior_mean, memory.prior_weight, memory.bystander, memory.half_life
    assert [number.value for number in shipped] == [
        PRIOR_MEAN,
        PRIOR_WEIGHT,
        BYSTANDER,
        12 * HALF_LIFE,
    ]
