"""What is chosen, as expected rates: whom a treaty deters, whom it emboldens, who would come.

The chance of every choice is added up over the months before it is drawn. The mean over worlds is
that of the number drawn, with far less noise, so that fewer worlds are needed than for outcomes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import isfinite
from typing import Any

import numpy as np

from sim.analysis.choices.change import Cause
from sim.analysis.choices.choice import MONTHS_A_YEAR, Choice, ChoiceKind
from sim.analysis.choices.compare import list_effects, sum_pairs
from sim.analysis.choices.effect import ChoiceEffect
from sim.analysis.choices.groups import Role, group_effects, is_small, role_of
from sim.analysis.choices.measure import measure_choices
from sim.analysis.choices.names import describe_choice, name_cause
from sim.analysis.choices.of_runs import find_members
from sim.analysis.choices.pairs import PairSums
from sim.explore.data.arrays import PackedArray, pack_numbers
from sim.explore.progress import TrackWorlds, track_nothing
from sim.explore.sides import Pair, Sides
from sim.scenario.schema.scenario import Scenario
from sim.statistics.arrays import Vector
from sim.statistics.intervals import Interval

MOST_WORLDS = 2000
"""Worlds whose choices are recorded; their means are as precise as those of many more drawn."""
_MOST_OF_A_ROLE = 5
_MOST_ALONE = 8
_MOST_CAUSES = 2
_LEAST_SHARE = 0.1
"""The smallest share of a difference that is shown by its cause."""


def list_choices(
    sides: Sides,
    worlds: int = MOST_WORLDS,
    workers: int | None = None,
    track: TrackWorlds = track_nothing,
) -> Iterator[dict[str, Any]]:
    """Yield the entries of the choices worth showing.

    Args:
        sides: the runs.
        worlds: how many worlds are simulated again for it, at most those there are.
        workers: number of processes.
        track: reports progress.

    Raises:
        SimulationError: some worlds could not be simulated.
        WorkerError: a worker process was lost.
    """
    count = min(worlds, len(sides.worlds))
    if not sides.pairs:
        yield from _list_alone(sides.first, count, workers, track)
        return
    changes = [_simulate_pair(sides, pair, count, workers, track) for pair in sides.pairs]
    for choice in dict.fromkeys(choice for change in changes for choice in change.chosen):
        yield _describe_changes(sides, choice, changes)


@dataclass(frozen=True)
class _PairChanges:
    """The choices of a pair of sides: what they add up to, and how each differs."""

    pair: Pair
    sums: PairSums
    effects: dict[Choice, ChoiceEffect]
    members: frozenset[str]

    @property
    def chosen(self) -> Iterator[Choice]:
        """The choices worth showing: of each role those that differ most, and some that do not."""
        for group in group_effects(list(self.effects.values()), self.members):
            if group.role is not Role.OTHER or not self.members:
                most = _MOST_OF_A_ROLE if self.members else _MOST_ALONE
                yield from _first_of_each(group.effects)[:most]


def _first_of_each(effects: Iterable[ChoiceEffect]) -> list[Choice]:
    """Return the choices in order; of help to one partner, the first attack on it only.

    Open war goes before aid of any level, which it includes.
    """
    order = sorted(effects, key=lambda effect: effect.kind is ChoiceKind.HELP)
    first: dict[tuple[str, ...], Choice] = {}
    for choice in (effect.choice for effect in order):
        about = choice.rivalry if choice.kind.is_rate else ""
        first.setdefault((choice.kind, about, choice.actor, choice.towards), choice)
    return list(first.values())


def _simulate_pair(
    sides: Sides, pair: Pair, worlds: int, workers: int | None, track: TrackWorlds
) -> _PairChanges:
    with_, without = sides.scenarios[pair.with_], sides.scenarios[pair.without]
    with track(worlds, "Recording choices") as on_progress:
        sums = sum_pairs(
            with_, without, worlds, months=sides.months, workers=workers, on_progress=on_progress
        )
    effects = {effect.choice: effect for effect in list_effects(sums, sides.months)}
    return _PairChanges(pair, sums, effects, find_members(with_, without))


def _describe_changes(
    sides: Sides, choice: Choice, changes: Sequence[_PairChanges]
) -> dict[str, Any]:
    rates: dict[int, Vector] = {}
    for change in changes:
        with_, without = change.sums.values(choice)
        rates |= {change.pair.with_: with_, change.pair.without: without}
    scale = _a_year(choice, sides.months)
    values = np.stack([scale * rates[side] for side in range(len(sides.results))])
    return {
        **_describe_choice(sides.first, choice),
        "pairs": [_describe_pair(sides, choice, change) for change in changes],
        "values": _pack(values),
    }


def _describe_pair(sides: Sides, choice: Choice, change: _PairChanges) -> dict[str, Any]:
    effect = change.effects[choice]
    return {
        "role": role_of(effect, change.members).value,
        "clear": effect.is_clear,
        "small": is_small(effect),
        "with": _finite(effect.with_),
        "without": _finite(effect.without),
        "difference": _finite(effect.difference),
        "relative": _finite(effect.relative),
        "via": list(_list_causes(sides, effect, change)),
    }


def _list_causes(
    sides: Sides, effect: ChoiceEffect, change: _PairChanges
) -> Iterator[dict[str, Any]]:
    """Yield the causes through which a rate differs, the largest first."""
    parts = change.sums.parts_of(effect.choice) if effect.shares else {}
    for share in effect.shares[:_MOST_CAUSES]:
        if abs(share.share) >= _LEAST_SHARE and isfinite(share.share):
            part = parts[Cause(share.cause, share.is_ally)]
            yield {
                "cause": share.cause,
                "ally": share.is_ally,
                "label": name_cause(sides.first, share.cause),
                "share": share.share,
                "values": _pack(part * _a_year(effect.choice, sides.months)),
            }


def _list_alone(
    scenario: Scenario, worlds: int, workers: int | None, track: TrackWorlds
) -> Iterator[dict[str, Any]]:
    """Yield the commonest challenges and the likeliest help of one scenario."""
    with track(worlds, "Recording choices") as on_progress:
        table = measure_choices(scenario, worlds, workers=workers, on_progress=on_progress)
    for kind in (ChoiceKind.CHALLENGE, ChoiceKind.HELP_WAR):
        means = {c: i.value for c, i in table.intervals.items() if c.kind is kind}
        for choice in sorted(means, key=lambda choice: -means[choice])[:_MOST_ALONE]:
            values = table.values[choice][None, :]
            yield {**_describe_choice(scenario, choice), "pairs": [], "values": _pack(values)}


def _describe_choice(scenario: Scenario, choice: Choice) -> dict[str, Any]:
    return {
        **choice._asdict(),
        "kind": choice.kind.value,
        "label": describe_choice(scenario, choice),
        "unit": "a year" if choice.kind.is_rate else "chance",
    }


def _a_year(choice: Choice, months: int) -> float:
    """Return what a sum over months is multiplied by: a rate a year, or the mean of a chance."""
    return (MONTHS_A_YEAR if choice.kind.is_rate else 1) / months


def _pack(values: Vector) -> PackedArray:
    return pack_numbers(values, "u2")


def _finite(interval: Interval) -> list[float | None]:
    return [number if isfinite(number) else None for number in interval]
