"""The game on one screen: delegations take turns at the keyboard."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from sim.errors import RequestError
from sim.play.acts import Act, Answer, Begin, Bell, Order, Resume, Simulated
from sim.play.class_file import save_class_file
from sim.play.classroom import Classroom, run_job
from sim.play.gauges import Gauge
from sim.play.news import MODEL, News, headlines, visible_to
from sim.play.room import Phase, Room
from sim.play.sheet import Question, Sheet

Read = Callable[[str], str]
"""Asks with a prompt and returns the line; raises EOFError at the end of the input."""
Write = Callable[[str], object]
"""Shows a text."""
LEAVE = "m"
"""What a delegation types to leave everything to the model."""


def play_hot_seat(classroom: Classroom, room: str, read: Read, write: Write) -> Path | None:
    """Play a room to its end, or until the input ends; the log keeps all.

    Args:
        classroom: the class.
        room: the code of the room.
        read: asks with a prompt and returns the line; raises EOFError at the end.
        write: shows a text.

    Returns:
        The scenario file of the class, next to the log; None if the game is not over.
    """
    table = _Table(classroom, room, read, write)
    try:
        while table.room.phase is not Phase.OVER:
            table.go_on()
    except EOFError:
        write(f"\nThe game is kept in {classroom.log.file}; it goes on where it stands.")
        return None
    write(_render_news(table.room.game.news if table.room.game else ()))
    file = save_class_file(table.room, classroom.log.file)
    write(f"The game is over. It is a scenario now: {file}\n  sim tell {file}   its story")
    return file


class _Table:
    """One room on one screen."""

    def __init__(self, classroom: Classroom, code: str, read: Read, write: Write) -> None:
        self._classroom, self._code = classroom, code
        self._read, self._write = read, write

    @property
    def room(self) -> Room:
        return self._classroom.room(self._code)

    def go_on(self) -> None:
        """Take the next step of the game, whatever it waits for."""
        room = self.room
        if room.needs_engine:
            self._write("The quarter is simulated ...")
            job = self._classroom.job(self._code)
            if job:
                self._act(Simulated(run_job(job)))
        elif room.phase is Phase.LOBBY:
            self._act(Begin())
        else:
            self._ask(room)
            self._act(Bell())

    def _ask(self, room: Room) -> None:
        if room.is_paused:
            self._act(Resume())
        self._write(_render_head(room))
        if room.phase is Phase.CRISIS:
            for question in room.open_questions:
                self._answer(question)
        else:
            for code in room.awaited:
                self._order(code)

    def _order(self, code: str) -> None:
        sheet = self.room.sheet(code)
        seat = next(seat for seat in self.room.setup.seats if seat.code == code)
        self._write(
            "\n".join([f"\n-- {seat.name} --", *(f"   {goal.text}" for goal in seat.goals)])
        )
        if sheet is None or self._read(_GREETING).strip().lower() == LEAVE:
            return
        if self.room.game:
            known = visible_to(self.room.game.news, code)
            self._write(_render_news(tuple(each for each in known if each.seen_by)))
        choices = {each.id: self._choose(each) for each in sheet.standing}
        self._act(Order(code, sheet.quarter, choices | self._take_initiative(sheet)))

    def _take_initiative(self, sheet: Sheet) -> dict[str, int]:
        offers = list(_offers(sheet))
        lines = [f"   {place} {words}" for place, (_, _, words) in enumerate(offers, 1)]
        self._write("\n".join(["  One initiative:", "   0 None", *lines]))
        taken = self._number("  Initiative [0]: ", len(offers), 0)
        return {offers[taken - 1][0].id: offers[taken - 1][1]} if taken else {}

    def _choose(self, question: Question) -> int:
        options = "; ".join(f"{place} {it.words}" for place, it in enumerate(question.options))
        colon = "" if question.text.endswith("?") else ":"
        self._write(f"  {question.text}{colon}\n   {options}")
        prompt = f"  Number [{question.default}]: "
        return self._number(prompt, len(question.options) - 1, question.default)

    def _answer(self, question: Question) -> None:
        name = next(it.name for it in self.room.setup.seats if it.code == question.seat)
        self._write(f"\n-- {name} is asked --")
        self._act(Answer(question.seat, question.id, self._choose(question)))

    def _number(self, prompt: str, most: int, default: int) -> int:
        """Ask until the answer is a whole number from 0 to `most`, or nothing."""
        while True:
            typed = self._read(prompt).strip()
            if not typed:
                return default
            if typed.isascii() and typed.isdigit() and int(typed) <= most:
                return int(typed)
            self._write(f"  {typed!r}: a whole number from 0 to {most} is needed")

    def _act(self, act: Act) -> None:
        try:
            self._classroom.act(self._code, act).result()
        except RequestError as error:  # nothing that the screen offers, but the log has the word
            self._write(f"  {error}")


_GREETING = f"  Enter when the delegation is here; {LEAVE} leaves everything to the model: "


def _offers(sheet: Sheet) -> Iterator[tuple[Question, int, str]]:
    """Yield each initiative that can be taken: its question, the option, and words for it."""
    for question in sheet.initiatives:
        for place, option in enumerate(question.options):
            if place:
                yield question, place, f"{question.text}: {option.words.lower()}"


def _render_head(room: Room) -> str:
    """Return the head of a quarter: where the game stands, the news and the gauges."""
    game = room.game
    if game is None:
        return ""
    when = f": {game.sheets[0].when}" if game.sheets else ", a crisis"
    lines = [f"\n== Quarter {game.quarter} of {game.quarters}{when} =="]
    if silent := ", ".join(seat.name for seat in room.setup.seats if seat.code in room.silent):
        lines.append(f"The model plays {silent}.")
    lines += [_render_news(visible_to(game.news)), *map(_render_gauge, game.gauges)]
    return "\n".join(filter(None, lines))


def _render_news(news: tuple[News, ...]) -> str:
    first = headlines(news)
    marks = {each: "*" if each in first else " " for each in news}
    return "\n".join(
        f"{marks[each]} {each.when}  {each.text}"
        f"{' (The model decided.)' if each.decided_by == MODEL else ''}"
        for each in news
    )


def _render_gauge(gauge: Gauge) -> str:
    value, before = (
        "n/a" if number is None else f"{number:.2f}" for number in (gauge.value, gauge.before)
    )
    low, high = gauge.ends
    return f"  {gauge.name}: {value} (before: {before}; {gauge.low:g} {low}, {gauge.high:g} {high})"
