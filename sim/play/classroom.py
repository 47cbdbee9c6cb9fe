"""The rooms of a class: the log, the state of each room, and the engine's part in it."""

from __future__ import annotations

from concurrent.futures import Future
from dataclasses import dataclass
from pathlib import Path

from sim.play.acts import Act, Create, Entry
from sim.play.game import Game, Orders
from sim.play.log import Log
from sim.play.room import Room
from sim.scenario.load import LoadedScenario


@dataclass(frozen=True)
class Job:
    """What the engine is asked to simulate: plain values, for a process of its own."""

    scenario: str
    world: int
    orders: tuple[tuple[int, Orders], ...]
    seats: tuple[str, ...]


def run_job(job: Job) -> Game:
    """Simulate a game; for a pool of processes, hence a function of a module."""
    raise NotImplementedError


def new_room(loaded: LoadedScenario, world: int, seats: tuple[str, ...] = ()) -> Create:
    """Return the act that opens a room on a scenario.

    Raises:
        RequestError: there is no such actor, or the scenario has a past.
    """
    raise NotImplementedError


class Classroom:
    """The rooms of a class, one log for all.

    Reading is free and sees the state after the last line on the disk. To act, call `act`; it
    checks, writes and folds in the thread that writes, one after another.
    """

    def __init__(self, file: Path) -> None:
        """Open a class, or begin one; all rooms are as they were.

        Raises:
            ResultsError: the file is no log, or cannot be used.
        """
        self.log = Log(file)

    @property
    def rooms(self) -> dict[str, Room]:
        """The rooms by code."""
        raise NotImplementedError

    def room(self, code: str) -> Room:
        """Return a room.

        Raises:
            RequestError: there is none of this code.
        """
        raise NotImplementedError

    def act(self, code: str, act: Act, act_id: str = "") -> Future[Entry]:
        """Do something in a room; the result is there once it is on the disk.

        Args:
            code: of the room.
            act: what is done; a `Create` opens the room.
            act_id: of the act, for repetitions; drawn if empty.

        Raises (from the future):
            RequestError: it cannot be done; one sentence says why.
        """
        raise NotImplementedError

    def job(self, code: str) -> Job | None:
        """Return what the engine has to simulate in a room; None if it waits for people.

        After it: `act(code, Simulated(run_job(job)))`.
        """
        raise NotImplementedError

    def verify(self, code: str) -> str:
        """Simulate a room anew from its log; return what differs in a sentence, or nothing.

        A history that differs means that the engine is not the one that the class played with.
        """
        raise NotImplementedError

    def close(self) -> None:
        """Write what is waiting, and close the log."""
        self.log.close()
