"""What a phone sees, or a laptop that holds several seats: its own delegations, and the news."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sim.analysis.stories.phrases import with_article
from sim.play.room import Phase, Room
from sim.play.seats import Seat
from sim.play.sheet import Sheet
from sim.play.web.desk import Desk
from sim.play.web.ledger import Sent
from sim.play.web.members import Device, Member, list_phones, name_phone
from sim.play.web.views.bets import show_figures
from sim.play.web.views.shared import (
    name_seat,
    show_gauges,
    show_news,
    show_question,
    show_round,
)


def show_member(desk: Desk, member: Member) -> dict[str, Any]:
    """Return what a member of the class sees."""
    room = desk.rooms[member.room]
    seats = [seat for seat in room.setup.seats if seat.code in member.seats]
    return {
        **show_round(room),
        "device": member.device.value,
        "seats": [_show_seat(desk, room, seat, member.phones[seat.code]) for seat in seats],
        "world_news": show_news(room) if member.device is not Device.PHONE else [],
    }


def _show_seat(desk: Desk, room: Room, seat: Seat, phone: str) -> dict[str, Any]:
    gauges = room.game.gauges if room.game else ()
    return {
        "code": seat.code,
        "name": seat.name,
        "called": with_article(seat.name),
        "you": name_phone(room, phone) if phone in room.phones else seat.name,
        "phones": len(list_phones(room, seat.code)),
        "goals": [goal.text for goal in seat.goals],
        "news": show_news(room, seat.code),
        "gauges": show_gauges(gauges, seat.code),
        "sheet": show_sheet(room.sheet(seat.code)),
        "sent": _show_sent(desk, room, seat.code),
        "questions": _show_questions(desk, room, seat.code),
        "others": _show_others(room, seat.code, phone),
        "figures": show_figures(room, phone),
    }


def show_sheet(sheet: Sheet | None) -> dict[str, Any] | None:
    """Return the order sheet that a delegation fills in; None if there is none."""
    if sheet is None:
        return None
    return {
        "quarter": sheet.quarter,
        "when": sheet.when,
        "standing": [show_question(question) for question in sheet.standing],
        "initiatives": [show_question(question) for question in sheet.initiatives],
    }


def _show_sent(desk: Desk, room: Room, seat: str) -> dict[str, Any] | None:
    """Return when and by whom the sheet of this quarter was sent in, and what is on it."""
    choices = room.current.sheets.get(seat)
    if choices is None or room.phase is Phase.OVER:
        return None
    sent = desk.ledger.sheets.get((room.code, room.quarter, seat))
    return {"choices": dict(choices), **describe_sent(room, sent)}


def describe_sent(room: Room, sent: Sent | None) -> dict[str, str]:
    """Return the time by the server's clock, and the name of the phone."""
    if sent is None:
        return {"at": "", "by": ""}
    at = datetime.fromtimestamp(sent.at).astimezone()
    by = name_phone(room, sent.phone) if sent.phone in room.phones else ""
    return {"at": f"{at:%H:%M}", "by": by}


def _show_questions(desk: Desk, room: Room, seat: str) -> list[dict[str, Any]]:
    """Return the crises that a delegation is asked about, answered or not."""
    asked = room.game.questions if room.game and room.phase is Phase.CRISIS else ()
    return [
        {
            **show_question(question),
            "answer": room.current.answers.get(question.id),
            "sent": describe_sent(room, desk.ledger.answers.get((room.code, question.id))),
        }
        for question in asked
        if question.seat == seat
    ]


def _show_others(room: Room, seat: str, phone: str) -> list[dict[str, Any]]:
    """Return the crises of others, on which a phone may bet."""
    return [
        {
            **show_question(question),
            "of": name_seat(room, question.seat),
            "bet": _bet(room, phone, question.id),
        }
        for question in room.open_questions
        if question.seat != seat
    ]


def _bet(room: Room, phone: str, subject: str) -> float | None:
    bet = room.bets.get((phone, subject))
    return bet.value if bet else None
