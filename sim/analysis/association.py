"""The two outcomes of a run that go together most, for the sentence on what to notice.

The rule: of all pairs of a headline outcome with another outcome, take the one with the largest
correlation (phi). Left out are outcomes that nearly always or nearly never happen, and pairs in
which one never occurs without the other, since such a pair is likely to be so by definition. The
sentence says what goes together, not what causes what. Without a strong pair there is no sentence.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.experiment.storage.results import Results
from sim.model.measures.registry import Measure, MeasureKind

_MAX_WORLDS = 20_000
"""Worlds looked at; more would change no sentence."""
_MIN_WORLDS = 100
_RARE = 0.05
"""Share of worlds below which an outcome, or its absence, is too rare to speak of."""
_MIN_DIFFERENCE = 0.3
"""Difference between the two shares below which nothing is worth notice."""


@dataclass(frozen=True)
class Association:
    """An outcome, another with which it goes together, and its share with and without the other."""

    outcome: Measure
    other: Measure
    share_with: float
    share_without: float

    @property
    def difference(self) -> float:
        """The difference of the two shares."""
        return self.share_with - self.share_without


def find_association(results: Results, headlines: Sequence[Measure]) -> Association | None:
    """Return the headline outcome that goes together most with another outcome, if any does."""
    outcomes = _read_outcomes(results)
    worlds = len(next(iter(outcomes.values()))) if outcomes else 0
    if worlds < _MIN_WORLDS:
        return None
    names = list(outcomes)
    table = np.array([outcomes[name] for name in names], dtype=np.float64)
    rows = [names.index(measure.name) for measure in headlines if measure.name in outcomes]
    phi = _correlate(table, rows)
    if not phi.size or not (best := np.nanmax(np.where(np.isfinite(phi), phi, 0))) > 0:
        return None
    row, column = (int(place[0]) for place in np.nonzero(phi == best))
    found = _describe_pair(results, outcomes, names[rows[row]], names[column])
    return found if abs(found.difference) >= _MIN_DIFFERENCE else None


def describe_association(results: Results, headlines: Sequence[Measure]) -> str:
    """Return in one sentence which outcomes go together most; empty if none do."""
    found = find_association(results, headlines)
    if found is None:
        return ""
    return (
        f"{found.outcome.phrase}, in {100 * found.share_with:.0f}% of the worlds with "
        f"{found.other.phrase} and in {100 * found.share_without:.0f}% of the others."
    )


def _read_outcomes(results: Results) -> dict[str, NDArray[np.bool_]]:
    """Return the outcomes that are defined in every world and neither rare nor nearly certain."""
    columns = {
        name: results.column(name)[:_MAX_WORLDS]
        for name, measure in results.measures.items()
        if measure.kind is MeasureKind.HAPPENED and not measure.given
    }
    return {name: column for name, column in columns.items() if _RARE <= column.mean() <= 1 - _RARE}


def _correlate(table: NDArray[np.float64], rows: list[int]) -> NDArray[np.float64]:
    """Return the size of phi, (headline, outcome), 0 for pairs that imply each other.

    Args:
        table: 1 where an outcome happened, (outcome, world).
        rows: the outcomes that are headlines.
    """
    worlds, share = table.shape[1], table.mean(axis=1)
    both = table[rows] @ table.T / worlds
    mine, other = share[rows][:, None], share[None, :]
    cells = np.stack([both, mine - both, other - both, 1 - mine - other + both])
    free = (cells > 0.5 / worlds).all(axis=0)
    spread = np.sqrt(mine * (1 - mine) * other * (1 - other))
    phi: NDArray[np.float64] = np.abs(both - mine * other) / spread * free
    return phi


def _describe_pair(
    results: Results, outcomes: dict[str, NDArray[np.bool_]], name: str, other: str
) -> Association:
    outcome, given = outcomes[name], outcomes[other]
    return Association(
        results.measures[name],
        results.measures[other],
        float(outcome[given].mean()),
        float(outcome[~given].mean()),
    )
