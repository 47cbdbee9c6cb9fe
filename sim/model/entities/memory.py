"""What actors remember of one another: affinity, and trust that a word is kept."""

from __future__ import annotations

import numpy as np

from sim.model.arrays import Mask, Vector
from sim.model.randomness.parameters import SampledGroup
from sim.model.theory.quantal_response import log_odds


class Memory:
    """Affinity and trust over a block of worlds.

    Trust is a Beta belief: everyone starts from the same prior, every promise seen kept or broken
    counts, acts done to others count less, and all fades with a half-life.

    Attributes:
        affinity: how alike and well-disposed two are, (actor, other, world), 0 to 1.
        initial_affinity: affinity on day one.
        honoured, reneged: promises of the second seen by the first, faded, (observer, actor, world).
    """

    def __init__(self, affinity: Vector, rules: SampledGroup) -> None:
        self.affinity = affinity
        self.initial_affinity = affinity.copy()
        self._rules = rules
        self._prior_log_odds = log_odds(rules.prior_mean)
        self.honoured: Vector = np.zeros_like(affinity)
        self.reneged: Vector = np.zeros_like(affinity)

    def belief(self, observer: int, actor: int) -> Vector:
        """Return the chance the observer gives an actor of keeping its word, (world,)."""
        rules = self._rules
        kept = rules.prior_mean * rules.prior_weight + self.honoured[observer, actor]
        return kept / (
            rules.prior_weight + self.honoured[observer, actor] + self.reneged[observer, actor]
        )

    def trust(self, observer: int, actor: int) -> Vector:
        """Return how far that belief is from where everyone starts, in log-odds, (world,)."""
        return log_odds(self.belief(observer, actor)) - self._prior_log_odds

    def gratitude(self, actor: int, other: int) -> Vector:
        """Return what the change of affinity since day one adds to the other's worth, (world,)."""
        changed = self.affinity[actor, other] - self.initial_affinity[actor, other]
        return self._rules.gratitude * changed

    def record_answer(self, actor: int, partner: int, honoured: Mask, reneged: Mask) -> None:
        """Remember that `actor` kept or broke its word to `partner`, where it did."""
        weight = np.tile(self._rules.bystander, (len(self.honoured), 1))
        weight[partner] = 1
        weight[actor] = 0
        self.honoured[:, actor] += weight * honoured
        self.reneged[:, actor] += weight * reneged
        self.change_affinity(
            partner, actor, self._rules.honoured * honoured + self._rules.reneged * reneged
        )

    def change_affinity(self, first: int, second: int, change: Vector) -> None:
        """Add to the affinity of two for each other, within 0 to 1."""
        for a, b in ((first, second), (second, first)):
            self.affinity[a, b] = np.clip(self.affinity[a, b] + change, 0, 1)

    def fade(self) -> None:
        """Let a month pass."""
        left: Vector = 0.5 ** (1 / self._rules.half_life)
        self.honoured *= left
        self.reneged *= left
