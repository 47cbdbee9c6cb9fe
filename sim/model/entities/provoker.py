"""An actor that tests and provokes below the level of a dispute, over a block of worlds."""

from __future__ import annotations

import numpy as np

from sim.model.arrays import Counts, Vector, total
from sim.model.randomness.parameters import sample_parameter
from sim.model.randomness.streams import RandomStreams
from sim.scenario.checks.arrangements import PROVOCATION_CLASSES
from sim.scenario.schema.institutions import ProvokerSpec

STRATEGIC_CLASSES = ("icbm", "satellite", "nuclear")
"""Classes that bring a draft before a council."""

MISSILE_CLASSES = ("ballistic", "icbm", "satellite")
"""Classes that a weapons programme drives."""


class Provoker:
    """Provocations of one actor; quantities are vectors (world,).

    The counts excite themselves: each brings `excitation` more over the following weeks (a Hawkes
    process taken month by month).

    Attributes:
        index: row of the actor; `targets` rows of those it provokes.
        outstanding: provocations that earlier ones are still to bring.
        counts: of the last month by class; `totals` since the scenario opened.
        tension: severity of late provocations, fading; `baseline_tension` what the record would give.
    """

    def __init__(
        self, code: str, spec: ProvokerSpec, index: dict[str, int], streams: RandomStreams
    ) -> None:
        key = f"provokers.{code}"
        self.code, self.index = code, index[code]
        self.targets = tuple(index[who] for who in spec.towards)
        self.rate = sample_parameter(spec.rate, f"{key}.rate", streams)
        self.excitation = sample_parameter(spec.excitation, f"{key}.excitation", streams)
        shares = [
            sample_parameter(getattr(spec, name), f"{key}.{name}", streams)
            for name in PROVOCATION_CLASSES
        ]
        every = total(shares)
        self.shares = {
            name: share / every for name, share in zip(PROVOCATION_CLASSES, shares, strict=True)
        }
        self.outstanding: Vector = np.zeros(streams.count)
        self.counts = {
            name: np.zeros(streams.count, dtype=np.int64) for name in PROVOCATION_CLASSES
        }
        self.totals: dict[str, Counts] = {name: none.copy() for name, none in self.counts.items()}
        self.tension: Vector = np.ones(streams.count)
        self.baseline_tension: Vector = np.ones(streams.count)

    @property
    def baseline_rate(self) -> Vector:
        """Provocations a month in the long run, where nothing moves them."""
        return self.rate / (1 - self.excitation)

    def start_in_equilibrium(
        self, severity: dict[str, Vector], excitation_decay: Vector, tension_decay: Vector
    ) -> None:
        """Begin where the process has run for long.

        Args:
            severity: what one provocation of each class adds to tension.
            excitation_decay: what is left of excitation after a month.
            tension_decay: what is left of tension after a month.
        """
        average = total(severity[name] * share for name, share in self.shares.items())
        self.outstanding = self.excitation * self.baseline_rate / (1 - excitation_decay)
        self.baseline_tension = average * self.baseline_rate / (1 - tension_decay)
        self.tension = self.baseline_tension.copy()

    def record_provocations(
        self,
        counts: dict[str, Counts],
        severity: dict[str, Vector],
        excitation_decay: Vector,
        tension_decay: Vector,
    ) -> None:
        """Take in a month's provocations; the other arguments are those of `start_in_equilibrium`."""
        self.counts = counts
        number = total(count.astype(float) for count in counts.values())
        self.outstanding = self.outstanding * excitation_decay + self.excitation * number
        severe = total(severity[name] * count for name, count in counts.items())
        self.tension = self.tension * tension_decay + severe
        for name, count in counts.items():
            self.totals[name] = self.totals[name] + count

    @property
    def total_provocations(self) -> Counts:
        """Provocations of all classes since the scenario opened, (world,)."""
        count: Counts = np.add.reduce(list(self.totals.values()))
        return count

    @property
    def relative_tension(self) -> Vector:
        """Tension as a multiple of the usual."""
        return self.tension / np.maximum(self.baseline_tension, 1e-9)
