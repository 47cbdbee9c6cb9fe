"""The search for the fewest assumptions that turn an outcome, and for how little of each.

First every candidate is set to either end of its range; then pairs of those that help, each at its
helpful end; then the most promising threes. The smallest sets that reach the target are then
drawn back towards the middle of their ranges, all members by the same share, until they just reach
it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from sim.analysis.tipping.target import Target
from sim.analysis.tipping.trials import MIDDLE, Setting, Trials
from sim.statistics.arrays import Vector

LARGEST_SET = 3
"""More assumptions than three make no story."""
KEPT = 12
"""Assumptions that help most when set to an end of their range; only these are combined."""
MOST_SETS = 66
"""Sets of one size that are simulated: all pairs of twelve, and the most promising threes."""
DRAWN_BACK = 5
"""Sets that reach the target which are drawn back towards the middle."""
STEPS = 8
"""Steps from the middle of a range to its end."""


@dataclass(frozen=True)
class Ends:
    """A candidate at both ends of its range: what the outcome comes to.

    Attributes:
        key: the key of the assumption.
        low, high: the outcome at either end.
    """

    key: str
    low: float
    high: float


@dataclass(frozen=True)
class Trial:
    """A set of assumptions, each at the end of its range that helps, and what came of it.

    Attributes:
        ends: the end of each, 0 low or 1 high, by key.
        share: how far each is moved, from 0, the middle of its range, to 1, that end.
        value: the outcome.
    """

    ends: dict[str, int]
    share: float
    value: float

    @property
    def setting(self) -> Setting:
        """The position of each assumption in its range."""
        return set_positions(self.ends, self.share)


@dataclass(frozen=True)
class Search:
    """What a search found.

    Attributes:
        candidates: the candidates, those that help most first.
        tried: how many sets of one, two and three assumptions were simulated.
        found: the set that reaches the target with the least change, or None.
        nearest: the set that comes nearest where none reaches it, or None.
    """

    candidates: tuple[Ends, ...]
    tried: tuple[int, ...]
    found: Trial | None
    nearest: Trial | None


def set_positions(ends: dict[str, int], share: float) -> Setting:
    """Return the position of each assumption, moved by a share of the way from the middle."""
    return {key: MIDDLE + (end - MIDDLE) * share for key, end in ends.items()}


def most_worlds(candidates: int, worlds: int) -> int:
    """Return the number of worlds that a search simulates at most."""
    return (2 * candidates + 2 * MOST_SETS + DRAWN_BACK * STEPS) * worlds


def search_sets(trials: Trials, target: Target, keys: Sequence[str], worlds: int) -> Search:
    """Return the smallest set of assumptions that reaches a target, drawn back as far as it goes.

    Args:
        trials: what is simulated.
        target: the target.
        keys: the candidates.
        worlds: worlds of each trial.

    Raises:
        SimulationError: the simulation of some worlds failed.
    """
    singles = _try_ends(trials, keys, worlds)
    helpful = _order_helpful(singles, target)[:KEPT]
    tried, level = [len(keys)], [Trial(end, 1.0, value) for end, value in helpful]
    best = level[:1]
    while not (reached := [t for t in level if target.holds(t.value)]) and len(tried) < LARGEST_SET:
        level = _try_sets(trials, target, helpful, len(tried) + 1, worlds)
        tried.append(len(level))
        best = sorted([*best, *level], key=lambda trial: target.gap(trial.value))[:1]
    found = _draw_back(trials, target, reached, worlds)
    ordered = sorted(singles, key=lambda each: target.gap(_better(each, target)[1]))
    return Search(tuple(ordered), tuple(tried), found, None if found or not best else best[0])


def _try_ends(trials: Trials, keys: Sequence[str], worlds: int) -> list[Ends]:
    settings = [{key: float(end)} for key in keys for end in (0, 1)]
    values = trials.means(settings, worlds).reshape(-1, 2).tolist()
    return [Ends(key, *pair) for key, pair in zip(keys, values, strict=True)]


def _order_helpful(singles: Iterable[Ends], target: Target) -> list[tuple[dict[str, int], float]]:
    """Return the end of each candidate that is nearer to the target, the nearest first."""
    sides = [({each.key: end}, value) for each in singles for end, value in [_better(each, target)]]
    known = [side for side in sides if np.isfinite(target.gap(side[1]))]
    return sorted(known, key=lambda side: target.gap(side[1]))


def _better(ends: Ends, target: Target) -> tuple[int, float]:
    return min(enumerate((ends.low, ends.high)), key=lambda side: target.gap(side[1]))


def _try_sets(
    trials: Trials,
    target: Target,
    helpful: Sequence[tuple[dict[str, int], float]],
    size: int,
    worlds: int,
) -> list[Trial]:
    """Return the most promising sets of one size, simulated; those of the best singles first."""
    promising = sorted(
        combinations(helpful, size),
        key=lambda members: sum(target.gap(value) for _, value in members),
    )[:MOST_SETS]
    sets = [{key: end for ends, _ in members for key, end in ends.items()} for members in promising]
    if not sets:
        return []
    values = trials.means([set_positions(ends, 1.0) for ends in sets], worlds)
    return [Trial(ends, 1.0, value) for ends, value in zip(sets, values.tolist(), strict=True)]


def _draw_back(
    trials: Trials, target: Target, reached: Sequence[Trial], worlds: int
) -> Trial | None:
    """Return the set that still reaches the target with the smallest share of the way."""
    if not reached:
        return None
    tried = sorted(reached, key=lambda trial: target.gap(trial.value))[:DRAWN_BACK]
    shares = np.arange(1, STEPS + 1) / STEPS
    settings = [set_positions(trial.ends, share) for trial in tried for share in shares]
    values = trials.means(settings, worlds).reshape(len(tried), STEPS)
    least = [_least(trial, row, shares, target) for trial, row in zip(tried, values, strict=True)]
    return min(least, key=lambda trial: (trial.share, target.gap(trial.value)))


def _least(trial: Trial, values: Vector, shares: Vector, target: Target) -> Trial:
    """Return a set at the smallest share from which on it reaches the target throughout."""
    for_all = list(_holding_from_the_end(values, target))
    step = len(shares) - max(len(for_all), 1)
    return Trial(trial.ends, float(shares[step]), float(values[step]))


def _holding_from_the_end(values: Vector, target: Target) -> Iterator[float]:
    for value in values.tolist()[::-1]:
        if not target.holds(value):
            return
        yield value
