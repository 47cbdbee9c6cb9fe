"""Half a page on one world: its turning points in order, the routine in counts, and one near miss."""

from __future__ import annotations

from dataclasses import dataclass

from sim.analysis.stories.point_words import point_sentence
from sim.analysis.stories.turning_points import TurningPoints, record_turning_points
from sim.model.calendar import first_day
from sim.scenario.schema.scenario import Scenario


@dataclass(frozen=True)
class ShortLine:
    """One turning point in words.

    Attributes:
        month: from 1.
        when: the month as text, such as "Mar 2025".
        text: what happened, in a sentence.
        why: its chance and main reason, without brackets; empty where nothing was decided.
    """

    month: int
    when: str
    text: str
    why: str = ""


@dataclass(frozen=True)
class ShortStory:
    """Half a page on one world.

    Attributes:
        world: its number.
        title: what it is known by: "World 17: soldiers, technology, no intervention".
        lines: its turning points, in order.
        routine: what recurs, in counts, one sentence.
        otherwise: what would have followed had one draw gone otherwise, in sentences; may be empty.
    """

    world: int
    title: str
    lines: tuple[ShortLine, ...]
    routine: str = ""
    otherwise: str = ""


def short_story(scenario: Scenario, world: int) -> ShortStory:
    """Return half a page on one world, which is simulated again."""
    points = record_turning_points(scenario, world, 1)
    lines = tuple(_line(points, row) for row in points.rows_of(world))
    return ShortStory(world, f"World {world}", lines)


def _line(points: TurningPoints, row: int) -> ShortLine:
    month = int(points.month[row])
    codes = (points.codes[column[row]] for column in (points.who, points.towards, points.about))
    what = (int(points.kind[row]), *codes, int(points.level[row]))
    when = f"{first_day(month, points.scenario.start):%b %Y}"
    return ShortLine(month, when, point_sentence(points.scenario, what))
