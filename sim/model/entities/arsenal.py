"""An actor's munitions: stock, production, imports and use."""

from __future__ import annotations

import numpy as np

from sim.model.arrays import Mask, Vector
from sim.model.randomness.parameters import SampledGroup, sample_parameter
from sim.model.randomness.streams import RandomStreams
from sim.scenario.schema.means import MunitionsSpec


class Arsenal:
    """Artillery munitions of one actor over a block of worlds, in million rounds.

    Attributes:
        stock: munitions that can be fired, (world,).
        production: output of a month, (world,).
        use: munitions fired in a month of war if there are enough, (world,).
        deficit: use in a month of war beyond production, (world,).
        need: the deficit as a share of use, (world,), 0 to 1.
        imports: munitions that arrived and are not yet in the stock, (world,).
        fired: munitions fired since the scenario opened, (world,).
        fired_share: share of `use` that was fired in the last month of war, (world,).
    """

    def __init__(self, spec: MunitionsSpec, key: str, streams: RandomStreams) -> None:
        self.stock = sample_parameter(spec.stock, f"{key}.stock", streams)
        self.use = sample_parameter(spec.use, f"{key}.use", streams)
        self._first_production = sample_parameter(spec.production, f"{key}.production", streams)
        self._produce(self._first_production)
        self.imports: Vector = np.zeros(streams.count)
        self.fired: Vector = np.zeros(streams.count)
        self.fired_share: Vector = np.ones(streams.count)

    def scale_production(self, level: Vector) -> None:
        """Set production to a multiple of that of the opening day, (world,)."""
        self._produce(self._first_production * level)

    def _produce(self, production: Vector) -> None:
        self.production = production
        self.deficit = np.maximum(self.use - production, 0)
        self.need = np.divide(
            self.deficit, self.use, out=np.zeros_like(self.use), where=self.use > 0
        )

    def imports_wanted(self, rules: SampledGroup, at_war: Mask) -> Vector:
        """Return the imports it wants this month, (world,): the deficit, and some restocking."""
        return self.deficit * at_war + self._missing(rules) / rules.restocking

    def lacking(self, rules: SampledGroup, at_war: Mask) -> Vector:
        """Return all that it lacks this month, (world,): the deficit, and a full reserve."""
        return self.deficit * at_war + self._missing(rules)

    def _missing(self, rules: SampledGroup) -> Vector:
        return np.maximum(rules.reserve * self.use - self.stock, 0)

    def advance_month(self, at_war: Mask) -> None:
        """Produce, take in and fire the munitions of a month."""
        available = self.stock + self.production + self.imports
        fired = np.minimum(self.use, available) * at_war
        self.stock = available - fired
        self.imports = np.zeros_like(self.imports)
        self.fired = self.fired + fired
        fired_share = np.divide(fired, self.use, out=np.ones_like(fired), where=self.use > 0)
        self.fired_share = np.where(at_war, fired_share, 1.0)
