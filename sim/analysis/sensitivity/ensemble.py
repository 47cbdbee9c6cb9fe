"""Worlds lived on purpose: the same worlds at many points, or the same assumptions with many dice.

A point is lived as worlds of a block like any other, so that a design of many points costs no more
than as many worlds. Blocks are handed to several processes where that is done sooner. Sensitivity
knows of the engine only what stands here.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import BrokenExecutor, Executor, Future
from dataclasses import dataclass, field
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from sim.errors import LivingError, WorkerError
from sim.experiment.blocks import BLOCK, Block, Failure, blocks
from sim.experiment.execution.scheduler import START
from sim.experiment.execution.task import Lived, Task
from sim.experiment.execution.workers import GONE, THRIFTY, crew, live_here, processors
from sim.experiment.limits import check_size
from sim.model.arrays import Vector
from sim.model.measures.registry import Measure
from sim.model.randomness.controlled import PlannedLuck
from sim.model.recording.history import Columns
from sim.scenario.schema.scenario import Scenario

Told = Callable[[int], None]
Values = NDArray[np.float64]


def at_points(
    scenario: Scenario,
    measure: Measure,
    points: Mapping[str, Vector],
    worlds: int,
    told: Told,
    workers: int | None = None,
) -> Values:
    """Live worlds 0 to `worlds` - 1 at every point and return a measure, shape (point, world).

    `points` says for each key where in its range the number lies, from 0 to 1, shape (point,). All
    other numbers, and the dice, are at every point those that a world has in any run. `workers`
    are processes to live with; None is as many as there are processors, if that pays.

    Raises:
        RequestError: that is more than may be asked at once.
        LivingError: some worlds could not be lived.
        WorkerError: the workers are gone.
    """
    count = len(next(iter(points.values())))
    check_size(count * worlds, scenario.months)

    def lives(block: Block) -> _Planned:
        numbers = np.tile(np.arange(worlds), block.size)
        here = slice(block.first, block.end)
        plan = {key: np.repeat(where[here], worlds) for key, where in points.items()}
        return _Planned((measure.name,), numbers, numbers, plan)

    cut = list(blocks(count, max(1, BLOCK // worlds)))
    found = _lived(scenario, cut, lives, worlds, told, workers)
    return np.concatenate([each[measure.name].reshape(-1, worlds) for each in found])


def nested(
    scenario: Scenario,
    measures: Iterable[Measure],
    draws: int,
    dice: int,
    told: Told,
    workers: int | None = None,
) -> dict[str, Values]:
    """Live the assumptions of worlds 0 to `draws` - 1, each with `dice` dice of its own.

    Returns each measure by name, shape (draw, die); `workers` as above.

    Raises:
        RequestError: that is more than may be asked at once.
        LivingError: some worlds could not be lived.
        WorkerError: the workers are gone.
    """
    check_size(draws * dice, scenario.months)
    names = tuple(measure.name for measure in measures)

    def lives(block: Block) -> _Planned:
        assumptions = np.repeat(np.arange(block.first, block.end), dice)
        return _Planned(names, assumptions, block.first * dice + np.arange(len(assumptions)))

    cut = list(blocks(draws, max(1, BLOCK // dice)))
    found = list(_lived(scenario, cut, lives, dice, told, workers))
    return {
        name: np.concatenate([each[name].reshape(-1, dice) for each in found]) for name in names
    }


@dataclass(frozen=True)
class _Planned:
    """Lives worlds on purpose and keeps of them what is measured; plain data, for any process."""

    names: tuple[str, ...]
    assumptions: NDArray[np.int64]
    dice: NDArray[np.int64]
    plan: Mapping[str, Vector] = field(default_factory=dict)

    def __call__(self, scenario: Scenario, _: int, count: int) -> Columns:
        from sim.model.simulate import live  # noqa: PLC0415  Mesa takes a while to load

        luck = PlannedLuck(scenario.seed, self.assumptions, self.dice, self.plan)
        worlds = live(scenario, luck.first, count, luck).worlds
        return {name: worlds[name] for name in self.names}


_Outcome = Lived[Columns] | Failure


def _lived(
    scenario: Scenario,
    cut: list[Block],
    lives: Callable[[Block], _Planned],
    each: int,
    told: Told,
    workers: int | None,
) -> Iterator[dict[str, Values]]:
    """Yield what is measured in every block, in order; each of its places has `each` worlds.

    The first block is lived here, and shows whether the others are done sooner by several.
    """
    text = scenario.model_dump_json()

    def hand(executor: Executor, block: Block) -> Future[_Outcome]:
        task = Task("", text, Block(block.first * each, block.size * each))
        return executor.submit(live_here, task, lives(block))

    def take(block: Block, future: Future[_Outcome]) -> tuple[dict[str, Values], float]:
        lived = _result(future)
        if isinstance(lived, Failure):
            raise LivingError(str(lived))
        told(block.end * each)
        found = lived.made.items()
        return {name: values.astype(np.float64) for name, values in found}, lived.seconds

    first, *rest = cut
    with crew(1) as here:
        found, seconds = take(first, hand(here, first))
    yield found
    several = _fitting(seconds / first.size, rest, workers)
    ahead = 2 * several if several > 1 else 1  # so that nobody waits
    with crew(several) as executor:
        under_way = deque[Future[_Outcome]]()
        handed = iter(rest)
        for block in rest:
            soon = islice(handed, ahead - len(under_way))
            under_way.extend(hand(executor, next_one) for next_one in soon)
            yield take(block, under_way.popleft())[0]


def _result(future: Future[_Outcome]) -> _Outcome:
    try:
        return future.result()
    except BrokenExecutor:
        raise WorkerError(f"{GONE}\n    {THRIFTY}") from None


def _fitting(seconds: float, left: list[Block], workers: int | None) -> int:
    """Return how many processes are worth while for what is left, at so many seconds a place."""
    most = min(workers or processors(), len(left))
    saved = seconds * sum(block.size for block in left) * (1 - 1 / max(most, 1))
    return most if saved > START else 1
