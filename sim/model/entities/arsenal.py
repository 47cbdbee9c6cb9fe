"""An actor's munitions: what it has, makes, gets and fires."""

from __future__ import annotations

import numpy as np

from sim.model.arrays import Mask, Vector
from sim.model.randomness.parameters import SampledGroup, sample_parameter
from sim.model.randomness.streams import RandomStreams
from sim.scenario.schema.means import MunitionsSpec


class Arsenal:
    """Artillery munitions of one actor over a block of worlds, in million rounds.

    Attributes:
        stock: what can be fired, (world,).
        production, use: made in a month; fired in a month of war when there is enough, (world,).
        imports: what arrived and has not been added to the stock yet, (world,).
        fired: in all so far, (world,).
        fired_share: share of what it would fire that it could, in the last month of war, (world,).
    """

    def __init__(self, spec: MunitionsSpec, key: str, streams: RandomStreams) -> None:
        self.stock = sample_parameter(spec.stock, f"{key}.stock", streams)
        self.production = sample_parameter(spec.production, f"{key}.production", streams)
        self.use = sample_parameter(spec.use, f"{key}.use", streams)
        self.imports: Vector = np.zeros(streams.count)
        self.fired: Vector = np.zeros(streams.count)
        self.fired_share: Vector = np.ones(streams.count)

    @property
    def deficit(self) -> Vector:
        """What it fires in a month of war beyond what it makes, (world,)."""
        return np.maximum(self.use - self.production, 0)

    @property
    def need(self) -> Vector:
        """The deficit as a share of its use, (world,), 0 to 1."""
        return np.divide(self.deficit, self.use, out=np.zeros_like(self.use), where=self.use > 0)

    def imports_wanted(self, rules: SampledGroup, at_war: Mask) -> Vector:
        """Return what it would import this month, (world,): the deficit, and stock made good."""
        short = np.maximum(rules.reserve * self.use - self.stock, 0)
        return self.deficit * at_war + short / rules.restocking

    def advance_month(self, at_war: Mask) -> None:
        """Make, take in and fire a month's munitions."""
        available = self.stock + self.production + self.imports
        fired = np.minimum(self.use, available) * at_war
        self.stock = available - fired
        self.imports = np.zeros_like(self.imports)
        self.fired = self.fired + fired
        met = np.divide(fired, self.use, out=np.ones_like(fired), where=self.use > 0)
        self.fired_share = np.where(at_war, met, 1.0)
