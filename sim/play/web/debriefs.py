"""The debriefs of the rooms: prepared by the engine while the class talks, and sent as one page."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sim.errors import RequestError, SimError
from sim.play.acts import Fork
from sim.play.class_file import save_class_file
from sim.play.debrief.choices import TurnChoice, list_turns
from sim.play.debrief.of_room import make_page, request_debrief
from sim.play.debrief.request import DebriefRequest
from sim.play.room import Phase, Room
from sim.play.web.desk import Desk

WORLDS = (1_000, 10_000)
"""Ordinary worlds beside the class: in a moment, or as many as a share of 1% needs."""
_MOST_TURNS = 12
"""Decisions that are offered to be changed, the least likely first."""


@dataclass
class Debriefs:
    """What the engine has prepared for the debrief of each room.

    Attributes:
        desk: the class.
        make: makes a page; a function of a module.
        list_turns: lists what can be changed; a function of a module.
        pages: the pages that are ready.
        turns: the decisions that can be changed.
        said: what is under way, or what went wrong.
    """

    desk: Desk
    make: Callable[[DebriefRequest, Path], str] = make_page
    list_turns: Callable[[Path], list[TurnChoice]] = list_turns
    pages: dict[str, str] = field(default_factory=dict)
    turns: dict[str, list[TurnChoice]] = field(default_factory=dict)
    said: dict[str, str] = field(default_factory=dict)
    _tasks: set[asyncio.Task[None]] = field(default_factory=set)

    def offer(self, code: str) -> None:
        """List what could have been decided otherwise in a room.

        Raises:
            RequestError: the game is not over, or something is under way.
        """
        room = self._require_over(code)
        self._start(code, "The decisions are being listed…", self._offer(room))

    def prepare(self, code: str, worlds: int) -> None:
        """Make the page of a room.

        Raises:
            RequestError: the game is not over, or something is under way, or the number of worlds
                is not offered.
        """
        room = self._require_over(code)
        if worlds not in WORLDS:
            raise RequestError("worlds: allowed are 1000 and 10000")
        self._start(code, f"{worlds:,} worlds are being simulated…", self._prepare(room, worlds))

    def find_turn(self, code: str, number: int, level: int) -> Fork:
        """Return the change of an offered decision to another level.

        Raises:
            RequestError: it is not offered.
        """
        for turn in self.turns.get(code, []):
            if turn.number == number and level in dict(turn.others):
                move = turn.move
                return Fork(move.month, (move.what, move.who, move.towards, move.about), level)
        raise RequestError("this decision is not offered")

    def show(self, room: Room) -> dict[str, Any]:
        """Return what the teacher sees of the debrief of a room."""
        chosen = {(fork.month, *fork.key): fork.level for fork in room.forks}
        return {
            "said": self.said.get(room.code, ""),
            "ready": room.code in self.pages,
            "turns": [_show_turn(turn, chosen) for turn in self.turns.get(room.code, [])],
            "chosen": len(chosen),
        }

    async def close(self) -> None:
        """Give up what is under way."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def _require_over(self, code: str) -> Room:
        room = self.desk.classroom.room(code)
        if room.phase is not Phase.OVER:
            raise RequestError("the debrief comes when the game is over")
        return room

    def _start(self, code: str, said: str, work: Any) -> None:
        if self.said.get(code, "").endswith("…"):
            work.close()
            raise RequestError("the debrief of this room is being prepared")
        self.said[code] = said
        self.desk.hub.announce()
        task = asyncio.create_task(self._finish(code, work))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _finish(self, code: str, work: Any) -> None:
        try:
            await work
            self.said[code] = ""
        except (SimError, OSError) as error:
            self.said[code] = f"The debrief cannot be made: {error}"
        finally:
            self.desk.hub.announce()

    async def _offer(self, room: Room) -> None:
        file = save_class_file(room, self.desk.classroom.log.file)
        found = await self.desk.call(self.list_turns, file)
        self.turns[room.code] = choose_turns(found)

    async def _prepare(self, room: Room, worlds: int) -> None:
        log = self.desk.classroom.log.file
        request = request_debrief(room, save_class_file(room, log), worlds)
        made = await self.desk.call(self.make, request, log.parent / "results")
        self.pages[room.code] = made


def choose_turns(found: Sequence[TurnChoice]) -> list[TurnChoice]:
    """Return what is offered: each decision in the month in which it was least likely."""
    first: dict[tuple[str, str, str, str], TurnChoice] = {}
    for turn in found:  # the least likely come first
        move = turn.move
        first.setdefault((move.what, move.who, move.towards, move.about), turn)
    return list(first.values())[:_MOST_TURNS]


def _show_turn(turn: TurnChoice, chosen: dict[tuple[int, str, str, str, str], int]) -> Any:
    move = turn.move
    return {
        "number": turn.number,
        "when": turn.when,
        "text": turn.text,
        "odds": turn.odds,
        "others": [{"level": level, "words": words} for level, words in turn.others],
        "chosen": chosen.get((move.month, move.what, move.who, move.towards, move.about)),
    }
