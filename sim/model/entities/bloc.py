"""A bloc that balances together against others."""

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
        coordination: how well they coordinate, 0 to 1; `initial_coordination` on day one.
        exercising: where an exercise is held this month; `exercises` how many so far.
        threat: what they perceive, as a multiple of day one.
        reassurances: reassurances of the leader so far.
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
        """Coordination gained since day one."""
        return self.coordination - self.initial_coordination

    def hold_exercises(self, held: Mask, gain: Vector, decay: Vector) -> None:
        """Hold exercises where they are held; elsewhere what was gained wears off."""
        better = self.coordination + gain * (1 - self.coordination)
        worse = self.coordination - decay * self.gained
        self.coordination = np.where(held, better, worse)
        self.exercising = held
        self.exercises = self.exercises + held
