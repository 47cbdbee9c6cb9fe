"""What can happen in a room, each kind a line of its log."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Annotated, Literal

from pydantic import Field, TypeAdapter, ValidationError

from sim.errors import RequestError
from sim.play.game import Game
from sim.play.seats import Seat


@dataclass(frozen=True)
class Create:
    """A room is opened.

    Attributes:
        name: the scenario's short name.
        file: by what the file that the class takes home extends the scenario.
        scenario: the scenario as JSON.
        world: the number of the world.
        seats: the delegations.
        engine: the fingerprint of the engine.
        teacher: SHA-256 of the teacher's token; empty without a server.
        order_seconds, crisis_seconds: time for sheets and for answers.
        paper: codes of the delegations without phones, whose sheets and answers are typed in: on
            one screen, or from paper. Nobody else's can be.
        bets: names of the measures on which a phone may bet before the first quarter.
    """

    name: str
    file: str
    scenario: str
    world: int
    seats: tuple[Seat, ...]
    engine: str
    teacher: str = ""
    order_seconds: int = 150
    crisis_seconds: int = 60
    paper: tuple[str, ...] = ()
    bets: tuple[str, ...] = ()
    kind: Literal["create"] = "create"


@dataclass(frozen=True)
class Join:
    """A phone joins a delegation; without a `seat` it is dealt to the smallest."""

    phone: str
    seat: str = ""
    kind: Literal["join"] = "join"


@dataclass(frozen=True)
class Release:
    """The teacher frees a phone, which no longer belongs to a delegation."""

    phone: str
    kind: Literal["release"] = "release"


@dataclass(frozen=True)
class Lobby:
    """The teacher opens or closes the room to further phones."""

    is_open: bool
    kind: Literal["lobby"] = "lobby"


@dataclass(frozen=True)
class Begin:
    """The first quarter begins: sheets can be sent in from now on."""

    kind: Literal["begin"] = "begin"


@dataclass(frozen=True)
class Order:
    """A delegation sends in its sheet; a line that is left out has its default."""

    seat: str
    quarter: int
    choices: Mapping[str, int] = field(default_factory=dict)
    phone: str = ""
    kind: Literal["order"] = "order"


@dataclass(frozen=True)
class Answer:
    """A delegation answers a crisis."""

    seat: str
    question: str
    option: int
    phone: str = ""
    kind: Literal["answer"] = "answer"


@dataclass(frozen=True)
class Bell:
    """Time is up: what has not come in is decided by the model."""

    kind: Literal["bell"] = "bell"


@dataclass(frozen=True)
class Simulated:
    """The engine has simulated what was ordered and answered."""

    game: Game
    kind: Literal["simulated"] = "simulated"


@dataclass(frozen=True)
class Minutes:
    """The teacher adds time, or takes it away."""

    seconds: int
    kind: Literal["minutes"] = "minutes"


@dataclass(frozen=True)
class Pause:
    """The clock stops: now, or as of the moment `since` at which a server was lost."""

    since: float = 0.0
    kind: Literal["pause"] = "pause"


@dataclass(frozen=True)
class Resume:
    """The clock goes on."""

    kind: Literal["resume"] = "resume"


@dataclass(frozen=True)
class Bet:
    """A phone guesses the answer to a crisis, or a figure; one guess each."""

    phone: str
    subject: str
    value: float
    kind: Literal["bet"] = "bet"


@dataclass(frozen=True)
class Fork:
    """The class chooses what it would have done otherwise: one decision in one month."""

    month: int
    key: tuple[str, str, str, str]
    level: int
    kind: Literal["fork"] = "fork"


@dataclass(frozen=True)
class Close:
    """The game is over, or is given up."""

    kind: Literal["close"] = "close"


Act = Annotated[
    Create
    | Join
    | Release
    | Lobby
    | Begin
    | Order
    | Answer
    | Bell
    | Simulated
    | Minutes
    | Pause
    | Resume
    | Bet
    | Fork
    | Close,
    Field(discriminator="kind"),
]


@dataclass(frozen=True)
class Entry:
    """One line of a log.

    Attributes:
        number: its place in the log, from 1, over all rooms.
        room: the code of the room.
        at: the time, in seconds since 1970.
        id: drawn by the one who acts, so that a repetition changes nothing.
        act: what happens.
    """

    number: int
    room: str
    at: float
    id: str
    act: Act


def act_text(act: Act) -> str:
    """Return an act as JSON on one line."""
    return _adapter().dump_json(act).decode()


def read_act(text: str) -> Act:
    """Return the act in a line of JSON, distinguished by its `kind`.

    Raises:
        RequestError: it is none, or something in it is not as it should be.
    """
    try:
        return _adapter().validate_json(text, strict=False)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        where = ".".join(str(part) for part in first["loc"])
        raise RequestError(": ".join(filter(None, (where, first["msg"])))) from None


@cache
def _adapter() -> TypeAdapter[Act]:
    return TypeAdapter(Act)
