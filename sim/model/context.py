"""The context in which a phase of the month runs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from sim.model.actor import Actor
from sim.model.arrays import Mask
from sim.model.decisions.answers import Answers
from sim.model.decisions.crisis_decisions import CrisisDecisions
from sim.model.decisions.interventions import Interventions
from sim.model.decisions.treaty_moves import TreatyMoves
from sim.model.entities.rivalry import Rivalry
from sim.model.foresight.expectations import Expectations
from sim.model.recording.choice_rates import ChoiceRecorder
from sim.model.recording.chronicle import Chronicle
from sim.model.state import State


@dataclass
class PhaseContext:
    """The state, the actors that decide, and the chronicle of what they do.

    Attributes:
        entrapped: where a commitment dragged an actor into a war against its preference,
            (actor, world).
        called: where an actor called for aid that was due, (actor, world).
        abandoned: where an actor called for aid that was due and was refused, (actor, world).
        entered: where an actor entered a war between others, (actor, world).
        nuclear_use: where a nuclear weapon was used, (world,).
        crisis: decides the choices of a crisis.
        answers: decides the answers to calls.
        interventions: decides who joins wars.
        treaty_moves: decides which treaties are concluded and left.
        choices: where the chances of this month's choices are recorded; None if they are not.
    """

    state: State
    actors: list[Actor]
    expectations: Expectations
    chronicle: Chronicle
    choices: ChoiceRecorder | None = None

    def __post_init__(self) -> None:
        self.crisis = CrisisDecisions(self.expectations)
        self.answers = Answers(self.state)
        self.interventions = Interventions(self.state)
        self.treaty_moves = TreatyMoves(self.state)
        shape = (len(self.actors), self.state.count)
        self.entrapped: Mask = np.zeros(shape, dtype=bool)
        self.called: Mask = np.zeros(shape, dtype=bool)
        self.abandoned: Mask = np.zeros(shape, dtype=bool)
        self.entered: Mask = np.zeros(shape, dtype=bool)
        self.nuclear_use: Mask = np.zeros(self.state.count, dtype=bool)

    def rivalry_sides(self) -> Iterator[tuple[Rivalry, int, Actor]]:
        """Yield every rivalry from each of its two sides, with the actor on that side."""
        for rivalry in self.state.rivalries.values():
            for side in (0, 1):
                yield rivalry, side, self.actors[rivalry.rivals[side]]
