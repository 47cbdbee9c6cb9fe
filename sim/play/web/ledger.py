"""What the pages show of the log beyond the state of a room: when, by whom, and earlier sheets."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from sim.play.acts import Answer, Bell, Entry, Order, Simulated
from sim.play.game import Game
from sim.play.room import Room
from sim.play.sheet import Question


@dataclass(frozen=True)
class Sent:
    """When something was sent in, in seconds since 1970, and by which phone."""

    at: float
    phone: str


@dataclass(frozen=True)
class Ordered:
    """A line of a sheet, or an answer: of which seat, to which question, what."""

    seat: str
    question: str
    text: str
    answer: str


@dataclass
class Ledger:
    """The entries of all rooms, each counted once.

    Attributes:
        sheets: when and by whom each sheet was sent in, by room, quarter and seat.
        answers: the same of each answer, by room and question.
        games: the games that the engine recorded, by room.
        bells: number of bells of each room.
    """

    sheets: dict[tuple[str, int, str], Sent] = field(default_factory=dict)
    answers: dict[tuple[str, str], Sent] = field(default_factory=dict)
    games: dict[str, list[Game]] = field(default_factory=dict)
    bells: dict[str, int] = field(default_factory=dict)
    _seen: set[int] = field(default_factory=set)

    def add(self, entries: Iterable[Entry]) -> None:
        """Count entries; one that is known already changes nothing."""
        for entry in entries:
            if entry.number not in self._seen:
                self._seen.add(entry.number)
                self._count(entry)

    def _count(self, entry: Entry) -> None:
        match entry.act:
            case Order() as order:
                sent = Sent(entry.at, order.phone)
                self.sheets[entry.room, order.quarter, order.seat] = sent
            case Answer() as answer:
                self.answers[entry.room, answer.question] = Sent(entry.at, answer.phone)
            case Simulated() as simulated:
                self.games.setdefault(entry.room, []).append(simulated.game)
            case Bell():
                self.bells[entry.room] = self.bells.get(entry.room, 0) + 1
            case _:
                pass

    def questions(self, room: str) -> dict[tuple[int, str], Question]:
        """Return every question that was asked in a room, by quarter and id."""
        return {
            (game.quarter, question.id): question
            for game in self.games.get(room, [])
            for question in (*_lines(game), *game.questions)
        }

    def describe_orders(self, room: Room, quarter: int) -> list[Ordered]:
        """Return what was ordered and answered in a quarter.

        Lines that were left as they stood are left out.
        """
        asked = self.questions(room.code)
        orders = room.orders.get(quarter)
        if orders is None:
            return []
        chosen = [(seat, *each) for seat, sheet in orders.sheets.items() for each in sheet.items()]
        answered = [("", question, option) for question, option in orders.answers.items()]
        found: list[Ordered] = []
        for seat, name, option in (*chosen, *answered):
            question = asked.get((quarter, name))
            if question is None or (seat and option == question.default):
                continue
            words = "left to the model" if option is None else question.options[option].words
            found.append(Ordered(seat or question.seat, name, question.text, words))
        return found


def _lines(game: Game) -> Iterator[Question]:
    for sheet in game.sheets:
        yield from sheet.questions
