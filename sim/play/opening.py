"""Opens a class: a new one on a scenario, or one that was played before."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from secrets import randbelow

from sim.errors import RequestError
from sim.play.acts import Create
from sim.play.classroom import Classroom, new_room
from sim.play.figures import choose_bets
from sim.play.tokens import make_code
from sim.scenario.load import load_scenario

_MAGIC = b"SQLite format 3\x00"
_BESIDE = ("", "-wal", "-shm", ".lock")
"""What the files of a class are called beside its own name."""


@dataclass(frozen=True)
class Opening:
    """How a class is opened.

    Attributes:
        file: where it is saved.
        world: the world that all rooms play in; None for any.
        rooms: number of rooms.
        seats: the actors that are played; empty for all.
        typed: whether all sheets are typed in, on one screen.
        sheet_seconds: time for an order sheet.
        crisis_seconds: time for the answer to a crisis.
        teacher: SHA-256 of the teacher's token; empty without a server.
    """

    file: Path
    world: int | None = None
    rooms: int = 1
    seats: tuple[str, ...] = ()
    typed: bool = False
    sheet_seconds: int = 150
    crisis_seconds: int = 60
    teacher: str = ""


@contextmanager
def open_class(game: Path, opening: Opening) -> Iterator[Classroom]:
    """Yield a class, which is closed at the end; what was played is saved.

    Args:
        game: a scenario, or the file of a class, which goes on.
        opening: how a new class is opened.

    Raises:
        ScenarioError: the scenario cannot be used.
        RequestError: the file of a new class exists already; the seats make no sense; or a class
            that goes on is asked to be another.
        ResultsError: the file is no class, or cannot be used.
    """
    if is_class_file(game):
        _require_as_it_is(game, opening)
        classroom = Classroom(game)
    else:
        room = _prepare_room(game, opening)
        if opening.file.exists():
            raise RequestError(
                f"--class {opening.file}: exists already\n"
                f"    sim play {opening.file} goes on with it; another name begins another class"
            )
        classroom = Classroom(opening.file)
        for _ in range(opening.rooms):
            classroom.act(make_code(), room).result()
    try:
        yield classroom
    finally:
        classroom.close()


def _require_as_it_is(file: Path, opening: Opening) -> None:
    """Require that nothing is asked of a class that goes on which was settled when it began."""
    asked = {"--world": opening.world is not None, "--rooms": opening.rooms > 1}
    asked["--seat"] = bool(opening.seats)
    for option in (name for name, given in asked.items() if given):
        raise RequestError(
            f"{option}: the class in {file} goes on as it began\n"
            f"    leave it out, or begin another: sim play SCENARIO {option} ... --class another.db"
        )


def is_class_file(file: Path) -> bool:
    """Return whether a file is a database, as that of a class is."""
    try:
        with file.open("rb") as opened:
            return opened.read(len(_MAGIC)) == _MAGIC
    except OSError:
        return False


def forget_class(file: Path) -> list[Path]:
    """Delete the file of a class, and what lies beside it; return what was deleted.

    Raises:
        RequestError: it is no class.
        ResultsError: it is in use, or no class.
    """
    if not is_class_file(file):
        raise RequestError(f"--forget {file}: is no file of a class")
    Classroom(file).close()  # refuses what is in use, or no class
    found = [Path(f"{file}{end}") for end in _BESIDE]
    deleted = [path for path in found if path.exists()]
    for path in deleted:
        path.unlink()
    return deleted


def _prepare_room(game: Path, opening: Opening) -> Create:
    loaded = load_scenario(game)
    scenario = loaded.scenario
    world = randbelow(scenario.worlds) if opening.world is None else opening.world
    room = new_room(loaded, world, seats=opening.seats, paper=None if opening.typed else ())
    return replace(
        room,
        teacher=opening.teacher,
        bets=choose_bets(scenario),
        order_seconds=opening.sheet_seconds,
        crisis_seconds=opening.crisis_seconds,
    )
