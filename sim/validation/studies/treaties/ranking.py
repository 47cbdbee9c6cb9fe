"""How well the rates of other decades rank the pairs of a decade, and later pacts.

Pairs that sign are so few that all pairs at risk stand for those that did not.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.statistics.arrays import Vector
from sim.statistics.bootstrap import Resampling, bootstrap_mean
from sim.statistics.intervals import Interval
from sim.validation.studies.treaties.rates import count_rate, count_without
from sim.validation.studies.treaties.record import Cell, PactRecord, Years, cells_of
from sim.validation.studies.treaties.rows import LaterPact, SignedPact

DECADES: tuple[Years, ...] = (
    (1956, 1960),
    (1961, 1970),
    (1971, 1980),
    (1981, 1990),
    (1991, 2000),
    (2001, 2016),
)
"""The periods that are left out in turn."""
_RESAMPLING = Resampling(seed=19460101, replicates=2000)


@dataclass(frozen=True)
class DecadeRanking:
    """The pairs that signed in a decade, among those that could have.

    Attributes:
        pact_class: the class of their treaties.
        years: the decade.
        places: of each, the share of pairs with a lower rate, half of those with the same, (pact,).
        pairs: the number of each pair, which signed once or more often, (pact,).
    """

    pact_class: str
    years: Years
    places: Vector
    pairs: Vector

    @property
    def auc(self) -> float | None:
        """How often a pair that signed had a higher rate than one that did not; None for none."""
        return float(self.places.mean()) if len(self.places) else None


def rank_decades(record: PactRecord, pact_class: str) -> tuple[DecadeRanking, ...]:
    """Return the ranking of each decade by the rates of all others."""
    names = sorted({(pact.a, pact.b) for pact in record.old_pacts})
    rankings = []
    for years in DECADES:
        pacts = [pact for pact in record.old_pacts if _belongs(pact, pact_class, years)]
        places = place_of_cells(record, pact_class, years, left_out=years)
        rankings.append(
            DecadeRanking(
                pact_class,
                years,
                np.array([places[pact.pact_class, pact.cell] for pact in pacts], dtype=float),
                np.array([names.index((pact.a, pact.b)) for pact in pacts], dtype=int),
            )
        )
    return tuple(rankings)


def pool_rankings(rankings: tuple[DecadeRanking, ...]) -> Interval:
    """Return how well pairs were ranked over all decades, with a 95% interval by pair."""
    places = np.concatenate([ranking.places for ranking in rankings])
    pairs = np.concatenate([ranking.pairs for ranking in rankings]).astype(int)
    return bootstrap_mean(places, np.unique(pairs, return_inverse=True)[1], _RESAMPLING)


def place_of_cells(
    record: PactRecord, pact_class: str, years: Years, left_out: Years | None = None
) -> dict[Cell, float]:
    """Return of each cell the share of pairs with a lower rate, half of those with the same.

    Args:
        record: the record.
        pact_class: one of its classes.
        years: the period whose pairs are ranked.
        left_out: the period whose treaties and pairs do not count for the rates.
    """
    cells = cells_of(pact_class)
    counts = [
        count_without(record, cell, left_out) if left_out else count_rate(record, cell)
        for cell in cells
    ]
    rates = np.array([(count.signed + 0.5) / count.pair_years for count in counts])
    pairs = np.array([record.pair_years(cell, years) for cell in cells])
    lower, same = rates[:, None] > rates, rates[:, None] == rates
    shares = (lower @ pairs + same @ pairs / 2) / pairs.sum()
    return dict(zip(cells, shares.tolist(), strict=True))


def rank_later_pacts(record: PactRecord) -> tuple[list[tuple[LaterPact, float]], Interval]:
    """Return each pact after the record with its place among the pairs of the last period.

    Also returned is their mean, with a 95% interval by pact.
    """
    places = place_of_cells(record, "defence", DECADES[-1])
    ranked = [(pact, places[pact.pact_class, pact.cell]) for pact in record.since_2017]
    values = np.array([place for _, place in ranked])
    return ranked, bootstrap_mean(values, np.arange(len(values)), _RESAMPLING)


def _belongs(pact: SignedPact, pact_class: str, years: Years) -> bool:
    return pact.pact_class == pact_class and years[0] <= pact.year <= years[1]
