"""Where a class surprised the model: the moves to which the model gave a small chance.

The surprise of a move is minus the binary logarithm of its chance: one for even odds, two for one
in four (Shannon 1948, Bell System Technical Journal 27:379). A delegation that moved more often has
more rare moves, so surprises are neither added nor ranked between delegations.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby
from math import inf, isfinite, log2

from sim.analysis.stories.phrases import load_phrases, named_chance
from sim.analysis.stories.replay import Choice, Event, WorldRecord
from sim.analysis.stories.story import combined_sentence, event_sentence, led_to
from sim.play.debrief.words import describe_question, format_month, move_key, name_level
from sim.scenario.playable import load_playable
from sim.scenario.schema.past import MoveSpec, PastSpec

MOST_MOVES = 5
"""Moves shown of one delegation."""
_LEAST_BITS = log2(3)
"""Bits of surprise from which a move is shown: the model gave it less than one chance in three."""


@dataclass(frozen=True)
class PlayedMove:
    """A move of the class, and what the model gave for it.

    Attributes:
        number: its number in the file, from 1.
        move: the move.
        choice: the decision in the world that was played; None where it did not arise.
        when: the month in words, such as "Aug 2025".
        text: what was decided, in a sentence.
    """

    number: int
    move: MoveSpec
    choice: Choice | None
    when: str
    text: str

    @property
    def chance(self) -> float:
        """The chance that the model gave to what was decided; 1 where nothing is drawn."""
        drawn = self.choice and load_playable()[self.move.what].drawn
        return chance_of(self.choice, self.move.level) if self.choice and drawn else 1.0

    @property
    def bits(self) -> float:
        """The surprise, in bits."""
        return -log2(self.chance) if self.chance > 0 else inf

    @property
    def odds(self) -> str:
        """The chance in words, such as "a chance of about one in fifty"."""
        return named_chance(self.chance) if self.chance > 0 else "no chance"


@dataclass(frozen=True)
class Surprise:
    """Moves of a delegation that say the same, of which the rarest stands for all.

    Attributes:
        rarest: the least likely of them.
        months: in how many months it was decided so.
    """

    rarest: PlayedMove
    months: int

    @property
    def bits(self) -> str:
        """The surprise of the rarest as text, such as "5.6"; empty where it was excluded."""
        return f"{self.rarest.bits:.1f}" if isfinite(self.rarest.bits) else ""


@dataclass(frozen=True)
class Delegation:
    """The moves of one seat.

    Attributes:
        code: the actor.
        name: its name.
        moves: how many decisions it took by hand.
        idle: how many orders found no occasion.
        surprises: the least likely, the rarest first; at most `MOST_MOVES`.
    """

    code: str
    name: str
    moves: int
    idle: int
    surprises: tuple[Surprise, ...]


def chance_of(choice: Choice, level: int) -> float:
    """Return the chance that the model gave to one level; of a number, to at least one."""
    return max(replace(choice, level=level).chance, 0.0)


def list_moves(record: WorldRecord, past: PastSpec) -> list[PlayedMove]:
    """Return the moves of a game in the order of its file, as they went in its world."""
    choices = {(choice.month, choice.key): choice for choice in record.choices}
    return [
        _find_move(record, number, move, choices.get((move.month, move_key(move))))
        for number, move in enumerate(past.moves, start=1)
    ]


def _find_move(
    record: WorldRecord, number: int, move: MoveSpec, choice: Choice | None
) -> PlayedMove:
    when = format_month(record.scenario, move.month)
    return PlayedMove(number, move, choice, when, _describe(record, move, choice))


def _describe(record: WorldRecord, move: MoveSpec, choice: Choice | None) -> str:
    """Return the event that a move led to, or else the question and the answer."""
    if choice:
        for event in record.events:
            if event.month == move.month and led_to(choice.key, move.level, event):
                return _tell_event(record, event)
    question = describe_question(record.scenario, move_key(move))
    answer = name_level(move.what, move.level)
    return f"{question[:1].upper()}{question[1:]}: {answer}."


def _tell_event(record: WorldRecord, event: Event) -> str:
    if event.event in load_phrases()["routine"]:
        return combined_sentence(record.scenario, [event])
    return event_sentence(record, event, standalone=True)


def group_by_seat(record: WorldRecord, moves: Iterable[PlayedMove]) -> list[Delegation]:
    """Return the delegations that moved, in the order of the scenario."""
    order = list(record.scenario.actors)
    ordered = sorted(moves, key=lambda each: order.index(each.move.who))
    return [
        _delegation(record, seat, list(own))
        for seat, own in groupby(ordered, key=lambda each: each.move.who)
    ]


def _delegation(record: WorldRecord, seat: str, moves: list[PlayedMove]) -> Delegation:
    taken = [each for each in moves if each.choice]
    rare = sorted(_group_alike(taken), key=lambda each: -each.rarest.bits)
    shown = tuple(each for each in rare if each.rarest.bits > _LEAST_BITS)[:MOST_MOVES]
    name = record.scenario.actors[seat].name
    return Delegation(seat, name, len(taken), len(moves) - len(taken), shown)


def _group_alike(moves: list[PlayedMove]) -> Iterator[Surprise]:
    """Yield moves of the same decision and level, in whatever months, as one."""
    alike: dict[tuple[object, int], list[PlayedMove]] = {}
    for each in moves:
        alike.setdefault((move_key(each.move), each.move.level), []).append(each)
    for group in alike.values():
        yield Surprise(max(group, key=lambda each: each.bits), len(group))
