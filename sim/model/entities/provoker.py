"""An actor that tests and provokes below the level of a dispute, over a block of worlds."""

from __future__ import annotations

import numpy as np

from sim.model.arrays import Counts, Vector, total
from sim.model.randomness.parameters import sample_parameter
from sim.model.randomness.streams import RandomStreams
from sim.scenario.checks.arrangements import PROVOCATION_CLASSES
from sim.scenario.schema.institutions import ProvokerSpec

STRATEGIC_CLASSES = ("icbm", "satellite", "nuclear")
"""Classes that may lead to a draft in a council."""

MISSILE_CLASSES = ("ballistic", "icbm", "satellite")
"""Classes whose number depends on a weapons programme."""


class Provoker:
    """Provocations of one actor; quantities are vectors (world,).

    The process is self-exciting: each provocation leads to `excitation` more over the following
    weeks (a Hawkes process in monthly steps).

    Attributes:
        index: row of the actor.
        targets: rows of the actors it provokes.
        outstanding: expected provocations still to follow from earlier ones.
        counts: provocations of the last month, by class.
        totals: provocations since the scenario opened, by class.
        tension: decayed severity of recent provocations.
        baseline_tension: tension at the rate of the historical record.
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
        share_total = total(shares)
        self.shares = {
            name: share / share_total
            for name, share in zip(PROVOCATION_CLASSES, shares, strict=True)
        }
        self.outstanding: Vector = np.zeros(streams.count)
        self.counts = {
            name: np.zeros(streams.count, dtype=np.int64) for name in PROVOCATION_CLASSES
        }
        self.totals: dict[str, Counts] = {name: count.copy() for name, count in self.counts.items()}
        self.tension: Vector = np.ones(streams.count)
        self.baseline_tension: Vector = np.ones(streams.count)

    @property
    def baseline_rate(self) -> Vector:
        """Provocations a month in the long run, if nothing else affects them."""
        return self.rate / (1 - self.excitation)

    def start_in_equilibrium(
        self, severity: dict[str, Vector], excitation_decay: Vector, tension_decay: Vector
    ) -> None:
        """Start the process in its long-run equilibrium.

        Args:
            severity: tension added by one provocation, by class.
            excitation_decay: share of excitation left after a month.
            tension_decay: share of tension left after a month.
        """
        mean_severity = total(severity[name] * share for name, share in self.shares.items())
        self.outstanding = self.excitation * self.baseline_rate / (1 - excitation_decay)
        self.baseline_tension = mean_severity * self.baseline_rate / (1 - tension_decay)
        self.tension = self.baseline_tension.copy()

    def record_provocations(
        self,
        counts: dict[str, Counts],
        severity: dict[str, Vector],
        excitation_decay: Vector,
        tension_decay: Vector,
    ) -> None:
        """Record the provocations of a month; other arguments as in `start_in_equilibrium`."""
        self.counts = counts
        number = total(count.astype(float) for count in counts.values())
        self.outstanding = self.outstanding * excitation_decay + self.excitation * number
        added = total(severity[name] * count for name, count in counts.items())
        self.tension = self.tension * tension_decay + added
        for name, count in counts.items():
            self.totals[name] = self.totals[name] + count

    @property
    def total_provocations(self) -> Counts:
        """Provocations of all classes since the scenario opened, (world,)."""
        count: Counts = np.add.reduce(list(self.totals.values()))
        return count

    @property
    def relative_tension(self) -> Vector:
        """Tension as a multiple of the baseline."""
        return self.tension / np.maximum(self.baseline_tension, 1e-9)
