"""A council that sanctions one actor, over a block of worlds."""

from __future__ import annotations

import numpy as np

from sim.model.arrays import Counts, Mask, Vector, total
from sim.model.randomness.parameters import sample_parameter
from sim.model.randomness.streams import RandomStreams
from sim.scenario.schema.institutions import CouncilSpec


class Council:
    """One council over a block of worlds; quantities are vectors (world,).

    Attributes:
        target, proposers, permanent: rows of the actors.
        voters: rows of the permanent members that propose no drafts, and may veto them.
        strength: how well sanctions are enforced if every enforcer complies, 0 to 1.
        enforcement: how well sanctions are enforced, 0 to 1.
        rupture: how far each voter has broken with the first proposer, (voter, world), 0 to 1.
        cover: probability that a draft would be vetoed, 0 to 1.
        initial_cover: `cover` when it was first recorded.
        drafts, vetoes, adopted: counts since the scenario opened.
        last_vetoed: where the last draft was vetoed.
        workaround: where a body outside the council monitors the sanctions in its place.
        autonomous_sanctions: number of sanctions that proposers imposed on their own.
        other_votes: members that usually vote for a draft, besides.
        enforcer_weights: the part of the sanctions that depends on each enforcer, by its row.
        laxity: how far an enforcer tolerates violations in any case, by its row.
        coerced_until: month until which the target holds no strategic tests.
    """

    def __init__(
        self, code: str, spec: CouncilSpec, index: dict[str, int], streams: RandomStreams
    ) -> None:
        key = f"councils.{code}"
        self.code, self.spec = code, spec
        self.target = index[spec.target]
        self.proposers = tuple(index[who] for who in spec.proposers)
        self.permanent = tuple(index[who] for who in spec.permanent)
        self.voters = tuple(who for who in self.permanent if who not in self.proposers)
        self.other_votes = sample_parameter(spec.other_votes, f"{key}.other_votes", streams)
        self.enforcer_weights = {
            index[who]: sample_parameter(share, f"{key}.enforcers.{who}", streams)
            for who, share in spec.enforcers.items()
        }
        self.laxity = {
            index[who]: sample_parameter(share, f"{key}.laxity.{who}", streams)
            for who, share in spec.laxity.items()
        }
        self.strength = sample_parameter(spec.enforcement, f"{key}.enforcement", streams)
        self.rupture: Vector = np.zeros((len(self.voters), streams.count))
        self.cover: Vector = np.zeros(streams.count)
        self.initial_cover: Vector | None = None
        self.drafts: Counts = np.zeros(streams.count, dtype=np.int64)
        self.vetoes: Counts = np.zeros(streams.count, dtype=np.int64)
        self.adopted: Counts = np.zeros(streams.count, dtype=np.int64)
        self.autonomous_sanctions: Counts = np.zeros(streams.count, dtype=np.int64)
        self.last_vetoed: Mask = np.full(streams.count, spec.last_vetoed)
        self.workaround: Mask = np.zeros(streams.count, dtype=bool)
        self.coerced_until: Counts = np.zeros(streams.count, dtype=np.int64)
        lax = {who: self.laxity.get(who, np.zeros(streams.count)) for who in self.enforcer_weights}
        self.update_enforcement(lax, restored=np.zeros(streams.count))

    def strengthen(self, where: Mask, step: Vector) -> None:
        """Add a sanctions measure, which closes a share of the gap to full strength."""
        self.strength = self.strength + step * (1 - self.strength) * where

    def count_vote(self, drafted: Mask, vetoed: Mask, passed: Mask) -> None:
        """Count a draft where one was tabled, and whether it was vetoed or passed."""
        self.drafts = self.drafts + drafted
        self.vetoes = self.vetoes + vetoed
        self.adopted = self.adopted + passed
        self.last_vetoed = np.where(drafted, vetoed, self.last_vetoed)

    def update_enforcement(self, neglect: dict[int, Vector], restored: Vector) -> None:
        """Compute enforcement from how far each enforcer neglects the sanctions, (world,)."""
        lost = total(weight * neglect[who] for who, weight in self.enforcer_weights.items())
        lost = lost.clip(0, 1) * (1 - restored * self.workaround)
        self.enforcement: Vector = self.strength * (1 - lost)

    def record_cover(self, cover: Vector) -> None:
        """Record the probability that a draft would be vetoed."""
        self.cover = cover
        if self.initial_cover is None:
            self.initial_cover = cover
