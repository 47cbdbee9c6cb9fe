from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from sim.analysis.data.drawn_parameters import draw_parameters, uncertain_parameters
from sim.model.arrays import Vector
from sim.model.randomness.streams import RandomStreams
from sim.model.simulate import simulate
from sim.scenario.load import load_scenario
from sim.scenario.schema.scenario import Scenario
from tests.scenario.folder import Folder

PACT = Path(__file__).parents[3] / "scenarios" / "pact.toml"


class Spy(RandomStreams):
    """Notes which assumptions were drawn."""

    def __init__(self, seed: int, first: int, count: int) -> None:
        super().__init__(seed, first, count)
        self.seen: dict[str, Vector] = {}

    def uniform(
        self, decision: str, month: int, who: str, towards: str = "", about: str = ""
    ) -> Vector:
        drawn = super().uniform(decision, month, who, towards, about)
        if decision == "assumption":
            self.seen[who] = drawn
        return drawn


@pytest.fixture(scope="module")
def pact() -> Scenario:
    return load_scenario(PACT, ["months=1"]).scenario


def test_every_assumption_of_the_engine_is_among_them(pact: Scenario) -> None:
    spy = Spy(pact.seed, 4, 6)
    simulate(pact, 4, 6, streams=spy)
    found = draw_parameters(pact, np.arange(4, 10))
    assert len(spy.seen) > 100
    assert spy.seen.keys() <= found.keys()


def test_they_are_what_the_worlds_were_lived_with(pact: Scenario) -> None:
    from sim.model.model import AllianceModel  # noqa: PLC0415

    block = AllianceModel(pact, 4, 6)
    try:
        lived = block.context.state.rules.honour.reputation
    finally:
        block.close()
    key = "rules.honour.reputation"
    assert draw_parameters(pact, np.arange(4, 10), [key])[key].tolist() == lived.tolist()


def test_all_lie_in_their_ranges_and_certain_numbers_are_left_out(tmp_path: Path) -> None:
    scenario = Folder.at(tmp_path).load("rules.honour.reputation=1.3").scenario
    drawn, numbers = draw_parameters(scenario, np.arange(200)), uncertain_parameters(scenario)
    assert "rules.honour.reputation" not in drawn
    for key, values in drawn.items():
        assert numbers[key].low <= values.min() < values.max() <= numbers[key].high


def test_worlds_of_any_numbers_can_be_asked_for(tmp_path: Path) -> None:
    scenario = Folder.at(tmp_path).load().scenario
    key = "rules.honour.reputation"
    every = draw_parameters(scenario, np.arange(20), [key])[key]
    assert (
        draw_parameters(scenario, np.array([17, 3]), [key])[key].tolist() == every[[17, 3]].tolist()
    )
