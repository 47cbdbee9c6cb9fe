"""Half a page on one world: its turning points, the routine in counts, and one near miss."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from sim.analysis.stories.phrases import load_phrases
from sim.analysis.stories.point_columns import Point, list_points, point_rows
from sim.analysis.stories.point_decisions import event_behind
from sim.analysis.stories.point_words import actor_name, near_words, point_sentence
from sim.analysis.stories.replay import Choice, WorldRecord, resimulate_block
from sim.analysis.stories.short_head import head_words
from sim.analysis.stories.story import find_choice, is_scenario_shock
from sim.analysis.stories.turned import NearMiss, TurnedWorld, turn_one_draw
from sim.analysis.stories.weights import format_distinct, weigh_terms
from sim.model.calendar import first_day
from sim.scenario.schema.scenario import Scenario

_MOST_LINES = 14
"""The largest number of turning points reported; more would not be half a page."""
_MOST_CHANGES = 3
"""The largest number of turning points reported that a changed draw adds, or takes away."""


@dataclass(frozen=True)
class ShortLine:
    """One turning point in words.

    Attributes:
        month: from 1.
        when: the month as text, such as "Mar 2025".
        text: what happened, in a sentence.
        why: its chance and main reason; empty where nothing was decided.
    """

    month: int
    when: str
    text: str
    why: str = ""


@dataclass(frozen=True)
class Otherwise:
    """The near miss of a world, and what follows where its draw is turned and all others kept.

    Attributes:
        near: what was all but done, or only just, with its chance and draw.
        gained: turning points that only the turned world has, or has earlier or later.
        lost: those that only the world itself has.
        further: how many more of either are left out.
    """

    near: ShortLine
    gained: tuple[ShortLine, ...]
    lost: tuple[ShortLine, ...]
    further: int

    @property
    def text(self) -> str:
        """All of it as sentences in one paragraph."""
        parts = [f"in {self.near.when} {self.near.text} ({self.near.why})."]
        for words, lines in (("Then also", self.gained), ("Not then", self.lost)):
            if lines:
                reported = "; ".join(f"{line.text.rstrip('.')} ({line.when})" for line in lines)
                parts.append(f"{words}: {reported}.")
        if not self.gained and not self.lost:
            parts.append("No other turning point would have been different.")
        if self.further:
            parts.append(f"{self.further} further turning points would have been different.")
        return " ".join(parts)


@dataclass(frozen=True)
class ShortStory:
    """Half a page on one world.

    Attributes:
        world: its number.
        title: what it is known by: "World 17: soldiers, technology, no intervention".
        lines: its turning points, in order; the lesser ones are left out where there are many.
        left_out: how many turning points are left out.
        routine: what recurs, in counts, as a sentence; may be empty.
        turned: the nearest decision that mattered, gone otherwise; None where there is none.
    """

    world: int
    title: str
    lines: tuple[ShortLine, ...]
    left_out: int
    routine: str
    turned: Otherwise | None

    @property
    def otherwise(self) -> str:
        """What would have followed had one draw gone otherwise, in sentences; may be empty."""
        return self.turned.text if self.turned else ""


def short_story(scenario: Scenario, world: int) -> ShortStory:
    """Return half a page on one world, which is simulated again, then with draws turned."""
    block = resimulate_block(scenario, world, 1)
    record, points = block.world_record(world), list_points(point_rows(block.history))
    reported = _main_points(points, _MOST_LINES)
    turned = turn_one_draw(record)
    return ShortStory(
        world,
        f"World {world}: {head_words(record, points)}",
        tuple(_line(record, point) for point in reported),
        len(points) - len(reported),
        _routine(record),
        _otherwise(record, turned) if turned else None,
    )


def _main_points(points: list[Point], most: int) -> list[Point]:
    """Return the turning points reported, in order: all, or those of the weightiest kinds."""
    weights = {kind: place for place, kind in enumerate(load_phrases()["weightiest"]["kinds"])}
    ranked = sorted(range(len(points)), key=lambda place: weights[points[place].kind])
    return [points[place] for place in sorted(ranked[:most])]


def _line(record: WorldRecord, point: Point) -> ShortLine:
    when = _month_words(record.scenario, point.month)
    return ShortLine(point.month, when, point_sentence(record.scenario, point), _why(record, point))


def _why(record: WorldRecord, point: Point) -> str:
    """Return the chance and the main reason of a turning point; empty if nothing was decided."""
    event = event_behind(point)
    choice = find_choice(record, event)
    if choice is None:
        return "assumed by the scenario" if is_scenario_shock(record, event) else ""
    return "; ".join(filter(None, (_chance_words(choice), _reason_words(choice))))


def _chance_words(choice: Choice) -> str:
    if choice.played:
        return f"decided by hand; chance {percent(choice.chance)}"
    is_aid = choice.key.what in load_phrases()["aid_decisions"]["decisions"]
    chance = choice.chances[(max(choice.level, 1) if is_aid else 1) - 1]
    recurs = choice.key.what in load_phrases()["monthly"]["decisions"]
    of_what = "" if choice.level else " of any aid"
    return f"chance{of_what}{' that month' if recurs else ''} {percent(chance)}"


def _reason_words(choice: Choice) -> str:
    """Return the strongest reason for what was decided; empty if none is strong."""
    sign = 1 if choice.level else -1
    words = (reason.words for reason in weigh_terms(choice) if reason.log_odds * sign > 0)
    main = next(words, "")
    return f"main reason: {main}" if main else ""


def percent(chance: float) -> str:
    """Return a chance in percent, never as none or all."""
    if chance < 0.01:
        return f"{100 * chance:.1f}%" if chance >= 0.0005 else "under 0.1%"
    return f"{100 * chance:.0f}%" if chance < 0.995 else "over 99%"


def _routine(record: WorldRecord) -> str:
    """Return what recurs in a world, in counts, as a sentence."""
    counts = list(_routine_counts(record))
    return f"Routine: {'; '.join(counts)}." if counts else ""


def _routine_counts(record: WorldRecord) -> Iterator[str]:
    totals: Counter[tuple[str, str]] = Counter()
    for event in record.events:
        own = event.event == "provocation"
        totals[event.event, event.actor if own else ""] += event.level if own else 1
    for kind, (one, several) in load_phrases()["counts"].items():
        for (event_kind, code), count in totals.items():
            if event_kind == kind:
                template = one if count == 1 else several
                yield template.format(count=count, actor=actor_name(record.scenario, code))


def _otherwise(record: WorldRecord, turned: TurnedWorld) -> Otherwise:
    """Return the near miss in words, and the turning points that differ."""
    scenario, line = record.scenario, near_line(record.scenario, turned.near)
    sides = turned.gained, turned.lost
    reported = [_bare_lines(scenario, _main_points(side, _MOST_CHANGES)) for side in sides]
    further = sum(map(len, sides)) - sum(map(len, reported))
    return Otherwise(line, reported[0], reported[1], further)


def near_line(scenario: Scenario, near: NearMiss) -> ShortLine:
    """Return a near miss in words that follow 'In March 2025', with its chance and draw."""
    draw, chance = format_distinct(near.choice.draw, near.chance)
    words = {"reached": near.reached, "close": near.is_close}
    what = near_words(scenario, near.choice.key, near.level, **words)
    when = _month_words(scenario, near.choice.month)
    return ShortLine(near.choice.month, when, what, f"chance {chance}, draw {draw}")


def _bare_lines(scenario: Scenario, points: list[Point]) -> tuple[ShortLine, ...]:
    return tuple(
        ShortLine(point.month, _month_words(scenario, point.month), point_sentence(scenario, point))
        for point in points
    )


def _month_words(scenario: Scenario, month: int) -> str:
    return f"{first_day(month, scenario.start):%b %Y}"
