"""What the treaty did to a game: the same moves and the same draws without it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from sim.analysis.comparison.compare import list_added_treaties
from sim.analysis.stories.replay import WorldRecord, resimulate
from sim.experiment.storage.results import Results
from sim.output import format_count
from sim.play.debrief.pairs import WorldPair, pair_worlds
from sim.play.debrief.runs import Effect, Simulation, find_effect
from sim.play.debrief.sides import PlayedGame, counterpart_side, with_past
from sim.play.debrief.surprises import list_moves
from sim.scenario.load import LoadedScenario


@dataclass(frozen=True)
class TreatyEffect:
    """A game beside the same moves in the counterpart.

    Attributes:
        title: the title of the counterpart.
        pair: the world of the game in both scenarios.
        idle: moves that find no occasion in the counterpart, and did in the game.
        effect: what differs in ordinary worlds, with the treaty less without it.
    """

    title: str
    pair: WorldPair
    idle: int
    effect: Effect

    @property
    def finding(self) -> str:
        """What differs in the game, and which of its orders found no occasion, in sentences."""
        orders = format_count(self.idle, "order")
        verb = "finds" if self.idle == 1 else "find"
        idle = f" {orders} of yours {verb} no occasion there." if self.idle else ""
        return f"{self.pair.finding}{idle}"


def find_treaty_effect(
    game: PlayedGame,
    record: WorldRecord,
    ordinary: Results,
    without: Path | None,
    simulation: Simulation,
) -> TreatyEffect | None:
    """Return what the treaty did; None where there is no treaty to take away.

    Raises:
        ScenarioError: the counterpart cannot be used.
        RequestError: it differs in its start or its actors.
    """
    counterpart = counterpart_side(game, without, ordinary.scenario.worlds)
    if counterpart is None:
        return None
    replayed = resimulate(with_past(game, counterpart.scenario), game.past.world)
    own_moves, other_moves = (list_moves(each, game.past) for each in (record, replayed))
    idle = sum(
        own.choice is not None and other.choice is None
        for own, other in zip(own_moves, other_moves, strict=True)
    )
    return TreatyEffect(
        counterpart.scenario.title,
        pair_worlds(record, replayed, ("your game", f"your game {_name(game, counterpart)}")),
        idle,
        find_effect(ordinary, simulation.run(counterpart)),
    )


def _name(game: PlayedGame, counterpart: LoadedScenario) -> str:
    """Return what distinguishes the counterpart, in a few words."""
    own, other = game.scenario, counterpart.scenario
    for word, treaties in (
        ("without", list_added_treaties(own, other)),
        ("with", list_added_treaties(other, own)),
    ):
        if treaties:
            return f"{word} the {'treaty' if len(treaties) == 1 else 'treaties'}"
    return f"in {other.title}"
