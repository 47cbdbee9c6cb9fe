"""The game on one screen: delegations take turns at the keyboard."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from sim.play.classroom import Classroom


def play_hot_seat(
    classroom: Classroom,
    room: str,
    read: Callable[[str], str],
    write: Callable[[str], object],
) -> Path | None:
    """Play a room to its end, or until the input ends; the log keeps all.

    Args:
        classroom: the class.
        room: the code of the room.
        read: asks with a prompt and returns the line; raises EOFError at the end.
        write: shows a text.

    Returns:
        The scenario file of the class, next to the log; None if the game is not over.
    """
    raise NotImplementedError
