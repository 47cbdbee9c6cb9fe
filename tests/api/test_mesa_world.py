"""A user of Mesa finds a model, its agents, its steps and its data."""

from __future__ import annotations

from collections.abc import Iterator

import mesa
import numpy as np
import pandas as pd
import pytest

import sim
from sim.errors import RequestError
from tests.scenario.folder import Folder

WORLD, MONTHS = 3, 2


@pytest.fixture(scope="module", autouse=True)
def _folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Work in a folder with a small scenario."""
    folder = Folder.at(tmp_path_factory.mktemp("mesa"))
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder.path)
        yield


@pytest.fixture(scope="module")
def played(_folder: None) -> sim.WorldModel:
    """Return a world that was run to its end."""
    model = sim.WorldModel("whole", WORLD, months=MONTHS)
    model.run_model()
    return model


def test_it_is_a_model_whose_agents_are_the_states(played: sim.WorldModel) -> None:
    assert isinstance(played, mesa.Model)
    assert played.agents.get("code") == list(played.scenario.actors)
    assert len(played.agents.select(lambda agent: agent.code == "syldavia")) == 1


def test_a_step_is_a_month_until_the_last(played: sim.WorldModel) -> None:
    model = sim.WorldModel("whole", WORLD, months=MONTHS)
    model.step()
    assert (model.month, model.steps, model.running) == (1, 1, True)
    assert (played.month, played.running) == (MONTHS, False)


def test_its_data_are_the_months_of_the_run(played: sim.WorldModel) -> None:
    run = sim.run("whole", worlds=WORLD + 1, months=MONTHS)
    months = run.months[run.months["world"] == WORLD].drop(columns="world").reset_index(drop=True)
    collected = played.datacollector.get_model_vars_dataframe().iloc[1:].reset_index(drop=True)
    assert list(collected) == list(months)
    assert np.allclose(collected.astype(float), months.astype(float), equal_nan=True)
    own = run.worlds.set_index("world").loc[WORLD]
    assert all(played.measures()[name] == own[name] for name in ("war_any", "disputes"))
    events = run.events[run.events["world"] == WORLD].reset_index(drop=True)
    assert played.events()["event"].tolist() == events["event"].tolist()


def test_every_agent_has_its_rows(played: sim.WorldModel) -> None:
    agents = played.datacollector.get_agent_vars_dataframe()
    assert len(agents) == len(played.agents) * (MONTHS + 1)
    assert agents["at_war"].equals(agents["aid"] == 3)
    assert agents["at_war"].any()


def test_a_batch_run_of_mesa_has_every_month() -> None:
    given = {"scenario": "whole", "world": [0, 1], "months": MONTHS}
    rows = pd.DataFrame(
        mesa.batch_run(sim.WorldModel, given, data_collection_period=1, display_progress=False)
    )
    assert sorted(set(rows["Step"])) == sorted(set(rows["month"])) == list(range(MONTHS + 1))
    assert (rows["Step"] == rows["month"]).all()
    assert set(rows["code"]) == set(sim.read_scenario("whole").actors)


@pytest.mark.parametrize("world", [-1, "3", 1.5])
def test_what_is_no_world_is_refused(world: object) -> None:
    with pytest.raises(RequestError, match=r"world: .* is none\n    allowed: 0, 1, 2"):
        sim.WorldModel("whole", world)  # type: ignore[arg-type]
