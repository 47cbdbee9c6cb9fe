"""The state of a room: a fold over its log, in which the engine is not needed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from sim.play.acts import Act, Bet, Create, Entry, Fork
from sim.play.game import Choices, Game, Orders
from sim.play.news import News


class Phase(StrEnum):
    """What a room waits for."""

    LOBBY = "lobby"
    """The class gathers."""
    ORDERS = "orders"
    """Order sheets."""
    CRISIS = "crisis"
    """Answers."""
    SIMULATING = "simulating"
    """The engine."""
    OVER = "over"
    """Nothing: all quarters are played, or the room is closed."""


@dataclass(frozen=True)
class Room:
    """The state of a room.

    Attributes:
        code: of the room.
        setup: how it was opened.
        phase: what it waits for.
        game: as last simulated; None until the opening day is.
        phones: the delegation of each phone, by the hash of its token.
        is_open: whether further phones may join.
        orders: the sheets sent in and the answers given, by quarter, those of the current one
            included; answers that did not come in time are None.
        standing: the standing orders of each delegation, as last sent in.
        news: of all quarters so far.
        digests: of the history at each entry by which the engine recorded it: quarter, digest.
        ends_at: when the bell is due, in seconds since 1970; None while nothing is timed or the
            clock stands.
        left: seconds left where the clock stands; None where it runs.
        bets: the guesses, by phone and subject.
        forks: what the class would have done otherwise.
        last: number of the last entry.
    """

    code: str
    setup: Create
    phase: Phase = Phase.LOBBY
    game: Game | None = None
    phones: Mapping[str, str] = field(default_factory=dict)
    is_open: bool = True
    orders: Mapping[int, Orders] = field(default_factory=dict)
    standing: Mapping[str, Choices] = field(default_factory=dict)
    news: tuple[News, ...] = ()
    digests: tuple[tuple[int, str], ...] = ()
    ends_at: float | None = None
    left: float | None = None
    bets: Mapping[tuple[str, str], Bet] = field(default_factory=dict)
    forks: tuple[Fork, ...] = ()
    last: int = 0

    @property
    def quarter(self) -> int:
        """The quarter that is played, from 1; 0 before the opening day is simulated."""
        return self.game.quarter if self.game else 0

    @property
    def is_paused(self) -> bool:
        """Whether the clock stands."""
        return self.left is not None

    @property
    def awaited(self) -> tuple[str, ...]:
        """The delegations with a phone that are awaited: for a sheet, or for an answer."""
        raise NotImplementedError

    @property
    def silent(self) -> tuple[str, ...]:
        """The delegations that nobody has joined: the model plays them."""
        raise NotImplementedError

    def bell_due(self, now: float) -> bool:
        """Whether time is up, or everybody is in."""
        raise NotImplementedError


def fold(room: Room | None, entry: Entry) -> Room:
    """Return the room after an entry; the first one opens it."""
    raise NotImplementedError


def check_act(room: Room | None, act: Act) -> Act:
    """Return the act as it is to be written; a phone without a seat is dealt one.

    Raises:
        RequestError: it cannot be done now: an unknown decision, an impossible level, a quarter
            that is over, a closed lobby, a second sheet. One sentence says which.
    """
    raise NotImplementedError
