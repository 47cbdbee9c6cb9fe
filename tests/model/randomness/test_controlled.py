"""Parameters and draws can be chosen independently, and nothing else changes."""

from __future__ import annotations

import numpy as np
import pytest

from sim.model.randomness.controlled import ControlledStreams, WorldNumbers
from sim.model.randomness.streams import RandomStreams
from sim.model.recording.history import Columns
from sim.model.simulate import simulate
from sim.scenario.schema.scenario import Scenario
from tests.worlds import real

SEED = 11


def controlled(parameters: WorldNumbers, draws: WorldNumbers) -> ControlledStreams:
    return ControlledStreams(SEED, parameters, draws)


def rows(columns: Columns) -> dict[str, list[object]]:
    return {name: values.tolist() for name, values in columns.items() if name != "world"}


@pytest.fixture
def scenario() -> Scenario:
    return real("pact").model_copy(update={"months": 3})


def test_each_world_with_its_own_parameters_and_draws_is_as_in_any_run(scenario: Scenario) -> None:
    worlds = np.arange(3, 12)
    controlled = simulate(scenario, 0, 9, streams=ControlledStreams(scenario.seed, worlds, worlds))
    expected = simulate(scenario, 3, 9)
    for table in ("worlds", "months", "events"):
        np.testing.assert_equal(rows(getattr(controlled, table)), rows(getattr(expected, table)))


def test_parameters_come_from_one_world_and_draws_from_another() -> None:
    streams = controlled(np.array([5, 5, 9]), np.array([0, 7, 7]))
    plain = RandomStreams(SEED, 0, 10)
    parameters = plain.uniform("assumption", 0, "rules.war.pace")
    draws = plain.uniform("dies", 4, "strait")
    assert (
        streams.uniform("assumption", 0, "rules.war.pace").tolist()
        == parameters[[5, 5, 9]].tolist()
    )
    assert streams.uniform("dies", 4, "strait").tolist() == draws[[0, 7, 7]].tolist()


def test_normal_numbers_are_draws_too() -> None:
    streams = controlled(np.array([1, 2]), np.array([6, 6]))
    expected = RandomStreams(SEED, 6, 1).normal("fortune", 2, "strait")
    assert streams.normal("fortune", 2, "strait").tolist() == [expected[0]] * 2


def test_other_draws_leave_the_parameters_as_they_are(scenario: Scenario) -> None:
    from sim.model.model import AllianceModel  # noqa: PLC0415

    same, other = np.zeros(30, dtype=np.int64), np.arange(30)
    block = AllianceModel(scenario, 0, 30, ControlledStreams(scenario.seed, same, other))
    try:
        reputation = block.context.state.rules.honour.reputation
        assert reputation.tolist() == [reputation[0]] * 30
    finally:
        block.close()


def test_a_plan_goes_before_what_is_drawn() -> None:
    quantiles = {"rules.war.pace": np.array([0.0, 0.25, 1.0])}
    worlds = np.arange(3)
    streams = ControlledStreams(SEED, worlds, worlds, quantiles)
    assert streams.uniform("assumption", 0, "rules.war.pace").tolist() == [0, 0.25, 1]
    plain = RandomStreams(SEED, 0, 3)
    for key in (("assumption", 0, "rules.war.other"), ("dies", 3, "rules.war.pace")):
        assert streams.uniform(*key).tolist() == plain.uniform(*key).tolist()
