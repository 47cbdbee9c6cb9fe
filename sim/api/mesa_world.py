"""Python API: WorldModel, one world as a plain model of Mesa."""

from __future__ import annotations

from functools import partial
from typing import Any

import numpy as np
import pandas as pd
from mesa import DataCollector

from sim.api.inputs import ScenarioInput, Settings, load_input
from sim.errors import RequestError
from sim.model.actor import Actor
from sim.model.measures.propensity import binding_between
from sim.model.measures.tally import tally_worlds
from sim.model.model import AllianceModel
from sim.model.recording.history import Columns
from sim.scenario.schema.scenario import Scenario


class WorldModel(AllianceModel):
    """One world of a scenario, as a model of Mesa (ter Hoeven and others 2025, JOSS 10:7668).

    Its agents are the states, and `step()` is a month. `datacollector` has a row for the opening
    day and for each month: of the model the columns of `months`; of each agent its code, its
    capability, whether it is at war, and the furthest aid that it gives. The world is the same, to
    the last bit, as that of its number in `sim.run`.

    The step after the last month only ends the model: `batch_run` of Mesa 3.3 leaves out what the
    last step collected (Mesa's issue 2514).

    Attributes:
        scenario: the scenario.
        world: the number of the world.
        datacollector: what was collected.
    """

    def __init__(
        self,
        scenario: ScenarioInput = "pact",
        world: int = 0,
        *,
        settings: Settings = (),
        months: int | None = None,
        seed: int | None = None,
    ) -> None:
        """Open a world.

        Args:
            scenario: the scenario.
            world: the number of the world, from 0.
            settings: what overrides the scenario.
            months: months until the model ends.
            seed: the random seed.

        Raises:
            ScenarioError: the scenario cannot be used.
            RequestError: there is no such world, or a setting is not valid.
        """
        self.scenario: Scenario = load_input(scenario, settings, None, months, seed).scenario
        if not isinstance(world, int | np.integer) or world < 0:
            raise RequestError(f"world: {world!r} is none\n    allowed: 0, 1, 2 and so on")
        super().__init__(self.scenario, int(world), 1)
        self.world = int(world)
        self._now: tuple[int, Columns] = (-1, {})
        names = [name for name in self.read_month() if name != "world"]
        self.datacollector = DataCollector(
            model_reporters={name: partial(_report, name=name) for name in names},
            agent_reporters={
                "code": "code",
                "capability": _report_capability,
                "at_war": _report_war,
                "aid": _report_aid,
            },
        )
        self.datacollector.collect(self)

    def step(self) -> None:
        """Simulate one month and collect its data; after the last, end the model."""
        if self.month >= self.scenario.months:
            self.running = False
            return
        super().step()
        self.datacollector.collect(self)

    @property
    def month(self) -> int:
        """The number of months simulated."""
        return self.context.state.month

    def read_month(self) -> dict[str, Any]:
        """Return the state of this moment: the columns of `months`, by name."""
        if self._now[0] != self.month:
            self._now = self.month, self._read_columns()
        return {name: values[0].item() for name, values in self._now[1].items()}

    def _read_columns(self) -> Columns:
        """Return the columns; on the opening day treaties bind as in the first month."""
        state = self.context.state
        if self.month:
            return self.context.chronicle.read_month()
        state.binding = {code: binding_between(state, it) for code, it in state.treaties.items()}
        columns = self.context.chronicle.read_month()
        state.binding = {}  # the first month finds none before it
        return columns

    def measures(self) -> pd.Series:
        """Return every measure of the world so far, by name."""
        return pd.Series({name: values[0] for name, values in tally_worlds(self.context).items()})

    def events(self) -> pd.DataFrame:
        """Return the events so far: `world`, `month`, `event`, `actor`, `towards` and so on."""
        return pd.DataFrame(self.history().events)


def _report(model: WorldModel, name: str) -> Any:
    return model.read_month()[name]


def _report_capability(actor: Actor) -> float:
    return float(actor.model.context.state.capability[actor.index, 0])


def _report_aid(actor: Actor) -> int:
    """Return the most that an actor does in any war, 0 nothing to 3 open war."""
    wars = [it.war for it in actor.model.context.state.rivalries.values() if it.war.on[0]]
    return max((int(war.level[:, actor.index, 0].max()) for war in wars), default=0)


def _report_war(actor: Actor) -> bool:
    return _report_aid(actor) == 3
