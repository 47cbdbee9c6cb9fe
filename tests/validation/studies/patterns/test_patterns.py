"""The part of patterns: what is claimed, the rule of the verdict, and the placebo."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from math import inf, nan
from types import SimpleNamespace
from typing import cast

import numpy as np
import pytest
from numpy.typing import NDArray

from sim.scenario.files.bibliography import read_bibliography
from sim.scenario.load import load_scenario
from sim.statistics.bootstrap import Estimate
from sim.validation.check import ValidationPart
from sim.validation.studies.patterns import pacts, run_patterns
from sim.validation.studies.patterns.ensembles import (
    QUICK_SIZE,
    Ensembles,
    EnsembleSize,
    make_unconditional,
    remove_pacts,
    simulate_ensembles,
)
from sim.validation.studies.patterns.registry import measure_as_observer, measurements_by_code
from sim.validation.studies.patterns.simulated import SimulatedEnsemble, simulate_ensemble
from sim.validation.studies.patterns.study import PatternClaim, check_patterns, read_patterns
from sim.validation.studies.patterns.subjects import read_subjects
from tests.worlds import SCENARIOS

CLAIMS = {claim.code: claim for claim in read_patterns(SCENARIOS)}
STARRED = {4, 5, 6, 7, 8, 9, 10, 11, 13, 14, 15, 18, 19, 20, 21}
"""Patterns that nothing may be tuned on."""


# -- what is claimed --------------------------------------------------------------------------


def test_all_twenty_one_are_there_in_their_order() -> None:
    numbers = [int(re.sub(r"\D", "", code)) for code in CLAIMS]
    assert numbers == sorted(numbers)
    assert {*numbers} == {*range(1, 22)}


def test_nothing_was_tuned_on_a_starred_pattern() -> None:
    tuned = {int(re.sub(r"\D", "", code)) for code, claim in CLAIMS.items() if claim.tuned}
    assert tuned
    assert not tuned & STARRED
    assert {code for code, claim in CLAIMS.items() if claim.tuned and claim.starred} == set()


def test_the_starred_are_those_of_the_literature() -> None:
    starred = {int(re.sub(r"\D", "", code)) for code, claim in CLAIMS.items() if claim.starred}
    assert starred == STARRED


def test_every_source_is_in_the_bibliography() -> None:
    known = read_bibliography(SCENARIOS / "parts" / "sources.toml")
    cited = {source for claim in CLAIMS.values() for source in claim.sources}
    assert len(cited) > 15
    assert sorted(cited - {*known}) == []


def test_every_claim_has_a_source_and_says_what_is_measured() -> None:
    assert [code for code, claim in CLAIMS.items() if not claim.sources or not claim.measured] == []


def test_what_is_not_measured_says_so_and_what_is_has_a_range() -> None:
    for code, claim in CLAIMS.items():
        absent = claim.measured.startswith("Not measured")
        assert absent == (code not in measurements_by_code()), code
        assert absent or claim.low < claim.high, code


def test_whom_they_are_about_is_in_the_scenarios() -> None:
    about = read_subjects(SCENARIOS)
    for name in (about.baseline, about.scenario):
        scenario = load_scenario(SCENARIOS / f"{name}.toml").scenario
        assert {about.pair} <= {*scenario.rivalries}
        assert {about.exchange} <= {*scenario.exchanges}
        assert {about.council} <= {*scenario.councils}
        assert {about.bloc} <= {*scenario.blocs}
        people = {about.challenger, about.provoker, about.buyer, about.other_member, about.patron}
        assert people | {*about.camp.split(), *about.other_camp.split()} <= {*scenario.actors}


# -- the rule of the verdict ------------------------------------------------------------------

CLAIM = replace(CLAIMS["P1a"], low=1.0, high=2.0, direction=False)
UPWARDS = replace(CLAIM, low=1.0, high=inf, direction=True)


def _found(value: float, low: float, high: float) -> Estimate:
    return Estimate(value, np.linspace(low, high, 1001))


@pytest.mark.parametrize(
    ("claim", "estimate", "verdict"),
    [
        (CLAIM, _found(1.5, 0.8, 2.2), "met"),
        (CLAIM, _found(1.5, 0.0, 4.0), "undecided"),
        (CLAIM, _found(2.1, 1.9, 2.3), "undecided"),
        (CLAIM, _found(2.4, 2.1, 2.7), "missed"),
        (CLAIM, _found(0.5, 0.2, 0.9), "missed"),
        (CLAIM, Estimate(nan, np.full(9, nan)), "undecided"),
        (CLAIM, Estimate(0.5, np.empty(0)), "missed"),
        (UPWARDS, _found(1.5, 1.1, 1.9), "met"),
        (UPWARDS, _found(1.05, 0.5, 1.6), "undecided"),
        (UPWARDS, _found(0.9, 0.7, 1.1), "undecided"),
        (UPWARDS, _found(0.8, 0.7, 0.9), "missed"),
    ],
    ids=[
        "in the range, and most of the draws, too",
        "in the range by chance",
        "out of it by less than the interval",
        "out of it for sure, above",
        "out of it for sure, below",
        "nothing could be counted",
        "out of it, with nothing drawn anew",
        "a direction that nine draws of ten show",
        "a direction that half of the draws show",
        "the wrong direction, and unsure",
        "the wrong direction for sure",
    ],
)
def test_the_verdict(claim: PatternClaim, estimate: Estimate, verdict: str) -> None:
    assert claim.verdict(estimate) == verdict


@pytest.mark.parametrize(
    ("code", "target"),
    [
        ("P1a", "0.01 to 0.016"),
        ("P2c", "0 to 0.01"),
        ("P6b", "above 2"),
        ("P10", "-0.12 to -0.02"),
        ("P11a", "below 1"),
        ("P11b", "above 1"),
    ],
)
def test_the_target_in_words(code: str, target: str) -> None:
    assert CLAIMS[code].target == target


# -- looking for them -------------------------------------------------------------------------

TINY = EnsembleSize(worlds=6, treaty_worlds=6, months=24, populations=1)


@cache
def _tiny() -> Ensembles:
    return simulate_ensembles(SCENARIOS, TINY)


@pytest.fixture(scope="module")
def part() -> ValidationPart:
    return check_patterns(list(CLAIMS.values()), _tiny())


def test_every_claim_has_its_line_in_the_order_of_the_file(part: ValidationPart) -> None:
    assert [check.code for check in part.checks] == list(CLAIMS)
    assert part.name == "patterns"
    assert len(part.tables["patterns"]) == len(CLAIMS)


def test_what_is_missed_has_a_diagnosis_and_what_is_met_has_none() -> None:
    claim = replace(CLAIMS["P6a"], diagnosis="The reason is known")
    assert _told(replace(claim, low=98, high=99)).endswith("The reason is known.")
    assert "The reason" not in _told(replace(claim, low=0, high=99))


def _told(claim: PatternClaim) -> str:
    return check_patterns([claim], _tiny()).checks[0].says


def test_the_summary_counts_what_the_lines_say(part: ValidationPart) -> None:
    counted = [check for check in part.checks if check.verdict != "left out"]
    met = [check for check in counted if check.verdict == "met"]
    assert f"Of {len(counted)} measurable figures, {len(met)} are met;" in part.summary[0]
    left_out = [check.code for check in part.checks if check.verdict == "left out"]
    assert left_out
    assert part.summary[-1].endswith(f"{', '.join(left_out)}.")


def test_a_claim_that_cannot_be_measured_has_no_figure(part: ValidationPart) -> None:
    absent = [check for check in part.checks if check.verdict == "left out"]
    assert {(check.value, check.low, check.high) for check in absent} == {(None, None, None)}


def test_progress_is_reported_in_worlds() -> None:
    progress: list[int] = []
    simulate_ensembles(
        SCENARIOS, replace(TINY, worlds=2, treaty_worlds=3, months=2), progress.append
    )
    assert progress == [2, 4, 6, 8, 10, 13, 16, 19]


def test_the_same_worlds_are_compared_without_their_pacts() -> None:
    scenario = load_scenario(SCENARIOS / "reference" / "population_1.toml", ["months=12"]).scenario
    assert {treaty.conditional for treaty in scenario.treaties.values()} == {True}
    assert {treaty.conditional for treaty in make_unconditional(scenario).treaties.values()} == {
        False
    }
    left = remove_pacts(scenario).treaties.values()
    assert {treaty.obligations for treaty in left} == {("nonaggression", "consultation")}
    assert remove_pacts(scenario).seed == scenario.seed


# -- the placebo ------------------------------------------------------------------------------


@pytest.mark.slow
def test_pacts_dealt_out_anew_have_no_effect() -> None:
    """The mean over many deals lies near none, and well within what one deal may be off by."""
    e = cast(Ensembles, SimpleNamespace(reference=_populations()))
    chance = np.random.default_rng(7)
    for figure, nothing in ((pacts.challenge_rate_ratio, 1.0), (pacts.adjusted_log_odds, 0.0)):
        dealt = [measure_as_observer(e, figure, chance).value for _ in range(40)]
        assert abs(np.mean(dealt) - nothing) < np.std(dealt)
        low, high = np.quantile(dealt, [0.025, 0.975])
        assert low < nothing < high


@pytest.mark.slow
def test_a_quick_look_finds_most_of_what_can_be_counted() -> None:
    part = run_patterns(SCENARIOS, quick=True)
    assert sum(check.value is not None for check in part.checks) > 35
    assert QUICK_SIZE.months >= 24  # else no year follows another


def _populations() -> list[SimulatedEnsemble]:
    files = sorted((SCENARIOS / "reference").glob("population_*.toml"))
    return [simulate_ensemble(load_scenario(file, ["months=60"]).scenario, 40) for file in files]


def test_an_effect_is_not_found_where_the_labels_are_shuffled() -> None:
    """A history in which only holders of a pact are spared: seen with the labels, gone without."""
    known, begun = _planted()
    estimate = pacts.bootstrap_over_pairs(
        pacts.challenge_rate_ratio, begun, known, np.full(len(begun), 1000.0)
    )
    assert estimate.high < 0.7
    shuffled = known.copy()
    shuffled[:, pacts.TARGET_PACT_COLUMN] = np.random.default_rng(2).permutation(
        known[:, pacts.TARGET_PACT_COLUMN]
    )
    placebo = pacts.bootstrap_over_pairs(
        pacts.challenge_rate_ratio, begun, shuffled, np.full(len(begun), 1000.0)
    )
    assert placebo.low < 1 < placebo.high


def _planted() -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    chance = np.random.default_rng(1)
    known = np.zeros((400, len(pacts.PREDICTORS)))
    known[:, 0], known[:, pacts.TARGET_PACT_COLUMN] = 1, chance.random(400) < 0.5
    return known, chance.binomial(1000, 0.02 - 0.01 * known[:, pacts.TARGET_PACT_COLUMN]).astype(
        float
    )
