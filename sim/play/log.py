"""The log of a class: append-only, in one SQLite file, each line on the disk before it counts."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

from filelock import FileLock, Timeout

from sim.errors import RequestError, ResultsError
from sim.play.acts import Act, Answer, Bet, Create, Entry, Order, act_text, read_act

_APPLICATION = 0x53494D50
"""Marks the file as a log of this kind."""
_VERSION = 1
_TABLES = """
PRAGMA application_id = {application};
PRAGMA user_version = {version};
CREATE TABLE log (
  number INTEGER PRIMARY KEY, room TEXT NOT NULL, id TEXT NOT NULL, at REAL NOT NULL,
  act TEXT NOT NULL, once TEXT, UNIQUE (room, id), UNIQUE (room, once)
);
CREATE TRIGGER never_changed BEFORE UPDATE ON log BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER never_deleted BEFORE DELETE ON log BEGIN SELECT RAISE(ABORT, 'append-only'); END;
"""
Prepare = Callable[[Act], Act]
"""Called in the thread that writes, when all before it is written; returns what is written."""
Written = Callable[[Entry], object]
"""Called in the thread that writes, with what is on the disk."""


class Log:
    """The log of all rooms of a class; one thread writes.

    WAL with `synchronous = FULL`: what is acknowledged survives a lost process and a lost power
    supply. The id of an entry is unique within its room; a room is opened once, a delegation has
    one order sheet a quarter and one answer a question, a phone one guess a subject: the file
    itself refuses more.
    """

    def __init__(self, file: Path) -> None:
        """Open the log, or begin it.

        Raises:
            ResultsError: the file is no log, is in use by another process, or cannot be written.
        """
        self.file = file
        self._lock = FileLock(f"{file}.lock")
        self._writer = ThreadPoolExecutor(1, thread_name_prefix="log")
        self._take_lock()
        try:
            self._connection = self._writer.submit(_open, file).result()
        except (ResultsError, sqlite3.Error, OSError) as error:
            self._writer.shutdown()
            self._lock.release()
            raise ResultsError(f"{file}: cannot be used as the log of a class: {error}") from None

    def entries(self, room: str = "") -> list[Entry]:
        """Return all entries in order, or those of a room."""
        return self._writer.submit(_read, self._connection, room).result()

    def append(
        self,
        room: str,
        act_id: str,
        act: Act,
        prepare: Prepare = lambda act: act,
        written: Written = lambda _entry: None,
    ) -> Future[Entry]:
        """Append an act; the result is there once it is on the disk.

        Args:
            room: the code of the room.
            act_id: of the act; if the room has it already, the entry that it has is the result.
            act: what happens.
            prepare: returns the act as it is written, or raises what the caller shall receive.
            written: receives the new entry before the caller does.

        Raises (from the future):
            RequestError: it is a second sheet, answer or guess.
            ResultsError: it cannot be written.
        """
        return self._writer.submit(self._append, room, act_id, act, prepare, written)

    def close(self) -> None:
        """Write what is waiting, and close the file."""
        self._writer.submit(self._connection.close).result()
        self._writer.shutdown()
        self._lock.release()

    def _append(
        self, room: str, act_id: str, act: Act, prepare: Prepare, written: Written
    ) -> Entry:
        known = _read(self._connection, room, act_id)
        if known:
            return known[0]
        act, now = prepare(act), time.time()
        entry = Entry(self._insert(room, act_id, act, now), room, now, act_id, act)
        written(entry)
        return entry

    def _insert(self, room: str, act_id: str, act: Act, now: float) -> int:
        row = (room, act_id, now, act_text(act), _once(act))
        try:
            with self._connection:
                written = self._connection.execute(
                    "INSERT INTO log (room, id, at, act, once) VALUES (?, ?, ?, ?, ?)", row
                )
        except sqlite3.IntegrityError:
            raise RequestError(f"{act.kind}: there is one already, and the first counts") from None
        except sqlite3.Error as error:
            raise ResultsError(f"{self.file}: cannot be written: {error}") from None
        return int(written.lastrowid or 0)

    def _take_lock(self) -> None:
        try:
            self._lock.acquire(timeout=0)
        except Timeout:
            self._writer.shutdown()
            raise ResultsError(
                f"{self.file}: is in use by another class that is being played; end that one first"
            ) from None
        except OSError as error:
            self._writer.shutdown()
            raise ResultsError(f"{self.file}: cannot be written: {error.strerror}") from None


def _open(file: Path) -> sqlite3.Connection:
    """Return a connection to a log, which is begun if the file is new or empty."""
    connection = sqlite3.connect(file, check_same_thread=False)
    try:
        kind = connection.execute("PRAGMA application_id").fetchone()[0]
        if not kind and not connection.execute("SELECT * FROM sqlite_master").fetchone():
            tables = _TABLES.format(application=_APPLICATION, version=_VERSION)
            connection.executescript(f"BEGIN; {tables} COMMIT;")
        elif kind != _APPLICATION:
            raise ResultsError("it is a file of another kind")
        elif connection.execute("PRAGMA user_version").fetchone()[0] != _VERSION:
            raise ResultsError("it was written by another version of this package")
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
    except BaseException:
        connection.close()
        raise
    return connection


def _read(connection: sqlite3.Connection, room: str, act_id: str = "") -> list[Entry]:
    """Return entries in order: all, those of a room, or that of an id in it."""
    rows = connection.execute(
        "SELECT number, room, at, id, act FROM log "
        "WHERE (?1 = '' OR room = ?1) AND (?2 = '' OR id = ?2) ORDER BY number",
        (room, act_id),
    )
    return [Entry(number, room, at, name, read_act(text)) for number, room, at, name, text in rows]


def _once(act: Act) -> str | None:
    """Return what a room can have once; None for what it can have again and again."""
    match act:
        case Create():
            return "create"
        case Order():
            return f"order {act.quarter} {act.seat}"
        case Answer():
            return f"answer {act.question}"
        case Bet():
            return f"bet {act.phone} {act.subject}"
        case _:
            return None
