"""A council that sanctions one actor, as it stands in every world."""

from __future__ import annotations

import numpy as np

from sim.model.arrays import Counts, Mask, Vector, total
from sim.model.randomness.parameters import assume
from sim.model.randomness.streams import Luck
from sim.scenario.schema.institutions import CouncilSpec


class Council:
    """One council over a block of worlds; quantities are vectors (world,).

    Attributes:
        target, proposers, permanent: rows of the actors.
        strength: how well sanctions are enforced where every enforcer complies, 0 to 1.
        enforcement: how well they are enforced, 0 to 1.
        cover: chance that a draft would be vetoed, 0 to 1; `first_cover` on day one.
        drafts, vetoes, adopted: counts since the scenario opened.
        last_vetoed: where the last draft was vetoed.
        workaround: where a body outside the council watches in its place.
        autonomous: sanctions of the proposers' own.
        coerced_until: month until which strategic tests have stopped.
    """

    def __init__(self, code: str, spec: CouncilSpec, index: dict[str, int], luck: Luck) -> None:
        key = f"councils.{code}"
        self.code, self.spec = code, spec
        self.target = index[spec.target]
        self.proposers = tuple(index[who] for who in spec.proposers)
        self.permanent = tuple(index[who] for who in spec.permanent)
        self.other_votes = assume(spec.other_votes, f"{key}.other_votes", luck)
        self.weights = {
            index[who]: assume(share, f"{key}.enforcers.{who}", luck)
            for who, share in spec.enforcers.items()
        }
        self.laxity = {
            index[who]: assume(share, f"{key}.laxity.{who}", luck)
            for who, share in spec.laxity.items()
        }
        self.strength = assume(spec.enforcement, f"{key}.enforcement", luck)
        self.cover: Vector = np.zeros(luck.count)
        self.first_cover: Vector | None = None
        self.drafts: Counts = np.zeros(luck.count, dtype=np.int64)
        self.vetoes: Counts = np.zeros(luck.count, dtype=np.int64)
        self.adopted: Counts = np.zeros(luck.count, dtype=np.int64)
        self.autonomous: Counts = np.zeros(luck.count, dtype=np.int64)
        self.last_vetoed: Mask = np.full(luck.count, spec.last_vetoed)
        self.workaround: Mask = np.zeros(luck.count, dtype=bool)
        self.coerced_until: Counts = np.zeros(luck.count, dtype=np.int64)
        lax = {who: self.laxity.get(who, np.zeros(luck.count)) for who in self.weights}
        self.enforce(lax, restored=np.zeros(luck.count))

    def strengthen(self, where: Mask, step: Vector) -> None:
        """Add a measure: a share of what is left between the present strength and the full."""
        self.strength = self.strength + step * (1 - self.strength) * where

    def enforce(self, looking_away: dict[int, Vector], restored: Vector) -> None:
        """Work out how well sanctions are enforced when each enforcer looks away so far."""
        lost = total(weight * looking_away[who] for who, weight in self.weights.items())
        lost = lost.clip(0, 1) * (1 - restored * self.workaround)
        self.enforcement: Vector = self.strength * (1 - lost)

    def keep_cover(self, cover: Vector) -> None:
        """Take note of the chance that a draft would be vetoed."""
        self.cover = cover
        if self.first_cover is None:
            self.first_cover = cover
