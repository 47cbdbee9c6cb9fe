"""Sockets: the newest view to each, one a visitor, closed for who may see nothing more."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from starlette.testclient import TestClient
from starlette.websockets import WebSocketDisconnect

from sim.play.web import push
from sim.play.web.push import Hub
from sim.play.web.state import Web
from tests.play.web.fake import CODE, Visitor, act


def until(socket: Any, **wanted: Any) -> Any:
    """Return the first view that is as wanted."""
    for _ in range(30):
        view = socket.receive_json()
        if wanted.items() <= view.items():
            return view
    raise AssertionError(wanted)


def test_what_changes_is_pushed_to_all(
    client: TestClient, phone: Visitor, teacher: Visitor
) -> None:
    with (
        phone.listen() as phone_socket,
        teacher.listen("/projector/ws") as projector,
        teacher.listen("/teacher/ws") as desk,
    ):
        assert until(phone_socket, phase="lobby")["seats"][0]["you"] == "Russia 1"
        act(teacher, "begin")
        assert until(phone_socket, phase="orders")["seats"][0]["sheet"]["quarter"] == 1
        assert until(projector, phase="orders")["network"]["lines"]
        assert until(desk)["rooms"]
        phone.order()
        assert until(phone_socket, quarter=2)["now"] > 0


def test_the_newest_socket_of_a_browser_takes_the_place_of_the_older(
    client: TestClient, phone: Visitor
) -> None:
    with phone.listen() as older:
        until(older)
        with phone.listen() as newer:
            until(newer)
            with pytest.raises(WebSocketDisconnect) as closed:
                until(older, never=True)
            assert closed.value.code == push.REPLACED


def test_a_released_phone_is_shown_nothing_more(
    client: TestClient, phone: Visitor, teacher: Visitor, web: Web
) -> None:
    (device,) = web.desk.rooms[CODE].phones
    with phone.listen() as socket:
        until(socket)
        act(teacher, "release", phone=device)
        with pytest.raises(WebSocketDisconnect) as closed:
            until(socket, never=True)
        assert closed.value.code == push.GONE


@pytest.mark.parametrize("path", ["/ws", "/teacher/ws", "/projector/ws?room=9"])
def test_a_stranger_is_shown_nothing(client: TestClient, path: str) -> None:
    with Visitor(client).listen(path) as socket:
        with pytest.raises(WebSocketDisconnect) as closed:
            socket.receive_json()
        assert closed.value.code == push.GONE


def test_who_is_away_is_seen_by_the_teacher(
    client: TestClient, phone: Visitor, teacher: Visitor
) -> None:
    def is_there() -> bool:
        (device,) = teacher.get("/teacher/state").json()["rooms"][0]["delegations"][0]["devices"]
        return bool(device["there"])

    assert not is_there()
    with phone.listen() as socket:
        until(socket)
        assert is_there()


def test_sockets_have_a_limit_that_viewers_cannot_use_up(
    client: TestClient, phone: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(push, "MOST_VIEWERS", 1)
    monkeypatch.setattr(push, "MOST_SOCKETS", 0)
    with Visitor(client).listen("/projector/ws") as first:
        until(first)
        for path in ("/projector/ws", "/ws"):
            with phone.listen(path) as socket:
                with pytest.raises(WebSocketDisconnect) as closed:
                    socket.receive_json()
                assert closed.value.code == push.FULL


class Slow:
    """A socket whose other end takes its time."""

    def __init__(self) -> None:
        self.sent: list[Any] = []
        self.ready = asyncio.Event()

    async def accept(self) -> None:
        """Accept."""

    async def receive_text(self) -> str:
        """Say nothing for long."""
        await asyncio.sleep(60)
        return ""

    async def send_json(self, view: Any) -> None:
        """Take a view when ready."""
        await self.ready.wait()
        self.sent.append(view)


def test_a_slow_phone_gets_the_newest_view_and_no_backlog() -> None:
    async def change_often() -> list[int]:
        hub, socket, number = Hub(), Slow(), [0]
        serving = asyncio.create_task(
            hub.serve(socket, "slow", lambda: {"number": number[0]})  # type: ignore[arg-type]
        )
        for _ in range(5):
            await asyncio.sleep(0.03)
            number[0] += 1
            hub.announce()
        await asyncio.sleep(0.03)
        socket.ready.set()
        await asyncio.sleep(0.03)
        serving.cancel()
        return [view["number"] for view in socket.sent]

    assert asyncio.run(change_often()) == [0, 5]
