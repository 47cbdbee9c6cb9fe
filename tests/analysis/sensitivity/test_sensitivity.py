from __future__ import annotations

from math import isnan
from pathlib import Path

import numpy as np
import pytest

from sim.analysis.data.drawn_parameters import draw_parameters, uncertain_parameters
from sim.analysis.sensitivity.indices import estimate_indices, sample_unit_points
from sim.analysis.sensitivity.methods import Method
from sim.analysis.sensitivity.sensitivity import (
    SensitivityPlan,
    analyse_sensitivity,
    check_plan,
    count_worlds,
    select_factors,
    split_half_reliability,
)
from sim.errors import RequestError
from sim.scenario.schema.scenario import Scenario
from sim.statistics.ratio import PartlyDefined
from tests.analysis import variance_engine
from tests.scenario.folder import Folder

FACTORS = (variance_engine.WEAK, variance_engine.STRONG, variance_engine.IDLE)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Folder:
    variance_engine.put(monkeypatch)
    return Folder.at(tmp_path)


@pytest.fixture
def scenario(folder: Folder) -> Scenario:
    return folder.load().scenario


def plan(**changes: object) -> SensitivityPlan:
    return SensitivityPlan(**{"factors": FACTORS, "samples": 256, "worlds": 8} | changes)  # type: ignore[arg-type]


def test_sobol_finds_planted_shares(scenario: Scenario) -> None:
    result = analyse_sensitivity(scenario, "level", plan())
    assert [index.key for index in result.indices] == [
        variance_engine.STRONG,
        variance_engine.WEAK,
        variance_engine.IDLE,
    ]
    for index, share in zip(result.indices, (0.9, 0.1, 0), strict=True):
        for effect in (index.own_effect, index.total_effect):
            assert effect.value == pytest.approx(share, abs=0.05)
            assert effect.low - 0.02 <= share <= effect.high + 0.02
    assert result.point_count == 256 * 5


def test_morris_finds_planted_effects(scenario: Scenario) -> None:
    result = analyse_sensitivity(scenario, "level", plan(method=Method.MORRIS, samples=10))
    effects = [
        (index.key, index.own_effect.value, index.total_effect.value) for index in result.indices
    ]
    assert effects == [
        (variance_engine.STRONG, pytest.approx(3), pytest.approx(3)),
        (variance_engine.WEAK, pytest.approx(1), pytest.approx(1)),
        (variance_engine.IDLE, 0, 0),
    ]
    assert result.point_count == 10 * 4


def test_the_spread_is_split_into_assumptions_and_chance(scenario: Scenario) -> None:
    result = analyse_sensitivity(scenario, "level", plan(samples=2)).variance_split
    assert result.parameter_share.low < variance_engine.SHARE < result.parameter_share.high


def test_without_factors_the_strongest_are_picked(scenario: Scenario) -> None:
    result = analyse_sensitivity(scenario, "level", plan(factors=(), top=2, samples=4))
    assert {index.key for index in result.indices} == {variance_engine.STRONG, variance_engine.WEAK}


def test_the_strongest_are_those_that_go_most_with_the_measure(scenario: Scenario) -> None:
    drawn = draw_parameters(scenario, np.arange(300))
    assert select_factors(scenario, drawn[variance_engine.IDLE], 1) == (variance_engine.IDLE,)
    assert select_factors(scenario, -(drawn[variance_engine.IDLE] ** 3), 1) == (
        variance_engine.IDLE,
    )
    idle, weak = (
        drawn[key] / drawn[key].std() for key in (variance_engine.IDLE, variance_engine.WEAK)
    )
    assert select_factors(scenario, 5 * idle + weak, 2) == (
        variance_engine.IDLE,
        variance_engine.WEAK,
    )


def test_no_more_are_picked_than_there_are(scenario: Scenario) -> None:
    result = select_factors(scenario, np.ones(40), 10_000)
    assert len(set(result)) == len(result) == len(uncertain_parameters(scenario))


def test_what_never_moves_has_no_indices(scenario: Scenario) -> None:
    result = analyse_sensitivity(scenario, "flat", plan(samples=4))
    assert result.indices == ()
    assert isnan(result.variance_split.parameter_share.value)
    assert result.reliability == 0
    assert result.warning.startswith("None of those varied: it is the same at all 20 points.")


@pytest.mark.parametrize("method", list(Method))
def test_what_decides_whether_aid_comes_is_found_and_not_what_makes_it_called(
    scenario: Scenario, method: Method
) -> None:
    sobol = method is Method.SOBOL
    more = plan(method=method, samples=128 if sobol else 40, worlds=200)
    result = analyse_sensitivity(scenario, "kept", more)
    effects = {index.key: index.total_effect.value for index in result.indices}
    assert result.indices[0].key == variance_engine.WEAK
    assert effects[variance_engine.WEAK] > 0.75
    assert effects[variance_engine.STRONG] < 0.1
    assert effects[variance_engine.IDLE] == pytest.approx(0, abs=1e-9)
    assert 0.4 < result.defined_share < 0.55
    assert result.warning == ""


def test_the_driver_of_a_conditional_measure_is_picked(scenario: Scenario) -> None:
    result = analyse_sensitivity(scenario, "kept", plan(factors=(), top=1, samples=4))
    assert [index.key for index in result.indices] == [variance_engine.WEAK]
    assert result.variance_split.defined_worlds < result.variance_split.worlds == 1000


def test_a_condition_in_every_world_changes_nothing(
    scenario: Scenario, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = analyse_sensitivity(scenario, "level", plan(samples=16))
    monkeypatch.setattr(variance_engine, "HIGH", -100.0)
    partly = analyse_sensitivity(scenario, "some", plan(samples=16))
    assert partly.indices == plain.indices
    assert partly.variance_split == plain.variance_split


def test_what_is_defined_nowhere_has_no_indices_and_says_why(scenario: Scenario) -> None:
    result = analyse_sensitivity(scenario, "scared", plan(samples=4))
    assert result.indices == ()
    assert result.defined_share == result.reliability == 0
    assert result.warning == (
        "It is defined only where never, which is so in no world of 20 points: use --worlds 54 or "
        "more, or a setting that makes it likelier."
    )


def test_the_same_seed_finds_the_same(scenario: Scenario) -> None:
    assert analyse_sensitivity(scenario, "high", plan(samples=8)) == analyse_sensitivity(
        scenario, "high", plan(samples=8)
    )


def test_it_reports_how_many_worlds_are_simulated_up_to_all(scenario: Scenario) -> None:
    heard: list[int] = []
    analyse_sensitivity(scenario, "level", plan(samples=4), heard.append)
    assert heard == sorted(heard)
    assert heard[-1] == count_worlds(plan(samples=4), scenario)


def reliability(values: np.ndarray) -> float:
    """Return the reliability of a measure that every world defines."""
    return split_half_reliability(PartlyDefined(values, np.ones(values.shape, dtype=bool)))


class TestSteadiness:
    """How far points agree between two halves of worlds."""

    def test_points_without_noise_agree_entirely(self) -> None:
        points = np.random.default_rng(1).normal(size=(50, 1))
        assert reliability(points + np.arange(8)) == pytest.approx(1)

    def test_points_of_noise_alone_do_not_agree(self) -> None:
        assert reliability(np.random.default_rng(2).normal(size=(2000, 8))) < 0.1

    def test_it_is_the_share_of_signal_in_the_means(self) -> None:
        generator = np.random.default_rng(3)
        values = generator.normal(size=(5000, 1)) + 2 * generator.normal(size=(5000, 8))
        assert reliability(values) == pytest.approx(1 / (1 + 4 / 8), abs=0.03)


def test_published_indices_of_ishigami_and_homma() -> None:
    """The usual test function; its indices are known in closed form."""
    factors = ("a", "b", "c")
    points = sample_unit_points(Method.SOBOL, factors, 2048, 7)
    a, b, c = (np.pi * (2 * points - 1)).T
    values = np.sin(a) + 7 * np.sin(b) ** 2 + 0.1 * c**4 * np.sin(a)
    indices = estimate_indices(Method.SOBOL, factors, points, values, 7)
    alone, in_all = ([effect[at].value for effect in indices] for at in (0, 1))  # type: ignore[union-attr]
    assert alone == pytest.approx([0.314, 0.442, 0.0], abs=0.03)
    assert in_all == pytest.approx([0.558, 0.442, 0.244], abs=0.03)


@pytest.mark.parametrize(
    ("name", "changes", "message"),
    [
        ("levle", {}, "'levle' is not a measure.*did you mean 'level'"),
        ("level", {"factors": ("rules.honour.reputatoin",)}, "did you mean 'rules.honour.reput"),
        ("level", {"factors": ("months",)}, "is not an uncertain number"),
        ("level", {"samples": 100}, "power of two\n    allowed: 64, 128 and so on"),
    ],
)
def test_what_makes_no_sense_is_refused(
    scenario: Scenario, name: str, changes: dict[str, object], message: str
) -> None:
    with pytest.raises(RequestError, match=f"(?s){message}"):
        check_plan(scenario, name, plan(**changes))


def test_a_number_that_every_world_has_alike_is_no_factor(folder: Folder) -> None:
    scenario = folder.load("rules.honour.reputation=1.3").scenario
    with pytest.raises(RequestError, match=r"has no range; it is 1\.3"):
        check_plan(scenario, "level", plan())


def test_what_is_not_installed_is_named(
    scenario: Scenario, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sim.extras.find_spec", lambda _: None)
    with pytest.raises(
        RequestError, match=r"should have: SALib missing\n    install it with: pip install SALib"
    ):
        check_plan(scenario, "level", plan())
