from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from sim.analysis.data.drawn_parameters import draw_parameters
from sim.analysis.data.resolve import open_run
from sim.analysis.sensitivity.scenario_discovery import (
    Discovery,
    TargetOutcome,
    define_outcome,
    discover_rules,
)
from sim.errors import RequestError
from sim.experiment.run import RunOptions, run_scenario
from sim.experiment.storage.results import Results
from tests.analysis import variance_engine
from tests.scenario.folder import Folder

WORLDS = 2000


@pytest.fixture
def results(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Results:
    variance_engine.put(monkeypatch)
    loaded = Folder.at(tmp_path).load(f"worlds={WORLDS}", 'headlines=["level"]')
    return open_run(
        run_scenario(loaded, tmp_path / "results", RunOptions(workers=1)).results.folder
    )


def discover(results: Results, occurred: np.ndarray, depth: int = 3) -> Discovery:
    """Look for what leads to an outcome that is given world by world."""
    wanted = TargetOutcome(results.measure("level"), above=0.5)
    planted = Planted(results.folder, results.manifest).with_level(occurred)
    return discover_rules(planted, wanted, depth)


class Planted(Results):
    """A reading whose level is given."""

    def with_level(self, occurred: np.ndarray) -> Planted:
        object.__setattr__(self, "came", occurred.astype(float))
        return self

    def column(self, name: str, table: str = "worlds") -> np.ndarray:
        return self.came if name == "level" else super().column(name, table)  # type: ignore[attr-defined]


def test_a_planted_combination_is_found(results: Results) -> None:
    drawn = draw_parameters(results.scenario, results.worlds)
    occurred = (drawn[variance_engine.STRONG] > 1.3) & (drawn[variance_engine.WEAK] <= 0.4)
    rule, *_ = discover(results, occurred).rules
    conditions = {condition.key: condition for condition in rule.conditions}
    assert conditions.keys() == {variance_engine.STRONG, variance_engine.WEAK}
    assert conditions[variance_engine.STRONG].above == pytest.approx(1.3, abs=0.02)
    assert conditions[variance_engine.WEAK].up_to == pytest.approx(0.4, abs=0.01)
    assert rule.density.value > 0.95
    assert rule.coverage.value > 0.95
    assert rule.world_share == pytest.approx(occurred.mean(), abs=0.03)


def test_two_ways_to_the_same_end_are_two_rules(results: Results) -> None:
    drawn = draw_parameters(results.scenario, results.worlds)
    occurred = (drawn[variance_engine.STRONG] > 1.5) | (drawn[variance_engine.WEAK] > 0.47)
    rules = discover(results, occurred).rules
    assert len(rules) == 2
    assert {condition.key for rule in rules for condition in rule.conditions} <= {
        variance_engine.STRONG,
        variance_engine.WEAK,
    }


@pytest.mark.parametrize("seed", range(5))
def test_chance_makes_no_rules(results: Results, seed: int) -> None:
    occurred = np.random.default_rng(seed).random(WORLDS) < 0.2
    result = discover(results, occurred)
    assert result.rules == ()
    assert not result.too_few_worlds


def test_a_noisy_outcome_is_reported_with_unbiased_figures(results: Results) -> None:
    drawn, generator = draw_parameters(results.scenario, results.worlds), np.random.default_rng(9)
    likely = np.where(drawn[variance_engine.STRONG] > 1.2, 0.6, 0.1)
    [rule] = discover(results, generator.random(WORLDS) < likely, depth=1).rules
    assert rule.density.low < 0.6 < rule.density.high
    assert [condition.key for condition in rule.conditions] == [variance_engine.STRONG]


def test_the_engine_s_own_outcome(results: Results) -> None:
    result = discover_rules(results, define_outcome(results, "high"))
    assert variance_engine.STRONG in {condition.key for condition in result.rules[0].conditions}
    assert result.worlds == WORLDS


def test_too_rare_an_outcome_is_not_looked_into(results: Results) -> None:
    result = discover(results, np.arange(WORLDS) < 20)
    assert result.too_few_worlds
    assert result.rules == ()


def test_a_measure_of_some_worlds_is_looked_into_there(results: Results) -> None:
    result = discover_rules(results, define_outcome(results, "some", above=3.5))
    assert result.worlds == results.column("high").sum()


class TestOutcome:
    """What is looked for."""

    def test_of_an_amount_it_is_the_highest_quarter(self, results: Results) -> None:
        wanted = define_outcome(results, "level")
        assert (results.column("level") > wanted.above).mean() == 0.25
        assert str(wanted).startswith("A level, above 2.")

    def test_or_what_is_asked_for(self, results: Results) -> None:
        assert str(define_outcome(results, "level", below=1)) == "A level, below 1 (any)"
        assert str(define_outcome(results, "level", above=1)) == "A level, above 1 (any)"
        assert str(define_outcome(results, "high")) == "The level is high"

    def test_what_makes_no_sense_is_refused(self, results: Results) -> None:
        for name, above, below, message in (
            ("levle", None, None, "did you mean 'level'"),
            ("high", 3.0, None, "happens or does not"),
            ("level", 3.0, 4.0, "only one of them is allowed"),
            ("level", np.nan, None, "--above nan: is not a number"),
        ):
            with pytest.raises(RequestError, match=message):
                define_outcome(results, name, above, below)

    def test_a_measure_defined_in_no_world_is_refused(
        self, results: Results, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        no_world = np.zeros(WORLDS, dtype=bool)
        column = Results.column
        monkeypatch.setattr(
            Results,
            "column",
            lambda it, name, table="worlds": (
                no_world if name == "high" else column(it, name, table)
            ),
        )
        with pytest.raises(RequestError) as refused:
            define_outcome(results, "some")
        assert str(refused.value) == (
            "--measure some: is defined in no world, since it is defined only where high"
        )
