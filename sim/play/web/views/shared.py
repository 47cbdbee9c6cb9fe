"""What several pages show: the round and its clock, the news, the gauges, the delegations."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sim.play.gauges import Gauge
from sim.play.news import News, headlines, visible_to
from sim.play.room import Phase, Room
from sim.play.sheet import Question
from sim.play.web.desk import Desk
from sim.play.web.members import Device, device_of, list_phones

MOST_NEWS = 6
"""News shown at once; the file of the game has them all."""
_TIMED = (Phase.ORDERS, Phase.CRISIS)


def show_round(room: Room) -> dict[str, Any]:
    """Return where a room stands: the phase, the quarter, the clock."""
    game = room.game
    sheets = game.sheets if game else ()
    return {
        "room": room.code,
        "phase": room.phase.value,
        "quarter": min(room.quarter, game.quarters) if game else 0,
        "quarters": game.quarters if game else 0,
        "when": sheets[0].when if sheets else "",
        "clock": show_clock(room),
        "ready": game is not None,
        "paused": room.is_paused,
    }


def show_clock(room: Room) -> dict[str, float | None] | None:
    """Return when the bell is due, or what is left while the clock stands; None without a clock."""
    if room.phase not in _TIMED:
        return None
    if room.is_paused:
        return {"ends": None, "left": round(room.left)}
    return {"ends": room.ends_at, "left": None}


def show_news(room: Room, seat: str = "", most: int = MOST_NEWS) -> list[dict[str, Any]]:
    """Return what a delegation knows of the news, or what everybody knows; the weightiest ones."""
    news = headlines(visible_to(_fresh(room), seat), most)
    return [{"when": each.when, "text": each.text, "by": each.decided_by} for each in news]


def _fresh(room: Room) -> tuple[News, ...]:
    return room.game.news if room.game else ()


def show_gauges(gauges: Iterable[Gauge], seat: str = "") -> list[dict[str, Any]]:
    """Return gauges, those that concern a delegation if one is named."""
    return [
        {
            "id": gauge.id,
            "label": gauge.name,
            "share": _share(gauge),
            "text": describe_gauge(gauge),
            "ends": list(gauge.ends),
        }
        for gauge in gauges
        if not seat or not gauge.actors or seat in gauge.actors
    ]


def describe_gauge(gauge: Gauge) -> str:
    """Return a gauge in words: its place on a scale of a hundred, and how it moved."""
    if gauge.value is None:
        return "not now"
    now = round(100 * _share(gauge))
    if gauge.before is None:
        return f"{now} of 100"
    change = now - round(100 * _scale(gauge, gauge.before))
    moved = "unchanged" if not change else f"{'up' if change > 0 else 'down'} {abs(change)}"
    return f"{now} of 100, {moved}"


def _share(gauge: Gauge) -> float:
    return 0.0 if gauge.value is None else _scale(gauge, gauge.value)


def _scale(gauge: Gauge, value: float) -> float:
    span = gauge.high - gauge.low
    return min(max((value - gauge.low) / span, 0.0), 1.0) if span else 0.0


def show_delegations(desk: Desk, room: Room) -> list[dict[str, Any]]:
    """Return the delegations: who is there, who is awaited, whom the model plays."""
    awaited = set(room.awaited)
    return [
        {
            "code": seat.code,
            "name": seat.name,
            "phones": len(phones := list_phones(room, seat.code)),
            "away": sum(is_away(desk, phone) for phone in phones),
            "state": "awaited" if seat.code in awaited else "in" if phones else "model",
            "paper": any(device_of(phone) is Device.PAPER for phone in phones),
        }
        for seat in room.setup.seats
    ]


def is_away(desk: Desk, phone: str) -> bool:
    """Return whether a phone has joined and is not connected; a laptop shows itself."""
    return device_of(phone) is Device.PHONE and phone not in desk.hub


def show_question(question: Question) -> dict[str, Any]:
    """Return a question with its answers in words."""
    return {
        "id": question.id,
        "text": question.text,
        "note": question.note,
        "options": [option.words for option in question.options],
        "default": question.default,
    }


def name_seat(room: Room, code: str) -> str:
    """Return the name of a delegation."""
    return next(seat.name for seat in room.setup.seats if seat.code == code)
