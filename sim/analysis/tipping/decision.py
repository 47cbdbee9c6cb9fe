"""One decision in one world that turns its outcome, and whether it does so in other futures too.

The world is simulated again once for every decision that can turn a history, with the draw of that
decision turned and every other draw kept. Of the decisions after which the outcome meets the
target, the one is reported whose draw lay nearest to its chance: the fewest log-odds turn it.

That one copy of the world may owe its outcome to draws that were kept. The decision is therefore
taken both ways in the same month of as many other futures, which share the past of the world and
have draws of their own afterwards.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sim.analysis.sensitivity.ensemble import select_measure
from sim.analysis.stories.replay import WorldRecord, resimulate
from sim.analysis.stories.turned import NearMiss, draw_name, near_misses
from sim.analysis.tipping.target import Target
from sim.analysis.tipping.trials import estimate
from sim.errors import RequestError
from sim.experiment.blocks import OnProgress
from sim.model.arrays import Vector
from sim.model.measures.registry import Measure
from sim.model.randomness.controlled import DrawName, TurnedStreams
from sim.model.randomness.forked import ForkedStreams
from sim.model.randomness.streams import RandomStreams
from sim.scenario.schema.scenario import Scenario
from sim.statistics.intervals import Interval
from sim.statistics.ratio import PartlyDefined

FUTURES = 1000
"""Other futures in which the decision is taken both ways."""
MOST_DECISIONS = 500
"""Decisions that are turned, those nearest to their chance."""


@dataclass(frozen=True)
class DecisionTip:
    """What one decision does to one world.

    Attributes:
        measure, target: the outcome, and what it is to be turned to.
        record: the world as it is.
        tried: how many decisions were turned.
        turning: how many of them turn the outcome.
        near: the nearest of these; None if no decision turns it.
        value: the outcome of the world with it.
        futures: the outcome in other futures of that month, as it was decided and turned.
    """

    measure: Measure
    target: Target
    record: WorldRecord
    tried: int = 0
    turning: int = 0
    near: NearMiss | None = None
    value: float = float("nan")
    futures: tuple[Interval, Interval] | None = None

    @property
    def own_value(self) -> float:
        """The outcome of the world as it is."""
        return _own_value(self.record, self.measure)

    @property
    def holds_already(self) -> bool:
        """Whether the outcome meets the target as it is."""
        return self.target.holds(self.own_value)


def find_turning_decision(
    scenario: Scenario,
    world: int,
    measure: Measure,
    target: Target,
    futures: int = FUTURES,
    on_progress: OnProgress = lambda _: None,
) -> DecisionTip:
    """Return the nearest decision of a world that turns an outcome, if there is one.

    Raises:
        RequestError: the outcome is not defined in this world.
    """
    record = resimulate(scenario, world)
    result = DecisionTip(measure, target, record)
    _require_defined(result, world)
    if result.holds_already:
        return result
    near = near_misses(record)[:MOST_DECISIONS]
    values = _turn_each(record, measure, near)
    on_progress(len(near))
    turning = [
        (miss, value) for miss, value in zip(near, values, strict=True) if target.holds(value)
    ]
    if not turning:
        return DecisionTip(measure, target, record, len(near))
    miss, value = turning[0]
    both = _simulate_futures(record, measure, miss, futures)
    return DecisionTip(measure, target, record, len(near), len(turning), miss, value, both)


def _require_defined(result: DecisionTip, world: int) -> None:
    if result.own_value != result.own_value:  # not a number
        measure = result.measure
        raise RequestError(
            f"--outcome {measure.name}: is defined only where {measure.given}, which is not so in "
            f"world {world}\n    allowed: another world; `sim tell` shows what happened in each"
        )


def _own_value(record: WorldRecord, measure: Measure) -> float:
    values = record.measure_values
    return (
        float(values[measure.name]) if not measure.given or values[measure.given] else float("nan")
    )


def _turn_each(record: WorldRecord, measure: Measure, near: Sequence[NearMiss]) -> list[float]:
    """Return the outcome of the world with each decision turned; NaN where it is not defined."""
    scenario, world = record.scenario, record.world
    draws = [(draw_name(scenario, world, miss.choice), miss.turned_draw) for miss in near]
    column = _simulate(scenario, measure, TurnedStreams(scenario.seed, world, draws, scenario.past))
    values = [
        float(value) if defined else float("nan")
        for value, defined in zip(column.values.tolist(), column.defined.tolist(), strict=True)
    ]
    return values[1:]


def _simulate_futures(
    record: WorldRecord, measure: Measure, miss: NearMiss, count: int
) -> tuple[Interval, Interval]:
    """Return the outcome in other futures of the month of a decision, as it was and turned."""
    name = draw_name(record.scenario, record.world, miss.choice)
    as_it_was, turned = (
        estimate(measure, _simulate(record.scenario, measure, streams))
        for draw in (miss.choice.draw, miss.turned_draw)
        for streams in [FutureStreams(record, miss.choice.month, name, draw, count)]
    )
    return as_it_was, turned


def _simulate(scenario: Scenario, measure: Measure, streams: RandomStreams) -> PartlyDefined:
    from sim.model.recording.chronicle import SilentChronicle  # noqa: PLC0415  Mesa, as below
    from sim.model.simulate import simulate  # noqa: PLC0415  Mesa is slow to load

    history = simulate(
        scenario, streams.first, streams.count, streams=streams, chronicle=SilentChronicle
    )
    return select_measure(measure, history.worlds)


class FutureStreams(ForkedStreams):
    """The streams of worlds that share the past of one world and one draw of its last month."""

    def __init__(
        self, record: WorldRecord, month: int, name: DrawName, draw: float, count: int
    ) -> None:
        """Let `count` worlds share the past of a world.

        Args:
            record: the world.
            month: the last month that they share.
            name: the arguments of the draw, as of `uniform`.
            draw: what is drawn instead.
            count: how many worlds.
        """
        seed, world = record.scenario.seed, record.world
        super().__init__(RandomStreams(seed, 0, count), RandomStreams(seed, world, 1), month)
        self._name, self._draw = name, draw

    def uniform(
        self, decision: str, month: int, who: str, towards: str = "", about: str = ""
    ) -> Vector:
        """Return one number in [0, 1) per world, (world,), for one draw key."""
        return self._set(
            super().uniform(decision, month, who, towards, about),
            (decision, month, who, towards, about),
        )

    def uniform_once(
        self, decision: str, number: int, month: int, who: str, towards: str = "", about: str = ""
    ) -> Vector:
        """Return the draw, (world,), of what is settled once, which may be the one that is set."""
        return self._set(
            super().uniform_once(decision, number, month, who, towards, about),
            (decision, number, who, towards, about),
        )

    def _set(self, draws: Vector, name: DrawName) -> Vector:
        """Set the draw of the decision in every world."""
        if name == self._name:
            draws[:] = self._draw
        return draws
