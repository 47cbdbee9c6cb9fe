"""What institutions bring about between actors, worked out when it changes and then read."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain, permutations, product
from typing import TYPE_CHECKING

import numpy as np

from sim.model.arrays import Vector
from sim.model.entities.pair_table import ActorPair, PairTable

if TYPE_CHECKING:
    from sim.model.entities.build import Institutions


class Effects:
    """What institutions bring about between actors, in every world.

    Each table is replaced, not changed, when it is worked out: what was read stays as it was.

    Attributes:
        payments: how far the second pays the first, 0 to 1.
        coordination: coordination that two have gained in a common bloc, 0 to 1.
        calming: what exercises of a bloc of one against the other add to escalation, in log-odds.
        tension: what provocations of one against the other add to a challenge, in log-odds.
        restraint: by how much patrons lower the challenges of each actor, (actor, world), in
            log-odds.
        enforcement: how well sanctions against each actor are enforced, (actor, world), 0 to 1.
        cover: chance that a council's draft against each would be vetoed, (actor, world), 0 to 1.
        adversary_pacts: how far a new treaty commits aid to an adversary of each bloc, by its code,
            (world,), 0 to 1.
        pacts_known: how many changes of what binds whom they take in; -1 before they are found.
    """

    def __init__(self, institutions: Institutions, actors: int, count: int) -> None:
        self._exchanges = list(institutions.exchanges.values())
        self._councils = list(institutions.councils.values())
        self._provokers = list(institutions.provokers.values())
        self._blocs = blocs = list(institutions.blocs.values())
        self._patronages = list(institutions.patronages.values())
        trades = [(each.supplier, each.buyer) for each in self._exchanges]
        both_ways = chain.from_iterable(([pair], [pair[::-1]]) for pair in trades)
        allied = [set(permutations(bloc.members, 2)) for bloc in blocs]
        opposed = [_across(bloc.members, bloc.adversaries) for bloc in blocs]
        provoked = [_across([each.index], each.targets) for each in self._provokers]
        self.payments = PairTable(actors, list(both_ways), count)
        self.coordination = PairTable(actors, allied, count)
        self.calming = PairTable(actors, opposed, count)
        self.tension = PairTable(actors, provoked, count)
        self.restraint: Vector = np.zeros((actors, count))
        self.enforcement: Vector = np.zeros((actors, count))
        self.cover: Vector = np.zeros((actors, count))
        self.adversary_pacts: dict[str, Vector] = {}
        self.pacts_known = -1

    def renew_payments(self, return_scale: Vector) -> None:
        """Work out who pays whom, as after the deliveries of a month.

        Args:
            return_scale: yearly returns that count as full payment, billion USD, (world,).
        """
        self.payments.add_up(
            paid
            for each in self._exchanges
            for paid in (each.annual_returns / return_scale, each.reliance)
        )
        np.clip(self.payments.values, 0, 1, out=self.payments.values)

    def renew_blocs(self, calming: Vector) -> None:
        """Work out what coordination and exercises bring about, as after those of a month.

        Args:
            calming: what an exercise adds to escalation, in log-odds, (world,).
        """
        self.coordination.take_most(bloc.gained for bloc in self._blocs)
        self.calming.add_up(calming * bloc.exercising for bloc in self._blocs)

    def renew_tension(self, weight: Vector) -> None:
        """Work out what tension adds to challenges, as after the provocations of a month.

        Args:
            weight: what twice the tension adds, in log-odds, (world,).
        """
        self.tension.add_up(weight * provoker.heard_tension for provoker in self._provokers)

    def renew_restraint(self) -> None:
        """Work out how patrons restrain their clients, as after they have decided to."""
        self.restraint = np.zeros_like(self.restraint)
        for patronage in self._patronages:
            lowered = patronage.weight * patronage.dependence * patronage.restraining
            self.restraint[patronage.client] += lowered

    def renew_sanctions(self, *, covers: bool) -> None:
        """Work out how actors are sanctioned and covered, as after the councils have met.

        Args:
            covers: whether the prospect of a veto covers an actor.
        """
        self.enforcement, self.cover = np.zeros((2, *self.cover.shape))
        for council in self._councils:
            enforcement, cover = self.enforcement[council.target], self.cover[council.target]
            np.maximum(enforcement, council.enforcement, out=enforcement)
            np.maximum(cover, council.cover * covers, out=cover)


def _across(some: Iterable[int], others: Iterable[int]) -> set[ActorPair]:
    """Return the pairs of which one actor is among some and the other among others."""
    pairs = set(product(some, others))
    return pairs | {pair[::-1] for pair in pairs}
