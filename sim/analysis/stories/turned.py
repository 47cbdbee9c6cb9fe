"""What would have followed in one world had a single draw gone otherwise.

Of the decisions that can turn a history, those are taken whose draws lay nearest to their chances:
the fewest log-odds would have turned them. The world is simulated again with one of these draws
turned at a time and all others kept. The nearest that changes a headline outcome is reported; where
none does, the nearest that changes a weighty turning point beside its own; then the nearest that
changes any; then the nearest.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sim.analysis.stories.phrases import load_phrases
from sim.analysis.stories.point_columns import Point, list_points, point_rows
from sim.analysis.stories.replay import Choice, WorldRecord
from sim.model.measures.registry import MeasureKind, list_measures
from sim.model.randomness.controlled import DrawName, TurnedStreams
from sim.model.randomness.streams import RandomStreams
from sim.model.recording.history import History
from sim.model.theory.quantal_response import log_odds
from sim.scenario.schema.scenario import Scenario

_CANDIDATES = 12
"""Number of near misses that are simulated; more cost time, and are less near."""
_NEAR, _CLOSE = 1.0, 0.25
"""Log-odds between draw and chance up to which a miss is near, and close."""
_MOVED_MONTHS = 6
"""From so many months on, the same turning point at another time is a difference."""
_FAR_OFF = 10**6
_STEP = 1e-6
"""How far beyond its chance a turned draw lies, as a share of what is left there."""
_MOST_WARS = 20
"""Most wars on one rivalry; an answer has one draw for each."""


@dataclass(frozen=True)
class NearMiss:
    """A decision whose draw lay near its chance.

    Attributes:
        choice: the decision.
        level: the level nearest to its draw.
        distance: between draw and chance, in log-odds.
    """

    choice: Choice
    level: int
    distance: float

    @property
    def chance(self) -> float:
        """The chance of at least this level."""
        return self.choice.chances[self.level - 1]

    @property
    def reached(self) -> bool:
        """Whether the level was reached."""
        return self.choice.level >= self.level

    @property
    def is_close(self) -> bool:
        """Whether the draw lay very near to the chance."""
        return self.distance <= _CLOSE

    @property
    def turned_draw(self) -> float:
        """A draw just on the other side of the chance."""
        chance = self.chance
        return chance + _STEP * (1 - chance) if self.reached else chance * (1 - _STEP)


@dataclass(frozen=True)
class TurnedWorld:
    """A near miss, and what differs in the world had it gone otherwise.

    Attributes:
        near: the decision.
        outcomes: names of the headline measures whose answers differ, yes for no.
        gained: turning points that only the turned world has, without the decision itself.
        lost: those that only the world itself has, likewise.
    """

    near: NearMiss
    outcomes: tuple[str, ...]
    gained: list[Point]
    lost: list[Point]

    @property
    def rank(self) -> int:
        """0 where a headline outcome differs, up to 3 where nothing does."""
        lesser = load_phrases()["weightiest"]["lesser"]
        differing = [*self.gained, *self.lost]
        weighty = any(point.kind not in lesser for point in differing)
        return 0 if self.outcomes else 1 if weighty else 2 if differing else 3


def turn_one_draw(record: WorldRecord) -> TurnedWorld | None:
    """Return the nearest decision that mattered, turned; None where nothing could be turned."""
    near = [miss for miss in near_misses(record)[:_CANDIDATES] if miss.distance <= _NEAR]
    if not near:
        return None
    scenario = record.scenario
    draws = [(draw_name(scenario, record.world, each.choice), each.turned_draw) for each in near]
    (own, _), *turned = simulate_turned(scenario, record.world, draws)
    worlds = [
        TurnedWorld(miss, outcomes, *_differences(own, points, miss))
        for miss, (points, outcomes) in zip(near, turned, strict=True)
    ]
    return min(worlds, key=lambda each: each.rank)


def _differences(
    own: list[Point], turned: list[Point], miss: NearMiss
) -> tuple[list[Point], list[Point]]:
    """Return the turning points gained and lost, without those that only move by a few months."""
    gained, lost = _without(turned, own), _without(own, turned)
    lost = [point for point in lost if not _is_decision(point, miss.choice)]
    if not miss.reached:
        gained = [point for point in gained if not _is_decision(point, miss.choice)]
    return gained, lost


def _without(points: list[Point], others: list[Point]) -> list[Point]:
    months = {other[1:]: other.month for other in others}
    return [
        point
        for point in points
        if abs(point.month - months.get(point[1:], _FAR_OFF)) >= _MOVED_MONTHS
    ]


def _is_decision(point: Point, choice: Choice) -> bool:
    """Whether a turning point is what was decided."""
    return point.month == choice.month and choice.key.who in (point.who, point.about)


def near_misses(record: WorldRecord) -> list[NearMiss]:
    """Return the decisions that can turn a history, those with the nearest draw first."""
    kinds = load_phrases()["point_decisions"]["near_misses"]
    misses = [
        min(_levels(choice), key=lambda miss: miss.distance)
        for choice in record.choices
        if choice.key.what in kinds
        and not choice.played
        and 0 < choice.draw < 1
        and any(_levels(choice))
    ]
    return sorted(misses, key=lambda miss: miss.distance)


def _levels(choice: Choice) -> Iterator[NearMiss]:
    for level, chance in enumerate(choice.chances, start=1):
        if 0 < chance < 1:
            distance = abs(float(log_odds(choice.draw) - log_odds(chance)))
            yield NearMiss(choice, level, distance)


def draw_name(scenario: Scenario, world: int, choice: Choice) -> DrawName:
    """Return the arguments of the draw behind a decision.

    A vote has the draw of the member's own leaning, and an answer one for a war in any month.
    """
    what, who, towards, about = choice.key
    if what == "vote":
        return "veto", choice.month, who, "", about
    if what != "answer":
        return what, choice.month, who, towards, about
    sources = [RandomStreams(scenario.seed, number, 1) for number in _draw_worlds(scenario, world)]
    wars = (
        number
        for number in range(_MOST_WARS)
        for streams in sources
        if streams.uniform(what, number, who, towards, about)[0] == choice.draw
    )
    return what, next(wars, 0), who, towards, about


def _draw_worlds(scenario: Scenario, world: int) -> list[int]:
    """Return the numbers of the worlds whose draws a world has: its own, and that of its past."""
    return [world, scenario.past.world] if scenario.past else [world]


def simulate_turned(
    scenario: Scenario, world: int, draws: list[tuple[DrawName, float]]
) -> list[tuple[list[Point], tuple[str, ...]]]:
    """Return the turning points and the outcomes that differ, of the world and each turned one."""
    from sim.model.simulate import simulate  # noqa: PLC0415  Mesa takes a while to load

    streams = TurnedStreams(scenario.seed, world, draws, scenario.past)
    history = simulate(scenario, 0, streams.count, streams=streams)
    rows = point_rows(history)
    return [
        (
            list_points({name: column[rows["world"] == copy] for name, column in rows.items()}),
            _outcomes_that_differ(scenario, history, copy),
        )
        for copy in range(streams.count)
    ]


def _outcomes_that_differ(scenario: Scenario, history: History, copy: int) -> tuple[str, ...]:
    measures = list_measures(scenario)
    return tuple(
        measure.name
        for measure in measures
        if measure.headline
        and measure.kind is MeasureKind.HAPPENED
        and not measure.given
        and history.worlds[measure.name][0] != history.worlds[measure.name][copy]
    )
