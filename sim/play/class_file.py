"""The scenario file that a class takes home: its world and every decision it made."""

from __future__ import annotations

from sim.play.room import Room


def render_class_file(room: Room) -> str:
    """Return the game of a room as a scenario file: `extends` and a `[past]`.

    `sim run`, `compare`, `tell`, `explore` and `debrief` work on it.
    """
    raise NotImplementedError
