"""A block of worlds: the Mesa model in which the actors live."""

from __future__ import annotations

import mesa

from sim.model.actor import Actor
from sim.model.context import Stage
from sim.model.decisions.expectations import Foresight
from sim.model.measures.tally import tally
from sim.model.phases.balancing import balance
from sim.model.phases.council import convene
from sim.model.phases.disclosure import observe
from sim.model.phases.disputes import dispute
from sim.model.phases.exchange import opening_reliance, trade
from sim.model.phases.joining import join_wars
from sim.model.phases.memory import remember
from sim.model.phases.mutual_defence import answer_calls
from sim.model.phases.provocation import provoke
from sim.model.phases.restraint import restrain
from sim.model.phases.shocks import strike_shocks
from sim.model.phases.war import wage_wars
from sim.model.randomness.streams import Luck
from sim.model.recording.chronicle import Chronicle
from sim.model.recording.history import History
from sim.model.state import opening_state
from sim.scenario.schema.scenario import Scenario


class Worlds(mesa.Model):  # type: ignore[misc]
    """Worlds `first` to `first + count - 1` of a scenario, lived side by side.

    Mesa's own random numbers are not used: luck is drawn by occasion
    (`sim.model.randomness.streams`).
    """

    def __init__(
        self, scenario: Scenario, first: int, count: int, luck: Luck | None = None
    ) -> None:
        super().__init__(seed=0)
        state = opening_state(scenario, luck or Luck(scenario.seed, first, count))
        opening_reliance(state)
        foresight = Foresight(state)
        actors = [Actor(self, index, state, foresight) for index in range(len(state.codes))]
        self.stage = Stage(state, actors, foresight, Chronicle(state))

    def step(self) -> None:
        """Live one month.

        1. The month begins: treaties come into force or lapse.
        2. Shocks the scenario assumes strike.
        3. Provocations below the level of a dispute.
        4. The council: drafts, vetoes, enforcement.
        5. Disputes climb, calm down or end with one side yielding; rivals challenge, and the
           challenged resist or let it pass.
        6. Those attacked call; allies answer under the mutual-defence rule, to a fixed point.
        7. Others may join.
        8. Wars go on for a month.
        9. The exchange: arms and men, goods and technology.
        10. Others observe it; its parties deny or admit.
        11. The opposing bloc balances.
        12. Patrons restrain their clients.
        13. The month is remembered.
        14. The chronicle is written.
        """
        stage = self.stage
        stage.state.begin_month()
        strike_shocks(stage)
        provoke(stage)
        convene(stage)
        dispute(stage)
        answer_calls(stage)
        join_wars(stage)
        wage_wars(stage)
        trade(stage)
        observe(stage)
        balance(stage)
        restrain(stage)
        remember(stage)
        stage.chronicle.close_month()

    def history(self) -> History:
        """Return what has happened so far."""
        chronicle = self.stage.chronicle
        return History(tally(self.stage), chronicle.months(), chronicle.events())

    def close(self) -> None:
        """Let Mesa forget the model; its register of ids would keep every block alive."""
        self.remove_all_agents()
        mesa.Agent._ids.pop(self, None)

    def dissolve(self) -> None:
        """Close, and let go of everything; there is nothing to be done with the worlds afterwards.

        Worlds, stage and actors hold each other, so what they take would lie about until Python
        looks for such rings, and looking takes a while.
        """
        self.close()
        self.__dict__.clear()
