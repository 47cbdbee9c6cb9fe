"""Who a visitor is in the class: a phone of a delegation, or a laptop that holds several."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from sim.play.room import Room
from sim.play.tokens import hash_token


class Device(StrEnum):
    """How a delegation takes part."""

    PHONE = "phone"
    """By phones of its own."""
    LAPTOP = "laptop"
    """By a laptop that is handed round."""
    PAPER = "paper"
    """On paper, typed in by the teacher."""


@dataclass(frozen=True)
class Member:
    """A visitor who belongs to the class.

    Attributes:
        room: the code of the room.
        device: how it takes part.
        phones: the id of each seat that it acts for, as the log has it, by code of the seat.
    """

    room: str
    device: Device
    phones: Mapping[str, str]

    @property
    def seats(self) -> tuple[str, ...]:
        """Codes of the seats that it acts for; a phone has one."""
        return tuple(self.phones)


def phone_id(visitor: str, device: Device = Device.PHONE, seat: str = "") -> str:
    """Return the id of a device in the log.

    A phone has the hash of its token. A laptop has one id a seat, of the hash and the seat.
    """
    if device is Device.PHONE:
        return visitor
    return f"{device}:{hash_token(f'{visitor}:{seat}')}"


def device_of(phone: str) -> Device:
    """Return how the device of an id takes part."""
    kind, found, _ = phone.partition(":")
    return Device(kind) if found else Device.PHONE


def find_member(rooms: Mapping[str, Room], visitor: str) -> Member | None:
    """Return what a visitor is in the class, by the hash of the token; None if nothing."""
    if not visitor:
        return None
    return next(_find(rooms, visitor), None)


def _find(rooms: Mapping[str, Room], visitor: str) -> Iterator[Member]:
    for code, room in rooms.items():
        if seat := room.phones.get(visitor):
            yield Member(code, Device.PHONE, {seat: visitor})
    for code, room in rooms.items():
        for device in (Device.LAPTOP, Device.PAPER):
            ids = {s.code: phone_id(visitor, device, s.code) for s in room.setup.seats}
            if held := {seat: phone for seat, phone in ids.items() if phone in room.phones}:
                yield Member(code, device, held)


def name_phone(room: Room, phone: str) -> str:
    """Return what a phone is called: "Japan 3", or "Japan (on paper)"."""
    seat = room.phones[phone]
    name = next(each.name for each in room.setup.seats if each.code == seat)
    if (device := device_of(phone)) is Device.PHONE:
        return f"{name} {list_phones(room, seat).index(phone) + 1}"
    return f"{name} ({'on paper' if device is Device.PAPER else 'at the laptop'})"


def list_phones(room: Room, seat: str) -> list[str]:
    """Return the ids of a delegation's devices, in the order in which they joined."""
    return [phone for phone, held in room.phones.items() if held == seat]
