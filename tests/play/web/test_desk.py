"""The desk: bells that ring by themselves, an engine that is lost, a class that goes on."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from concurrent.futures import Executor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from sim.play.acts import Begin, Bell, Create, Join, Order
from sim.play.classroom import Classroom, Job
from sim.play.game import Game
from sim.play.room import Phase, Room
from sim.play.web import desk as desk_module
from sim.play.web.app import create_app
from sim.play.web.desk import Desk
from tests.explore.serve.fake import Here
from tests.play.web.fake import (
    CODE,
    HOST,
    Visitor,
    act,
    open_web,
    room_setup,
    simulate_at_once,
    teacher_of,
)


def with_desk(
    file: Path,
    body: Callable[[Desk], Awaitable[Any]],
    *,
    setup: Create | None = None,
    simulate: Callable[[Job], Game] = simulate_at_once,
    make_pool: Callable[[], Executor] = Here,
    verify: Callable[[Room], str] = lambda _room: "",
) -> Any:
    """Return what is done at a desk that is open meanwhile."""

    async def run() -> Any:
        classroom = Classroom(file)
        if CODE not in classroom.rooms:
            classroom.act(CODE, setup or room_setup()).result()
        desk = Desk(classroom, make_pool, simulate, verify)
        await desk.open()
        try:
            return await body(desk)
        finally:
            await desk.close()
            classroom.close()

    return asyncio.run(run())


async def wait_until(true: Callable[[], bool]) -> None:
    """Wait until something is so, for a few seconds."""
    for _ in range(400):
        if true():
            return
        await asyncio.sleep(0.01)
    raise AssertionError


def test_the_bell_rings_by_itself_after_a_moment_of_grace(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(desk_module, "GRACE", 0.1)
    monkeypatch.setattr(desk_module, "_TICK", 0.01)

    async def wait(desk: Desk) -> int:
        await desk.act(CODE, Join("phone"))
        await wait_until(lambda: desk.rooms[CODE].game is not None)
        await desk.act(CODE, Begin())
        await wait_until(lambda: desk.rooms[CODE].quarter == 2)
        return desk.ledger.bells[CODE]

    quick = replace(room_setup(), order_seconds=1)
    assert with_desk(tmp_path / "class.db", wait, setup=replace(quick, order_seconds=0)) >= 1


def test_a_lost_engine_is_made_anew(tmp_path: Path) -> None:
    lost = [True]

    def simulate(job: Job) -> Game:
        if lost.pop() if lost else False:
            raise BrokenProcessPool
        return simulate_at_once(job)

    async def wait(desk: Desk) -> None:
        await wait_until(lambda: desk.rooms[CODE].game is not None)

    pools: list[Executor] = []

    def make_pool() -> Executor:
        pools.append(Here())
        return pools[-1]

    with_desk(tmp_path / "class.db", wait, simulate=simulate, make_pool=make_pool)
    assert len(pools) == 2


def test_an_engine_that_fails_is_said_to_the_teacher(tmp_path: Path) -> None:
    def simulate(_job: Job) -> Game:
        raise BrokenProcessPool

    async def wait(desk: Desk) -> str:
        await wait_until(lambda: CODE in desk.troubles)
        return desk.troubles[CODE]

    said = with_desk(tmp_path / "class.db", wait, simulate=simulate)
    assert said.startswith("The quarter cannot be simulated: the engine was lost again and again")


def test_an_act_goes_on_when_its_sender_has_gone(tmp_path: Path) -> None:
    async def leave(desk: Desk) -> int:
        sending = asyncio.create_task(desk.act(CODE, Join("phone")))
        await asyncio.sleep(0)
        sending.cancel()
        await wait_until(lambda: "phone" in desk.rooms[CODE].phones)
        return len(desk.rooms[CODE].phones)

    assert with_desk(tmp_path / "class.db", leave) == 1


def test_a_class_goes_on_the_next_day(tmp_path: Path) -> None:
    file = tmp_path / "class.db"
    first = open_web(file)
    with TestClient(create_app(first), HOST) as client:
        phone, teacher = Visitor(client).join(), teacher_of(client)
        act(teacher, "begin")
        other = Visitor(client).join()
        before = phone.order(standing=1)
        key = first.key
    first.desk.classroom.close()
    second = open_web(file)
    second.token = "of another day"
    with TestClient(create_app(second), HOST) as client:
        phone.client = teacher.client = other.client = client
        assert phone.seat()["you"] == "Russia 1"
        assert phone.order(standing=1).json() == before.json()
        assert teacher.get("/teacher/state").json()["rooms"][0]["phase"] == "orders"
        assert second.key != key
        other.order()
        orders = second.desk.rooms[CODE].orders[1].sheets
        assert list(orders) == ["russia", "dprk"]
    second.desk.classroom.close()


def test_what_was_ordered_is_told_once_and_in_words(tmp_path: Path) -> None:
    async def play(desk: Desk) -> Any:
        await wait_until(lambda: desk.rooms[CODE].game is not None)
        await desk.act(CODE, Join("phone", "japan"))
        await desk.act(CODE, Begin())
        choices = {"initiative:challenge:japan": 2, "standing:restrain:japan": 0}
        entry = await desk.act(CODE, Order("japan", 1, choices, "phone"))
        desk.ledger.add([entry, entry])
        await desk.act(CODE, Bell())
        await wait_until(lambda: desk.rooms[CODE].phase is Phase.ORDERS)
        return desk.ledger.describe_orders(desk.rooms[CODE], 1)

    (line,) = with_desk(tmp_path / "class.db", play)
    assert (line.seat, line.text, line.answer) == ("japan", "Open a dispute", "With force")


def test_a_history_that_differs_is_said_when_the_class_goes_on(tmp_path: Path) -> None:
    async def play(desk: Desk) -> None:
        await wait_until(lambda: desk.rooms[CODE].game is not None)
        await desk.act(CODE, Begin())
        await desk.act(CODE, Bell())
        await wait_until(lambda: desk.rooms[CODE].quarter == 2)

    async def wait(desk: Desk) -> str:
        await wait_until(lambda: CODE in desk.troubles)
        return desk.troubles[CODE]

    with_desk(tmp_path / "class.db", play)
    assert with_desk(tmp_path / "class.db", wait, verify=lambda _: "differs") == "differs"
