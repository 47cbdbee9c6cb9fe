"""Worlds lived on purpose: the same worlds at many points, or the same assumptions with many dice.

A point is lived as worlds of a block like any other, so that a design of many points costs no more
than as many worlds. Sensitivity knows of the engine only what stands here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

import numpy as np
from numpy.typing import NDArray

from sim.experiment.blocks import BLOCK, blocks
from sim.experiment.limits import check_size
from sim.model.history import Columns
from sim.model.measures import Measure
from sim.model.planned import PlannedLuck
from sim.model.vectors import Vector
from sim.scenario.schema import Scenario

Told = Callable[[int], None]
Values = NDArray[np.float64]


def at_points(
    scenario: Scenario, measure: Measure, points: Mapping[str, Vector], worlds: int, told: Told
) -> Values:
    """Live worlds 0 to `worlds` - 1 at every point and return a measure, shape (point, world).

    `points` says for each key where in its range the number lies, from 0 to 1, shape (point,). All
    other numbers, and the dice, are at every point those that a world has in any run.

    Raises:
        RequestError: that is more than may be asked at once.
    """
    count = len(next(iter(points.values())))
    check_size(count * worlds, scenario.months)
    found = []
    for block in blocks(count, max(1, BLOCK // worlds)):
        numbers = np.tile(np.arange(worlds), block.size)
        here = slice(block.first, block.first + block.size)
        plan = {key: np.repeat(where[here], worlds) for key, where in points.items()}
        luck = PlannedLuck(scenario.seed, numbers, numbers, plan)
        values = _lived(scenario, luck)[measure.name].astype(np.float64)
        found.append(values.reshape(block.size, worlds))
        told((block.last + 1) * worlds)
    return np.concatenate(found)


def nested(
    scenario: Scenario, measures: Iterable[Measure], draws: int, dice: int, told: Told
) -> dict[str, Values]:
    """Live the assumptions of worlds 0 to `draws` - 1, each with `dice` dice of its own.

    Returns each measure by name, shape (draw, die).

    Raises:
        RequestError: that is more than may be asked at once.
    """
    check_size(draws * dice, scenario.months)
    found: dict[str, list[Values]] = {measure.name: [] for measure in measures}
    for block in blocks(draws, max(1, BLOCK // dice)):
        assumptions = np.repeat(np.arange(block.first, block.last + 1), dice)
        thrown = block.first * dice + np.arange(len(assumptions))
        worlds = _lived(scenario, PlannedLuck(scenario.seed, assumptions, thrown))
        for name, values in found.items():
            values.append(worlds[name].astype(np.float64).reshape(block.size, dice))
        told((block.last + 1) * dice)
    return {name: np.concatenate(values) for name, values in found.items()}


def _lived(scenario: Scenario, luck: PlannedLuck) -> Columns:
    """Return the table of worlds."""
    from sim.model.live import live  # noqa: PLC0415  Mesa takes a while to load

    return live(scenario, luck.first, luck.count, luck).worlds
