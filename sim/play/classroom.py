"""The rooms of a class: the log, the state of each room, and the engine's part in it."""

from __future__ import annotations

import secrets
from concurrent.futures import Future
from dataclasses import dataclass
from pathlib import Path

from sim.errors import RequestError
from sim.experiment.storage.engine_fingerprint import engine_fingerprint
from sim.play.acts import Act, Create, Entry, Pause
from sim.play.check_act import check_act
from sim.play.game import Choices, Game, Move, Orders
from sim.play.log import Log
from sim.play.room import Room, fold
from sim.play.seats import deal_seats
from sim.play.simulation import Step, advance, replay_digest
from sim.scenario.files.lookup import SUFFIX, name_scenario
from sim.scenario.load import LoadedScenario
from sim.scenario.schema.scenario import Scenario


@dataclass(frozen=True)
class Job:
    """What the engine is asked to simulate: plain values, for a process of its own."""

    scenario: str
    world: int
    seats: tuple[str, ...]
    game: Game | None
    moves: tuple[Move, ...]
    orders: Orders
    standing: dict[str, Choices]


def run_job(job: Job) -> Game:
    """Simulate up to the end of a quarter, or to a crisis; for a process of a pool."""
    scenario = Scenario.model_validate_json(job.scenario)
    step = Step(scenario, job.world, job.seats, job.game, job.moves, job.orders, job.standing)
    return advance(step)


def warm_engine() -> None:
    """Load the engine, so that the first job does not wait for it."""
    import sim.model.replay  # noqa: F401, PLC0415


def new_room(
    loaded: LoadedScenario,
    world: int,
    *,
    seats: tuple[str, ...] = (),
    paper: tuple[str, ...] | None = (),
    teacher: str = "",
) -> Create:
    """Return the act that opens a room on a scenario.

    Args:
        loaded: the scenario.
        world: the number of the world.
        seats: the actors that are played; empty for all.
        paper: the delegations whose sheets are typed in; None for all.
        teacher: SHA-256 of the teacher's token.

    Raises:
        RequestError: there is no such actor, or the scenario has a past.
    """
    scenario = loaded.scenario
    if scenario.past is not None:
        raise RequestError(f"{loaded.name}: has a past; a game begins on the opening day")
    dealt = deal_seats(scenario, seats)
    typed = tuple(seat.code for seat in dealt) if paper is None else paper
    deal_seats(scenario, typed)
    return Create(
        loaded.name,
        _file_to_extend(loaded.file),
        scenario.model_dump_json(),
        world,
        dealt,
        engine_fingerprint(),
        teacher,
        paper=typed,
        bets=scenario.headlines,
    )


def _file_to_extend(file: Path) -> str:
    """Return by what a file of the class extends the scenario: its name, or the file beside it."""
    name = name_scenario(file)
    return file.name if name.endswith(SUFFIX) else name


class Classroom:
    """The rooms of a class, one log for all.

    Reading is free and sees the state after the last line on the disk. To act, call `act`; it
    checks, writes and folds in the thread that writes, one after another.
    """

    def __init__(self, file: Path) -> None:
        """Open a class, or begin one; all rooms are as they were.

        Where the clock ran when the class was left, the time since does not count: the clock
        stands until somebody resumes.

        Raises:
            ResultsError: the file is no log, or cannot be used.
        """
        self.log = Log(file)
        self._rooms: dict[str, Room] = {}
        for entry in self.log.entries():
            self._fold(entry)
        for room in list(self._rooms.values()):
            self._stop_clock(room)

    @property
    def rooms(self) -> dict[str, Room]:
        """The rooms by code."""
        return dict(self._rooms)

    def room(self, code: str) -> Room:
        """Return a room.

        Raises:
            RequestError: there is none of this code.
        """
        if code not in self._rooms:
            raise RequestError("there is no such room")
        return self._rooms[code]

    def act(self, code: str, act: Act, act_id: str = "") -> Future[Entry]:
        """Do something in a room; the result is there once it is on the disk.

        Args:
            code: of the room.
            act: what is done; a `Create` opens the room.
            act_id: of the act, for repetitions; drawn if empty.

        Raises (from the future):
            RequestError: it cannot be done; one sentence says why.
            ResultsError: it cannot be written.
        """
        return self.log.append(
            code,
            act_id or secrets.token_hex(16),
            act,
            prepare=lambda given: check_act(self._rooms.get(code), given),
            written=self._fold,
        )

    def job(self, code: str) -> Job | None:
        """Return what the engine has to simulate in a room; None if it waits for people.

        After it: `act(code, Simulated(run_job(job)))`.
        """
        room = self.room(code)
        if not room.needs_engine:
            return None
        return Job(
            room.setup.scenario,
            room.setup.world,
            room.seats,
            room.game,
            room.moves,
            room.current,
            room.standing,
        )

    def verify(self, code: str) -> str:
        """Simulate a room anew from its log; return what differs in a sentence, or nothing.

        A history that differs means that the engine is not the one that the class played with.
        """
        return verify_room(self.room(code))

    def close(self) -> None:
        """Write what is waiting, and close the log."""
        self.log.close()

    def _fold(self, entry: Entry) -> None:
        self._rooms[entry.room] = fold(self._rooms.get(entry.room), entry)

    def _stop_clock(self, room: Room) -> None:
        """Take the time since the last entry off the clock of a room."""
        if room.ends_at is not None:
            self.act(room.code, Pause(since=room.last_at)).result()


def verify_room(room: Room) -> str:
    """Simulate a room anew from its first month; return what differs in a sentence, or nothing.

    A pure function of the room, for a process of a pool.
    """
    if room.game is None:
        return ""
    scenario = Scenario.model_validate_json(room.setup.scenario)
    step = Step(scenario, room.setup.world, room.seats, room.game, room.moves, room.current)
    if replay_digest(step) == room.game.digest:
        return ""
    changed = "" if room.setup.engine == engine_fingerprint() else ": the engine has changed"
    return (
        f"room {room.code}: the history simulated anew is not the one that was played{changed}; "
        "finish the class with the version that it was begun with"
    )
