"""A full class, and a class whose server is killed ten times: nothing lost, nothing doubled."""

from __future__ import annotations

import asyncio
import sqlite3
from collections import Counter
from pathlib import Path
from statistics import quantiles

import pytest

from sim.play.acts import Order, read_act
from tests.play.web.crowd import Phone, press
from tests.play.web.fake import QUARTERS
from tests.play.web.serving import Server, serving

pytestmark = pytest.mark.slow
CLIENTS, KILLS = 98, 10
_SEATS = 8


def codes(rooms: int) -> tuple[str, ...]:
    """Return so many codes."""
    return tuple(f"ROOM{'23456789ABCDEFGH'[number]}" for number in range(rooms))


def orders_in(file: Path) -> Counter[tuple[str, int, str]]:
    """Return how often each sheet is in a log: room, quarter, seat."""
    log = sqlite3.connect(f"file:{file}?mode=ro", uri=True)
    rows = log.execute("SELECT room, act FROM log").fetchall()
    log.close()
    acts = [(room, read_act(text)) for room, text in rows]
    return Counter((room, act.quarter, act.seat) for room, act in acts if isinstance(act, Order))


async def play(server: Server, phones: list[Phone], kills: int) -> None:
    """Have all phones play, while the server is killed so often."""
    for phone in phones:
        await phone.join()
    await press(server, "begin", server.rooms)
    playing = asyncio.gather(*(phone.play(QUARTERS) for phone in phones))
    for _ in range(kills):
        await asyncio.sleep(0.15)
        server.kill()
        await asyncio.to_thread(server.start)
        await press(server, "resume", server.rooms)
    await asyncio.wait_for(playing, 60)


def test_98_phones_are_answered_at_once(tmp_path: Path) -> None:
    rooms = codes(-(-CLIENTS // _SEATS))
    with serving(tmp_path / "class.db", rooms) as server:
        phones = [Phone(server, rooms[number // _SEATS]) for number in range(CLIENTS)]
        asyncio.run(play(server, phones, kills=0))
        memory = server.memory()
    times = sorted(time for phone in phones for time in phone.acknowledged)
    found = orders_in(server.file)
    assert len(found) == CLIENTS * QUARTERS == sum(phone.orders for phone in phones)
    assert set(found.values()) == {1}
    cuts = quantiles(times, n=20)
    print(f"ack ms: p50 {1e3 * cuts[9]:.0f}, p95 {1e3 * cuts[18]:.0f}; server {memory:.0f} MB")


def test_ten_kills_lose_and_double_nothing(tmp_path: Path) -> None:
    rooms = codes(3)
    with serving(tmp_path / "class.db", rooms) as server:
        phones = [Phone(server, rooms[number // _SEATS]) for number in range(3 * _SEATS)]
        asyncio.run(play(server, phones, KILLS))
    found = orders_in(server.file)
    assert sum(phone.orders for phone in phones) == 3 * _SEATS * QUARTERS
    assert len(found) == 3 * _SEATS * QUARTERS
    assert set(found.values()) == {1}
