from __future__ import annotations

import sys
from concurrent.futures import BrokenExecutor, Executor, Future
from contextlib import nullcontext
from pathlib import Path

import numpy as np
import pytest

from sim.analysis.sensitivity import ensemble
from sim.analysis.sensitivity.ensemble import simulate_nested, simulate_points
from sim.errors import RequestError, SimulationError, WorkerError
from sim.experiment.execution import scheduler
from sim.model.measures.registry import list_measures
from sim.model.randomness.streams import RandomStreams
from sim.scenario.schema.scenario import Scenario
from tests.analysis import variance_engine
from tests.scenario.folder import Folder
from tests.worlds import quarrel

LEVEL = variance_engine.MEASURES[0]


@pytest.fixture
def scenario(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Scenario:
    variance_engine.put(monkeypatch)
    return Folder.at(tmp_path).load().scenario


def nobody(_: int) -> None:
    pass


def test_every_point_is_simulated_in_the_same_worlds(scenario: Scenario) -> None:
    where = np.array([0.0, 0.5, 1.0])
    values = simulate_points(scenario, LEVEL, {variance_engine.STRONG: where}, 7, nobody).values
    assert values.shape == (3, 7)
    streams = RandomStreams(scenario.seed, 0, 7)
    rest = streams.uniform(
        "assumption", 0, variance_engine.WEAK
    ) + variance_engine.NOISE * streams.normal("dice", 1, "anyone")
    np.testing.assert_allclose(values, 3 * where[:, None] + rest)


def test_a_measure_of_some_worlds_says_in_which_it_is_defined(scenario: Scenario) -> None:
    some = next(measure for measure in variance_engine.MEASURES if measure.name == "some")
    where = {variance_engine.STRONG: np.array([0.0, 0.5, 1.0])}
    simulated = simulate_points(scenario, some, where, 50, nobody)
    level = simulate_points(scenario, LEVEL, where, 50, nobody)
    assert level.defined.all()
    np.testing.assert_array_equal(simulated.values, level.values)
    np.testing.assert_array_equal(simulated.defined, level.values > variance_engine.HIGH)
    nested = simulate_nested(scenario, [some], 20, 4, nobody)
    assert list(nested) == ["some"]
    np.testing.assert_array_equal(
        nested["some"].defined, nested["some"].values > variance_engine.HIGH
    )


@pytest.mark.parametrize("worlds", [1, 3, 400, 1500])
def test_blocks_do_not_show(scenario: Scenario, worlds: int) -> None:
    where = np.linspace(0, 1, 5)
    values = simulate_points(scenario, LEVEL, {variance_engine.STRONG: where}, worlds, nobody)
    alone = [
        simulate_points(
            scenario, LEVEL, {variance_engine.STRONG: where[[at]]}, worlds, nobody
        ).values[0]
        for at in range(5)
    ]
    np.testing.assert_array_equal(values.values, alone)


def test_nested_worlds_share_parameters_and_not_streams(scenario: Scenario) -> None:
    values = simulate_nested(scenario, [LEVEL], 600, 4, nobody)["level"].values
    assert values.shape == (600, 4)
    streams = RandomStreams(scenario.seed, 0, 600)
    strong, weak = (
        streams.uniform("assumption", 0, key)
        for key in (variance_engine.STRONG, variance_engine.WEAK)
    )
    noise = (values - (3 * strong + weak)[:, None]) / variance_engine.NOISE
    assert len(np.unique(noise)) == noise.size
    assert noise.std() == pytest.approx(1, abs=0.05)
    assert abs(np.corrcoef(noise.T) - np.eye(4)).max() < 0.12


def test_it_reports_progress(scenario: Scenario) -> None:
    heard: list[int] = []
    simulate_nested(scenario, [LEVEL], 2400, 4, heard.append)
    assert heard == [4000, 8000, 9600]


def test_several_processes_find_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    quarrel_ = quarrel(months=3)
    disputes = next(measure for measure in list_measures(quarrel_) if measure.name == "disputes")
    where = {"rules.honour.reputation": np.linspace(0, 1, 6)}
    monkeypatch.setattr(ensemble, "DEFAULT_BLOCK_SIZE", 40)
    here = simulate_points(quarrel_, disputes, where, 20, nobody, workers=1)
    monkeypatch.setattr(scheduler, "MIN_SECONDS_SAVED", -1.0)
    there = simulate_points(quarrel_, disputes, where, 20, nobody, 2)
    np.testing.assert_array_equal(there.values, here.values)


def test_worlds_whose_simulation_fails_are_reported(
    scenario: Scenario, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError("by nothing")

    monkeypatch.setattr(sys.modules["sim.model.simulate"], "simulate", broken)
    with pytest.raises(
        SimulationError, match=r"worlds 0 to 19 could not be simulated: .*by nothing"
    ):
        simulate_nested(scenario, [LEVEL], 5, 4, nobody)


def test_a_lost_worker_is_reported_in_one_message(
    scenario: Scenario, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Gone(Executor):
        def submit(self, *_: object, **__: object) -> Future[object]:  # type: ignore[override]
            future = Future[object]()
            future.set_exception(BrokenExecutor())
            return future

    monkeypatch.setattr(scheduler, "open_executor", lambda _: nullcontext(Gone()))
    with pytest.raises(WorkerError, match=r"^a worker process ended .*\n    --workers 1 needs"):
        simulate_nested(scenario, [LEVEL], 5, 4, nobody)


def test_too_much_at_once_is_refused(scenario: Scenario) -> None:
    with pytest.raises(RequestError, match="too many for one run"):
        simulate_nested(scenario, [LEVEL], 10_000_000, 4, nobody)
    with pytest.raises(RequestError, match="too many for one run"):
        simulate_points(scenario, LEVEL, {variance_engine.STRONG: np.zeros(10_000)}, 10_000, nobody)
