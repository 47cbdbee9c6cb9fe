"""An actor that tests and provokes below the level of a dispute, over a block of worlds."""

from __future__ import annotations

import numpy as np

from sim.model.arrays import Counts, Vector, total
from sim.model.randomness.parameters import assume
from sim.model.randomness.streams import Luck
from sim.scenario.checks.arrangements import PROVOCATIONS
from sim.scenario.schema.institutions import ProvokerSpec

STRATEGIC = ("icbm", "satellite", "nuclear")
"""Classes that bring a draft before a council."""

MISSILES = ("ballistic", "icbm", "satellite")
"""Classes that a weapons programme drives."""


class Provoker:
    """Provocations of one actor; quantities are vectors (world,).

    The counts excite themselves: each brings `excitation` more over the following weeks (a Hawkes
    process taken month by month).

    Attributes:
        index: row of the actor; `towards` rows of those it provokes.
        outstanding: provocations that earlier ones are still to bring.
        counts: of the last month by class; `totals` since the scenario opened.
        tension: severity of late provocations, fading; `usual` what the record would give.
    """

    def __init__(self, code: str, spec: ProvokerSpec, index: dict[str, int], luck: Luck) -> None:
        key = f"provokers.{code}"
        self.code, self.index = code, index[code]
        self.towards = tuple(index[who] for who in spec.towards)
        self.rate = assume(spec.rate, f"{key}.rate", luck)
        self.excitation = assume(spec.excitation, f"{key}.excitation", luck)
        shares = [assume(getattr(spec, name), f"{key}.{name}", luck) for name in PROVOCATIONS]
        every = total(shares)
        self.shares = {
            name: share / every for name, share in zip(PROVOCATIONS, shares, strict=True)
        }
        self.outstanding: Vector = np.zeros(luck.count)
        self.counts = {name: np.zeros(luck.count, dtype=np.int64) for name in PROVOCATIONS}
        self.totals: dict[str, Counts] = {name: none.copy() for name, none in self.counts.items()}
        self.tension: Vector = np.ones(luck.count)
        self.usual: Vector = np.ones(luck.count)

    @property
    def usual_rate(self) -> Vector:
        """Provocations a month in the long run, where nothing moves them."""
        return self.rate / (1 - self.excitation)

    def settle_in(self, severity: dict[str, Vector], left: Vector, fades: Vector) -> None:
        """Begin where the process has run for long.

        Args:
            severity: what one provocation of each class adds to tension.
            left: what is left of excitation after a month.
            fades: what is left of tension after a month.
        """
        average = total(severity[name] * share for name, share in self.shares.items())
        self.outstanding = self.excitation * self.usual_rate / (1 - left)
        self.usual = average * self.usual_rate / (1 - fades)
        self.tension = self.usual.copy()

    def provoke(
        self, counts: dict[str, Counts], severity: dict[str, Vector], left: Vector, fades: Vector
    ) -> None:
        """Take in a month's provocations; the other arguments are those of `settle_in`."""
        self.counts = counts
        number = total(count.astype(float) for count in counts.values())
        self.outstanding = self.outstanding * left + self.excitation * number
        severe = total(severity[name] * count for name, count in counts.items())
        self.tension = self.tension * fades + severe
        for name, count in counts.items():
            self.totals[name] = self.totals[name] + count

    @property
    def strain(self) -> Vector:
        """Tension as a multiple of the usual."""
        return self.tension / np.maximum(self.usual, 1e-9)
