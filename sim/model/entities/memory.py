"""Memory of actors: affinity, and trust that commitments are honoured."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from sim.model.arrays import Mask, Vector, any_world
from sim.model.places import EVERYWHERE, Index, Places, Who
from sim.model.randomness.parameters import SampledGroup
from sim.model.theory.quantal_response import log_odds

_LEAST, _MOST = np.array(0.0), np.array(1.0)
"""The limits of affinity, as arrays of no axis, which numpy need not make each time."""


class Answers(NamedTuple):
    """Decayed numbers of answers by which commitments were honoured and reneged on, (world,)."""

    honoured: Vector
    reneged: Vector


class Memory:
    """Affinity and trust over a block of worlds.

    Trust is a Beta belief. All observers start from the same prior; every commitment seen honoured
    or reneged on counts, less if it was towards others, and all decays with a half-life.

    Attributes:
        affinity: similarity and goodwill of two actors, (actor, other, world), 0 to 1.
        initial_affinity: affinity on the opening day.
        honoured, reneged: decayed counts of the actor's answers, (observer, actor, world).
    """

    def __init__(self, affinity: Vector, rules: SampledGroup) -> None:
        self.affinity = affinity
        self.initial_affinity = affinity.copy()
        self.adopt_rules(rules)
        self.honoured: Vector = np.zeros_like(affinity)
        self.reneged: Vector = np.zeros_like(affinity)

    def adopt_rules(self, rules: SampledGroup) -> None:
        """Let actors learn and forget by the coefficients `rules.memory`."""
        self._rules = rules
        self._prior_log_odds = log_odds(rules.prior_mean)
        self._left_after_month: Vector = 0.5 ** (1 / rules.half_life)

    def belief(self, observer: Who, actor: Who, at: Places = EVERYWHERE) -> Vector:
        """Return the probability, to the observer, that an actor honours a commitment, (world,)."""
        return self._believe(self.answers(observer, actor, at), at)

    def trust(self, observer: Who, actor: Who, at: Places = EVERYWHERE) -> Vector:
        """Return the difference of the belief from the prior, in log-odds, (world,)."""
        return self.learn(self.answers(observer, actor, at), at)

    def answers(self, observer: Who, actor: Who, at: Places = EVERYWHERE) -> Answers:
        """Return the decayed numbers of the actor's answers that the observer saw, (world,)."""
        honoured = at.read_pair(self.honoured, observer, actor)
        return Answers(honoured, at.read_pair(self.reneged, observer, actor))

    def learn(self, seen: Answers, at: Places = EVERYWHERE) -> Vector:
        """Return the trust, (world,), of who saw so many answers."""
        return log_odds(self._believe(seen, at)) - at.of(self._prior_log_odds)

    def _believe(self, seen: Answers, at: Places) -> Vector:
        prior_mean, weight = at.of(self._rules.prior_mean), at.of(self._rules.prior_weight)
        honoured, reneged = seen
        return (prior_mean * weight + honoured) / (weight + honoured + reneged)

    def gratitude(self, actor: Who, other: Who, at: Places = EVERYWHERE) -> Vector:
        """Return what the change of affinity adds to the other's worth, (world,)."""
        now = at.read_pair(self.affinity, actor, other)
        changed = now - at.read_pair(self.initial_affinity, actor, other)
        return at.of(self._rules.gratitude) * changed

    def record_answer(self, actor: int, partner: int, worlds: Index, honoured: Mask) -> None:
        """Record that `actor` answered `partner`, to which it owed aid.

        Args:
            actor: row of the actor.
            partner: row of the partner.
            worlds: where it answered, (case,).
            honoured: where it honoured its commitment; it reneged in the others, (case,).
        """
        rules, weight = self._rules, np.empty((len(self.honoured), len(worlds)))
        weight[:] = rules.bystander[worlds]
        weight[partner], weight[actor] = 1, 0
        self.honoured[:, actor, worlds] += weight * honoured
        self.reneged[:, actor, worlds] += weight * ~honoured
        change = np.where(honoured, rules.honoured[worlds], rules.reneged[worlds])
        self.change_affinity(partner, actor, change, worlds)

    def record_visit(self, guest: int, host: int, weight: Vector) -> None:
        """Record a visit as the part `weight` of a commitment to the host honoured, (world,)."""
        if any_world(weight > 0):
            seen = np.tile(self._rules.bystander * weight, (len(self.honoured), 1))
            seen[host], seen[guest] = weight, 0
            self.honoured[:, guest] += seen
            self.change_affinity(host, guest, self._rules.honoured * weight)

    def change_affinity(
        self, first: int, second: int, change: Vector, worlds: Index | None = None
    ) -> None:
        """Change the affinity of two actors for each other, within 0 to 1: in some worlds, or all.

        Args:
            first: row of one of them.
            second: row of the other.
            change: what is added, (case,).
            worlds: the world of each case, (case,); every world by default.
        """
        for affinity in (self.affinity[first, second], self.affinity[second, first]):
            if worlds is None:
                np.minimum(np.maximum(affinity + change, _LEAST), _MOST, out=affinity)
            else:
                changed = np.maximum(affinity[worlds] + change, _LEAST)
                affinity[worlds] = np.minimum(changed, _MOST)

    def fade(self) -> None:
        """Let the counts decay by a month."""
        self.honoured *= self._left_after_month
        self.reneged *= self._left_after_month
