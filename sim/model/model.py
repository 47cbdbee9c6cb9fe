"""A block of worlds: the Mesa model in which the actors live."""

from __future__ import annotations

import mesa

from sim.model.actor import Actor
from sim.model.context import PhaseContext
from sim.model.decisions.expectations import Expectations
from sim.model.measures.tally import tally_worlds
from sim.model.phases.balancing import run_balancing
from sim.model.phases.council import run_councils
from sim.model.phases.disclosure import disclose_exchanges
from sim.model.phases.disputes import run_disputes
from sim.model.phases.exchange import run_exchanges, set_opening_reliance
from sim.model.phases.joining import join_wars
from sim.model.phases.memory import update_memory
from sim.model.phases.mutual_defence import answer_calls
from sim.model.phases.provocation import run_provocations
from sim.model.phases.restraint import restrain_clients
from sim.model.phases.shocks import apply_shocks
from sim.model.phases.war import wage_wars
from sim.model.randomness.streams import RandomStreams
from sim.model.recording.chronicle import Chronicle
from sim.model.recording.history import History
from sim.model.state import opening_state
from sim.scenario.schema.scenario import Scenario


class AllianceModel(mesa.Model):  # type: ignore[misc]
    """Worlds `first` to `first + count - 1` of a scenario, lived side by side.

    Mesa's own random numbers are not used: luck is drawn by occasion
    (`sim.model.randomness.streams`).
    """

    def __init__(
        self, scenario: Scenario, first: int, count: int, streams: RandomStreams | None = None
    ) -> None:
        super().__init__(seed=0)
        state = opening_state(scenario, streams or RandomStreams(scenario.seed, first, count))
        set_opening_reliance(state)
        foresight = Expectations(state)
        actors = [Actor(self, index, state, foresight) for index in range(len(state.codes))]
        self.context = PhaseContext(state, actors, foresight, Chronicle(state))

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
        stage = self.context
        stage.state.begin_month()
        apply_shocks(stage)
        run_provocations(stage)
        run_councils(stage)
        run_disputes(stage)
        answer_calls(stage)
        join_wars(stage)
        wage_wars(stage)
        run_exchanges(stage)
        disclose_exchanges(stage)
        run_balancing(stage)
        restrain_clients(stage)
        update_memory(stage)
        stage.chronicle.record_month()

    def history(self) -> History:
        """Return what has happened so far."""
        chronicle = self.context.chronicle
        return History(tally_worlds(self.context), chronicle.months(), chronicle.events())

    def close(self) -> None:
        """Let Mesa forget the model; its register of ids would keep every block alive."""
        self.remove_all_agents()
        mesa.Agent._ids.pop(self, None)

    def release(self) -> None:
        """Close, and let go of everything; there is nothing to be done with the worlds afterwards.

        Worlds, stage and actors hold each other, so what they take would lie about until Python
        looks for such rings, and looking takes a while.
        """
        self.close()
        self.__dict__.clear()
