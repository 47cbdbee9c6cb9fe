"""The calibration: how candidates are weighed, which is chosen, and that the files have it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

import numpy as np
import pytest

from sim.model.randomness.controlled import ControlledStreams
from sim.model.randomness.parameters import sample_parameter
from sim.scenario.load import load_scenario
from sim.statistics.arrays import FloatArray
from sim.validation.studies.calibration.__main__ import (
    DISPUTE_KEYS,
    PRIOR_RANGES,
    council_candidates,
    council_targets,
    dispute_candidates,
    dispute_targets,
    load_decade,
    main,
    promise_targets,
)
from sim.validation.studies.calibration.parameter_sample import (
    ParameterSample,
    TriangularRange,
    simulate_sample,
    triangular_cdf,
)
from sim.validation.studies.calibration.targets import (
    EQUAL_LOSS_MARGIN,
    CandidateScore,
    Target,
    choose_candidate,
    score_candidate,
)
from sim.validation.studies.patterns.estimation import stack_columns
from sim.validation.studies.patterns.simulated import SimulatedEnsemble
from sim.validation.studies.patterns.study import read_patterns
from sim.validation.studies.patterns.subjects import read_subjects
from tests.worlds import SCENARIOS, quarrel

KEY = "rules.challenge.dispute_cost"
NOTE = SCENARIOS.parent / "docs" / "decisions" / "0009-what-was-calibrated.md"


def _counts(_: SimulatedEnsemble) -> FloatArray:
    raise AssertionError("counted beforehand")


TARGET = Target("T", "events", 0.1, 0.2, 0.4, "worlds", _counts)


# -- weighing ---------------------------------------------------------------------------------


@cache
def _spread() -> ParameterSample:
    return simulate_sample(quarrel(months=1, rules__challenge__dispute_cost__high=0.3), (KEY,), 64)


def test_the_numbers_fill_their_range_evenly() -> None:
    low, _, high = _spread().ranges[KEY]
    filled = (_spread().values[KEY] - low) / (high - low)
    assert np.histogram(filled, bins=8, range=(0, 1))[0].tolist() == [8] * 8


def test_the_worlds_live_what_they_are_said_to_assume() -> None:
    """The engine, asked for the quantiles that the plan names, gives the very numbers."""
    sample, worlds = _spread(), np.arange(64)
    plan = {KEY: triangular_cdf(sample.ranges[KEY], sample.values[KEY])}
    streams = ControlledStreams(1, worlds, worlds, plan)
    quantity = dict(sample.ensemble.scenario.iter_quantities())[KEY]
    assert sample_parameter(quantity, KEY, streams) == pytest.approx(sample.values[KEY])


@pytest.mark.parametrize(
    ("candidate", "mean"),
    [((0.0, 0.1, 0.3), 0.4 / 3), ((0.0, 0.3, 0.3), 0.2), ((0.0, 0.0, 0.15), 0.05)],
    ids=["as it was", "towards the high end", "half of the range"],
)
def test_weighed_worlds_have_the_mean_of_the_candidate(
    candidate: TriangularRange, mean: float
) -> None:
    weights = _spread().importance_weights({KEY: candidate})
    assert weights.mean() == pytest.approx(1)
    assert np.mean(weights * _spread().values[KEY]) == pytest.approx(mean, abs=0.005)


def test_a_score_is_events_per_opportunity_of_weighed_worlds() -> None:
    """An event in every world whose number lies in the upper half of the range, and in no other."""
    upper = (_spread().values[KEY] > 0.15).astype(float)
    counted = {"T": [stack_columns(upper, np.ones(64))]}
    ensembles = {"worlds": [_spread()]}
    lower = score_candidate({KEY: (0.0, 0.0, 0.15)}, [TARGET], ensembles, counted)
    assert lower.estimates == (0.0,)
    higher = score_candidate({KEY: (0.15, 0.3, 0.3)}, [TARGET], ensembles, counted)
    assert higher.estimates[0] == pytest.approx(1)


# -- choosing ---------------------------------------------------------------------------------


def _score(
    value: float, error: float = 0.001, candidate: TriangularRange = (0.0, 0.1, 0.3)
) -> CandidateScore:
    return CandidateScore({KEY: candidate}, (TARGET,), (value,), (error,))


def test_the_loss_is_none_at_the_centre_and_one_at_either_edge() -> None:
    assert TARGET.loss(0.2) == 0
    assert TARGET.loss(0.1) == pytest.approx(1)
    assert TARGET.loss(0.4) == pytest.approx(1)
    assert TARGET.loss(0.6) > TARGET.loss(0.5) > 1


def test_a_target_speaks_against_what_it_rules_out_and_not_what_it_leaves_open() -> None:
    assert _score(0.5).missed_targets == ("T",)
    assert _score(0.5, error=0.06).missed_targets == ()
    assert _score(0.3).missed_targets == ()


def test_the_prior_stays_where_nothing_speaks_against_it() -> None:
    prior = _score(0.39)
    assert choose_candidate(prior, [_score(0.2)]) is prior
    assert choose_candidate(prior, []) is prior


def test_the_prior_stays_where_others_are_ruled_out_as_well() -> None:
    prior = _score(0.7)
    assert choose_candidate(prior, [_score(0.45), _score(0.05)]) is prior


def test_of_what_is_left_and_as_good_the_nearest_to_the_prior_is_taken() -> None:
    prior = _score(0.7)
    far = _score(0.2, candidate=(0.0, 0.01, 0.05))
    near = _score(0.3, candidate=(0.0, 0.1, 0.2))
    worse = _score(0.399, candidate=(0.0, 0.1, 0.29))
    assert near.loss < far.loss + EQUAL_LOSS_MARGIN < worse.loss
    assert choose_candidate(prior, [far, near, worse]) is near


# -- what it looks at, and what it left -------------------------------------------------------


def test_it_looks_at_no_starred_pattern() -> None:
    about = read_subjects(SCENARIOS)
    targets = (*dispute_targets(about), *promise_targets(), *council_targets(about))
    numbers = {int(target.code.strip("Pabc")) for target in targets}
    assert numbers == {1, 2, 3, 12, 16, 17}


def test_its_ranges_are_those_of_the_patterns() -> None:
    about = read_subjects(SCENARIOS)
    claims = {claim.code: claim for claim in read_patterns(SCENARIOS)}
    for target in (*dispute_targets(about), *promise_targets(), *council_targets(about)):
        assert (target.low, target.high) == (claims[target.code].low, claims[target.code].high)
        assert target.low <= target.centre <= target.high


def test_what_a_number_was_moved_on_is_marked_as_tuned() -> None:
    moved_on = {target.code for target in dispute_targets(read_subjects(SCENARIOS))}
    tuned = {claim.code for claim in read_patterns(SCENARIOS) if claim.tuned}
    assert moved_on <= tuned


def test_candidates_stay_within_the_prior_ranges() -> None:
    council = [PRIOR_RANGES[key] for key in PRIOR_RANGES if key not in DISPUTE_KEYS]
    every = [*dispute_candidates(PRIOR_RANGES[DISPUTE_KEYS[0]]), *council_candidates(council)]
    assert len(every) > 100
    assert all(_within(candidate) for candidate in every)


def _within(candidate: Mapping[str, TriangularRange]) -> bool:
    return all(
        PRIOR_RANGES[key][0] <= low <= value <= high <= PRIOR_RANGES[key][2]
        for key, (low, value, high) in candidate.items()
    )


def test_the_files_have_what_the_note_says_was_chosen() -> None:
    number = load_scenario(SCENARIOS / "pact.toml").scenario.rules.choice.rationality
    frozen = (number.low, number.value, number.high)
    assert frozen in [
        candidate[DISPUTE_KEYS[0]]
        for candidate in dispute_candidates(PRIOR_RANGES[DISPUTE_KEYS[0]])
    ]
    row = next(line for line in NOTE.read_text("utf-8").splitlines() if line.startswith("| **"))
    assert row.split("|")[1].strip(" *") == ", ".join(
        f"{number:g}".lstrip("0") for number in frozen
    )


def test_what_was_not_moved_stands_as_it_stood() -> None:
    quantities = dict(load_scenario(SCENARIOS / "pact.toml").scenario.iter_quantities())
    for key in PRIOR_RANGES:
        if key not in DISPUTE_KEYS:
            number = quantities[key]
            assert (number.low, number.value, number.high) == PRIOR_RANGES[key]


@pytest.mark.slow
def test_the_record_speaks_neither_against_the_prior_nor_against_what_was_chosen() -> None:
    about = read_subjects(SCENARIOS)
    targets = [target for target in dispute_targets(about) if target.ensemble == "baseline"]
    samples = {
        "baseline": [
            simulate_sample(load_decade(SCENARIOS / f"{about.baseline}.toml"), DISPUTE_KEYS, 256)
        ]
    }
    counted = {target.code: [target.count(samples["baseline"][0].ensemble)] for target in targets}
    frozen = load_scenario(SCENARIOS / "pact.toml").scenario.rules.choice.rationality
    now = {DISPUTE_KEYS[0]: (frozen.low, frozen.value, frozen.high)}
    before = {DISPUTE_KEYS[0]: PRIOR_RANGES[DISPUTE_KEYS[0]]}
    assert score_candidate(before, targets, samples, counted).missed_targets == ()
    assert score_candidate(now, targets, samples, counted).missed_targets == ()


def test_a_folder_that_holds_nothing_is_reported(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--scenarios", "nowhere"]) == 2
    assert capsys.readouterr().err == "nowhere/reference/subjects.csv: there is no such file\n"
