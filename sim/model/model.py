"""The Mesa model of a block of worlds."""

from __future__ import annotations

from sim.model.actor import Actor
from sim.model.context import PhaseContext
from sim.model.decisions.played import Played, moves_by_key
from sim.model.foresight.expectations import Expectations
from sim.model.measures.tally import tally_worlds
from sim.model.mesa_core import Agent, Model
from sim.model.opening import opening_state, renew_rules
from sim.model.phases.acts import record_standing
from sim.model.phases.balancing import run_balancing
from sim.model.phases.council import run_councils
from sim.model.phases.disclosure import disclose_exchanges
from sim.model.phases.disputes import run_disputes
from sim.model.phases.exchange import run_exchanges, set_opening_reliance
from sim.model.phases.governments import change_governments
from sim.model.phases.joining import join_wars
from sim.model.phases.memory import update_memory
from sim.model.phases.mutual_defence import answer_calls
from sim.model.phases.provocation import run_provocations
from sim.model.phases.restraint import restrain_clients
from sim.model.phases.shocks import apply_shocks
from sim.model.phases.treaties import move_treaties
from sim.model.phases.war import wage_wars
from sim.model.randomness.forked import open_streams
from sim.model.randomness.streams import RandomStreams
from sim.model.recording.chronicle import Chronicle
from sim.model.recording.history import History
from sim.scenario.schema.past import RulesAfterwards
from sim.scenario.schema.scenario import Scenario

_PHASES = (
    change_governments,
    move_treaties,
    apply_shocks,
    run_provocations,
    run_councils,
    run_disputes,
    answer_calls,
    join_wars,
    wage_wars,
    run_exchanges,
    disclose_exchanges,
    run_balancing,
    restrain_clients,
    update_memory,
)
"""What happens in a month, in order."""


class AllianceModel(Model):  # type: ignore[misc]
    """Worlds `first` to `first + count - 1` of a scenario, simulated side by side.

    Mesa's own random numbers are not used: every draw has a key of its own
    (`sim.model.randomness.streams`).
    """

    def __init__(
        self,
        scenario: Scenario,
        first: int,
        count: int,
        streams: RandomStreams | None = None,
        played: Played | None = None,
    ) -> None:
        super().__init__(seed=0)
        past = scenario.past
        state = opening_state(scenario, streams or open_streams(scenario.seed, past, first, count))
        state.played = played or (Played(moves_by_key(past.moves)) if past else None)
        set_opening_reliance(state)
        expectations = Expectations(state)
        actors = [Actor(self, index, state, expectations) for index in range(len(state.codes))]
        self.context = PhaseContext(state, actors, expectations, Chronicle(state))

    def step(self) -> None:
        """Simulate one month.

        1. The month begins: treaties enter into force or lapse.
        2. The supporters of autocrats may change.
        3. Actors conclude treaties and leave them.
        4. The shocks of the scenario occur.
        5. Actors provoke below the level of a dispute.
        6. Councils draft, veto and enforce sanctions.
        7. Disputes escalate, de-escalate or end with one side yielding; rivals challenge, and the
           target resists or does not.
        8. Attacked actors call their allies, which answer under the mutual-defence rule, to a
           fixed point.
        9. Third parties may join a war.
        10. Wars are fought for a month.
        11. Exchanges deliver munitions and soldiers, and return goods and technology; the output of
            munitions grows in war and falls back after it.
        12. Other actors observe the exchanges; the parties deny or admit them.
        13. The opposing bloc balances.
        14. Patrons restrain their clients.
        15. Actors update their memory.
        16. The chronicle records the month.

        Where a seat is asked to decide by hand, the month is broken off after that phase, which
        went on with what was drawn.
        """
        _begin_month(self.context)
        for phase in _PHASES:
            phase(self.context)
            if self.waits:
                return
        self.context.chronicle.record_month()

    @property
    def waits(self) -> bool:
        """Whether a month was broken off after a phase in which a seat was asked to decide."""
        played = self.context.state.played
        return played is not None and bool(played.asked)

    def history(self) -> History:
        """Return the history of the months simulated so far."""
        return self.context.chronicle.history(tally_worlds(self.context))

    def close(self) -> None:
        """Remove the model from Mesa's register of ids, which would keep every block in memory."""
        self.remove_all_agents()
        Agent._ids.pop(self, None)

    def release(self) -> None:
        """Close the model and drop all it holds; it cannot be used afterwards.

        The model, its context and its actors refer to each other. Without this their memory would
        stay in use until Python collects such cycles, which takes a while.
        """
        self.close()
        self.__dict__.clear()


def _begin_month(context: PhaseContext) -> None:
    """Begin a month; the first after the past may find the rules unknown."""
    state, past = context.state, context.state.scenario.past
    if past and past.rules is RulesAfterwards.UNKNOWN and state.month == past.months:
        renew_rules(state)
        context.expectations.forget()
    state.begin_month()
    record_standing(context)
    if state.played and not state.played.seats and state.month > state.played.last_month:
        state.played = None  # nothing more is decided by hand
