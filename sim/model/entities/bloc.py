"""A bloc whose members balance together against adversaries."""

from __future__ import annotations

import numpy as np

from sim.model.arrays import Counts, Mask, Vector
from sim.model.randomness.parameters import sample_parameter
from sim.model.randomness.streams import RandomStreams
from sim.scenario.schema.institutions import BlocSpec


class Bloc:
    """One bloc over a block of worlds; quantities are vectors (world,).

    Attributes:
        members, adversaries: rows of the actors; the first member leads.
        coordination: how well the members coordinate, 0 to 1.
        initial_coordination: coordination on the opening day.
        exercising: where an exercise is held this month.
        exercises: number of months with exercises so far.
        threat: perceived threat as a multiple of that on the opening day.
        reassurances: number of reassurances by the leader so far.
    """

    def __init__(
        self, code: str, spec: BlocSpec, index: dict[str, int], streams: RandomStreams
    ) -> None:
        self.code, self.spec = code, spec
        self.members = tuple(index[who] for who in spec.members)
        self.adversaries = tuple(index[who] for who in spec.against)
        self.coordination = sample_parameter(
            spec.coordination, f"blocs.{code}.coordination", streams
        )
        self.initial_coordination = self.coordination.copy()
        self.exercising: Mask = np.zeros(streams.count, dtype=bool)
        self.exercises: Counts = np.zeros(streams.count, dtype=np.int64)
        self.reassurances: Counts = np.zeros(streams.count, dtype=np.int64)
        self.threat: Vector = np.ones(streams.count)

    @property
    def gained(self) -> Vector:
        """Coordination gained since the opening day."""
        return self.coordination - self.initial_coordination

    def hold_exercises(self, held: Mask, gain: Vector, decay: Vector) -> None:
        """Raise coordination where exercises are held; elsewhere let what was gained decay."""
        raised = self.coordination + gain * (1 - self.coordination)
        decayed = self.coordination - decay * self.gained
        self.coordination = np.where(held, raised, decayed)
        self.exercising = held
        self.exercises = self.exercises + held
