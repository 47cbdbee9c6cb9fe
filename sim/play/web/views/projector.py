"""What the projector shows: what all may see, and how to join where the teacher's browser asks."""

from __future__ import annotations

from math import cos, pi, sin
from typing import Any

from sim.play.room import Phase, Room
from sim.play.web.desk import Desk
from sim.play.web.views.bonds import list_bonds, read_scenario
from sim.play.web.views.shared import (
    name_seat,
    show_delegations,
    show_gauges,
    show_news,
    show_round,
)

_MOST_GAUGES = 5


def find_room(desk: Desk, number: str) -> Room | None:
    """Return a room by its place in the class, from 1; None if there is none.

    Not by its code: a viewer who may ask for codes could guess them.
    """
    rooms = list(desk.rooms.values())
    place = int(number) if number.isascii() and number.isdigit() and len(number) < 4 else 0
    return rooms[place - 1] if 1 <= place <= len(rooms) else None


def show_projector(desk: Desk, number: str, addresses: list[str]) -> dict[str, Any] | None:
    """Return what the projector shows of a room; None if there is none.

    Args:
        desk: the class.
        number: its place in the class, from 1.
        addresses: where phones join; empty for a viewer who is not the teacher, who does not see
            the code either.
    """
    room = find_room(desk, number)
    if room is None:
        return None
    gauges = room.game.gauges if room.game else ()
    return {
        **show_round(room),
        "room": room.code if addresses else "",
        "number": int(number),
        "rooms": len(desk.rooms),
        "title": read_scenario(room).title,
        "question": read_scenario(room).question,
        "addresses": addresses,
        "open": room.is_open and bool(addresses),
        "news": show_news(room),
        "gauges": show_gauges(gauges)[:_MOST_GAUGES],
        "delegations": show_delegations(desk, room),
        "crises": _show_crises(room),
        "network": show_network(room),
    }


def _show_crises(room: Room) -> list[dict[str, str]]:
    """Return who is asked what, without any answer."""
    asked = room.game.questions if room.game and room.phase is Phase.CRISIS else ()
    return [{"of": name_seat(room, each.seat), "text": each.text} for each in asked]


def show_network(room: Room) -> dict[str, Any]:
    """Return who is bound to whom: the seats on a circle, and the lines between them."""
    seats = room.setup.seats
    places = [pi * (2 * place / len(seats) - 0.5) for place in range(len(seats))]
    nodes = [
        {"code": seat.code, "name": seat.name, "x": round(cos(at), 3), "y": round(sin(at), 3)}
        for seat, at in zip(seats, places, strict=True)
    ]
    lines = [{"a": a, "b": b, "kind": kind} for a, b, kind in list_bonds(room)]
    return {"nodes": nodes, "lines": lines}
