"""Each line of a log is on the disk before it counts, and none is ever changed."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from sim.errors import RequestError, ResultsError
from sim.play.acts import Act, Answer, Begin, Bell, Bet, Order, Simulated, act_text, read_act
from sim.play.log import Log
from tests.play.rooms import SETUP, crisis, game

ROOM = "ABCD"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "class.db"


@pytest.fixture
def log(file: Path) -> Iterator[Log]:
    opened = Log(file)
    yield opened
    opened.close()


@pytest.mark.parametrize("act", [SETUP, Begin(), Order("north", 1, {"a": 1}), Simulated(crisis())])
def test_an_act_is_read_as_it_was_written(act: Act) -> None:
    assert read_act(act_text(act)) == act


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('{"kind": "moan"}', "'moan'"),
        ('{"kind": "order", "seat": "north", "quarter": "soon"}', "order.quarter: "),
        ("[", "Invalid JSON"),
    ],
)
def test_what_is_no_act_is_refused_in_a_sentence(text: str, message: str) -> None:
    with pytest.raises(RequestError) as refused:
        read_act(text)
    assert message in str(refused.value)
    assert "\n" not in str(refused.value)


def test_what_is_acknowledged_is_there_when_the_log_is_opened_again(file: Path) -> None:
    log = Log(file)
    written = [log.append(ROOM, "1", SETUP).result(), log.append(ROOM, "2", Bell()).result()]
    log.append("EFGH", "0", SETUP).result()
    log.close()
    again = Log(file)
    assert again.entries(ROOM) == written
    assert [entry.room for entry in again.entries()] == [ROOM, ROOM, "EFGH"]
    assert [entry.number for entry in again.entries()] == [1, 2, 3]
    again.close()


def test_it_is_written_through_to_the_disk(log: Log, file: Path) -> None:
    log.append(ROOM, "1", SETUP).result()
    other = sqlite3.connect(file)  # another process sees what is acknowledged
    assert other.execute("SELECT count(*) FROM log").fetchone() == (1,)
    assert other.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    other.close()
    assert log._connection.execute("PRAGMA synchronous").fetchone() == (2,)


def test_a_repetition_changes_nothing_and_is_answered_alike(log: Log) -> None:
    first = log.append(ROOM, "same", Bell()).result()

    def refuse(_act: Act) -> Act:
        raise RequestError("not now")

    assert log.append(ROOM, "same", Bell(), prepare=refuse).result() == first
    assert log.append("EFGH", "same", Bell()).result() != first
    assert len(log.entries(ROOM)) == 1


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (SETUP, SETUP),
        (Order("north", 1), Order("north", 1, {"a": 1})),
        (Answer("south", "m1", 0), Answer("south", "m1", 1)),
        (Bet("phone", "war", 1), Bet("phone", "war", 2)),
    ],
    ids=["create", "order", "answer", "bet"],
)
def test_the_file_itself_refuses_a_second_one(log: Log, first: Act, second: Act) -> None:
    log.append(ROOM, "1", first).result()
    with pytest.raises(RequestError, match=f"^{first.kind}: there is one already, and the first"):
        log.append(ROOM, "2", second).result()
    assert len(log.entries()) == 1


def test_what_is_refused_is_not_written(log: Log) -> None:
    def refuse(_act: Act) -> Act:
        raise RequestError("not now")

    seen: list[object] = []
    with pytest.raises(RequestError, match="not now"):
        log.append(ROOM, "1", Bell(), refuse, seen.append).result()
    assert (log.entries(), seen) == ([], [])


@pytest.mark.parametrize("change", ["UPDATE log SET act = ''", "DELETE FROM log"])
def test_no_line_is_changed_or_deleted(log: Log, file: Path, change: str) -> None:
    log.append(ROOM, "1", Simulated(game())).result()
    other = sqlite3.connect(file)
    with pytest.raises(sqlite3.IntegrityError, match="append-only"):
        other.execute(change)
    other.close()


def test_a_log_is_used_by_one_class_at_a_time(log: Log, file: Path) -> None:
    with pytest.raises(ResultsError, match=r"class.db: is in use by another class"):
        Log(file)


@pytest.mark.parametrize(
    ("statement", "message"),
    [
        ("CREATE TABLE other (name TEXT)", "it is a file of another kind"),
        (
            f"PRAGMA application_id = {0x53494D50}",
            "it was written by another version of this package",
        ),
    ],
)
def test_another_file_is_not_touched(file: Path, statement: str, message: str) -> None:
    other = sqlite3.connect(file)
    other.execute(statement)
    other.commit()
    other.close()
    before = file.read_bytes()
    with pytest.raises(ResultsError, match=message):
        Log(file)
    assert file.read_bytes() == before


def test_a_file_that_is_no_database_is_refused(file: Path) -> None:
    file.write_text("a letter to the class, long enough to be no header of a database " * 9)
    with pytest.raises(ResultsError, match="cannot be used as the log of a class"):
        Log(file)


def test_a_place_that_cannot_be_written_to_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(ResultsError, match=r"class.db: cannot be written: "):
        Log(tmp_path / "file" / "class.db")


def test_a_full_disk_is_said_and_the_log_stays_as_it_was(log: Log) -> None:
    log.append(ROOM, "1", SETUP).result()
    pages = log._connection.execute("PRAGMA page_count").fetchone()[0]
    log._connection.execute(f"PRAGMA max_page_count = {pages}")
    large = Simulated(game(digest="x" * 100_000))
    with pytest.raises(ResultsError, match=r"class.db: cannot be written: .* full"):
        log.append(ROOM, "2", large).result()
    assert [entry.act for entry in log.entries()] == [SETUP]
