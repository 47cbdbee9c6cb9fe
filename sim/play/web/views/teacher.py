"""What the teacher sees: every room, its phones, and after the bell what was ordered."""

from __future__ import annotations

from typing import Any

from sim.play.room import Phase, Room
from sim.play.web.debriefs import Debriefs
from sim.play.web.desk import Desk
from sim.play.web.members import list_phones, name_phone
from sim.play.web.views.shared import is_away, name_seat, show_delegations, show_round


def show_teacher(desk: Desk, debriefs: Debriefs, addresses: list[str]) -> dict[str, Any]:
    """Return what the teacher sees."""
    return {
        "addresses": addresses,
        "sockets": len(desk.hub),
        "rooms": [
            {**_show_room(desk, room), "debrief": debriefs.show(room)}
            for room in desk.rooms.values()
        ],
        "clock": None,
    }


def _show_room(desk: Desk, room: Room) -> dict[str, Any]:
    return {
        **show_round(room),
        "open": room.is_open,
        "paused": room.is_paused,
        "world": room.setup.world,
        "awaited": [name_seat(room, code) for code in room.awaited],
        "delegations": [
            {**each, "devices": _show_devices(desk, room, each["code"])}
            for each in show_delegations(desk, room)
        ],
        "orders": _show_orders(desk, room),
        "trouble": desk.troubles.get(room.code, ""),
    }


def _show_devices(desk: Desk, room: Room, seat: str) -> list[dict[str, Any]]:
    return [
        {"phone": phone, "name": name_phone(room, phone), "there": not is_away(desk, phone)}
        for phone in list_phones(room, seat)
    ]


def _show_orders(desk: Desk, room: Room) -> list[dict[str, Any]]:
    """Return what was ordered, the newest quarter first; nothing before the bell."""
    last = room.quarter - (room.phase is Phase.ORDERS)
    asked = room.game.questions if room.game and room.phase is Phase.CRISIS else ()
    open_ = {question.id for question in asked}
    return [
        {
            "quarter": quarter,
            "lines": [
                {"of": name_seat(room, line.seat), "text": line.text, "answer": line.answer}
                for line in desk.ledger.describe_orders(room, quarter)
                if line.question not in open_
            ],
        }
        for quarter in sorted(room.orders, reverse=True)
        if quarter <= last
    ]
