"""The log of a class: append-only, in one SQLite file, each line on the disk before it counts."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path

from sim.play.acts import Act, Entry


class Log:
    """The log of all rooms of a class; one thread writes.

    WAL with `synchronous = FULL`: what is acknowledged survives a lost process and a lost power
    supply. The id of an entry is unique within its room, a delegation has one order sheet a
    quarter and one answer a question, a phone one guess a subject: the file itself refuses more.
    """

    def __init__(self, file: Path) -> None:
        """Open the log, or begin it.

        Raises:
            ResultsError: the file is no log, is in use by another process, or cannot be written.
        """
        raise NotImplementedError

    def entries(self, room: str = "") -> list[Entry]:
        """Return all entries in order, or those of a room."""
        raise NotImplementedError

    def append(
        self, room: str, act_id: str, act: Act, on_turn: Callable[[Act], Act] = lambda act: act
    ) -> Future[Entry]:
        """Append an act; the result is there once it is on the disk.

        Args:
            room: the code of the room.
            act_id: of the act; if the room has it already, the entry that it has is returned.
            act: what happens.
            on_turn: called in the thread that writes, when all before it is written; returns the
                act as it is written, or raises what the caller shall receive.

        Raises (from the future):
            RequestError: it is a second sheet, answer or guess.
        """
        raise NotImplementedError

    def close(self) -> None:
        """Write what is waiting, and close the file."""
        raise NotImplementedError
