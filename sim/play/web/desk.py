"""The desk of a class: what is sent in is written, simulated and shown, one after another."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from dataclasses import dataclass, field
from time import time
from typing import Any

from sim.errors import SimError, WorkerError
from sim.play.acts import Act, Bell, Entry, Simulated
from sim.play.classroom import Classroom, Job, run_job, verify_room
from sim.play.game import Game
from sim.play.room import Room
from sim.play.web.ledger import Ledger
from sim.play.web.push import Hub

GRACE = 3.0
"""Seconds after the bell in which what was on its way still counts."""
_TICK = 0.25
_TRIALS = 3


@dataclass
class Desk:
    """The class, its sockets, its ledger and the engine.

    Attributes:
        classroom: the rooms, and the log.
        make_pool: makes the processes in which the engine simulates.
        simulate: simulates; a function of a module.
        verify: simulates a room anew and says what differs; a function of a module.
        hub: the open sockets.
        ledger: what the log says beyond the state of the rooms.
        troubles: what went wrong in the engine, by room, for the teacher.
    """

    classroom: Classroom
    make_pool: Callable[[], Executor]
    simulate: Callable[[Job], Game] = run_job
    verify: Callable[[Room], str] = verify_room
    hub: Hub = field(default_factory=Hub)
    ledger: Ledger = field(default_factory=Ledger)
    troubles: dict[str, str] = field(default_factory=dict)
    _pool: Executor | None = None
    _driving: dict[str, asyncio.Task[None]] = field(default_factory=dict)
    _watching: list[asyncio.Task[None]] = field(default_factory=list)

    @property
    def rooms(self) -> dict[str, Room]:
        """The rooms by code."""
        return self.classroom.rooms

    async def open(self) -> None:
        """Begin, or go on where the log ends."""
        self.ledger.add(self.classroom.log.entries())
        self._pool = self.make_pool()
        played = [room for room in self.rooms.values() if room.quarter > 1]
        for code in self.rooms:
            self._drive(code)
        self._watching = [
            asyncio.create_task(self._watch_clocks()),
            asyncio.create_task(self._verify(played)),
        ]

    async def close(self) -> None:
        """End the processes and what is under way; the log has everything that counts."""
        tasks = [*self._driving.values(), *self._watching]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        if self._pool:
            self._pool.shutdown(wait=True, cancel_futures=True)

    async def act(self, code: str, act: Act, act_id: str = "") -> Entry:
        """Do something in a room; it is on the disk when this returns.

        Raises:
            RequestError: it cannot be done.
        """
        return await asyncio.shield(asyncio.ensure_future(self._record(code, act, act_id)))

    async def _record(self, code: str, act: Act, act_id: str = "") -> Entry:
        entry = await asyncio.wrap_future(self.classroom.act(code, act, act_id))
        self.ledger.add([entry])
        self.hub.announce(code)
        self._drive(code)
        return entry

    def _drive(self, code: str) -> None:
        """Have the engine simulate what it can, unless it is at it."""
        if code not in self._driving and self._pool:
            self._driving[code] = asyncio.create_task(self._simulate(code))

    async def _simulate(self, code: str) -> None:
        try:
            while job := self.classroom.job(code):
                game = await self._run(job)
                self.troubles.pop(code, None)
                await self._record(code, Simulated(game))
        except Exception as error:  # of the engine: the class stays open, and its log is complete
            self.troubles[code] = f"The quarter cannot be simulated: {error}"
            self.hub.announce()
            if not isinstance(error, SimError):
                raise
        finally:
            del self._driving[code]

    async def _run(self, job: Job) -> Game:
        loop = asyncio.get_running_loop()
        for _ in range(_TRIALS):
            try:
                return await loop.run_in_executor(self._pool, self.simulate, job)
            except BrokenProcessPool:
                self._pool = self.make_pool()
        raise WorkerError("the engine was lost again and again; start the class again")

    async def _verify(self, rooms: Sequence[Room]) -> None:
        """Say to the teacher where a history simulated anew is not the one that was played."""
        for room in rooms:
            if said := await self.call(self.verify, room):
                self.troubles[room.code] = said
                self.hub.announce()

    async def call(self, task: Callable[..., Any], *arguments: Any) -> Any:
        """Return what a function of a module returns, called in a process of the engine."""
        return await asyncio.get_running_loop().run_in_executor(self._pool, task, *arguments)

    async def _watch_clocks(self) -> None:
        while True:
            await asyncio.sleep(_TICK)
            for code, room in self.rooms.items():
                if room.bell_due(time() - GRACE):
                    with suppress(SimError):  # it has rung meanwhile, or the disk is full
                        await self.act(code, Bell())
