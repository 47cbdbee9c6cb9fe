"""Many phones without a browser: each joins, listens, and sends until it has an answer."""

from __future__ import annotations

import asyncio
import json
import random
from contextlib import suppress
from dataclasses import dataclass, field
from time import perf_counter
from typing import Any

import httpx2
from websockets.asyncio.client import connect
from websockets.exceptions import WebSocketException

from tests.play.web.fake import TOKEN
from tests.play.web.serving import Server

_TRIALS = 400
_LOST = (httpx2.TransportError, OSError, WebSocketException)


@dataclass
class Phone:
    """A phone of a class.

    Attributes:
        server: the class.
        room: the code of its room.
        acknowledged: seconds from the first sending of each sheet to the answer.
        seen: when it saw each quarter begin.
        orders: number of sheets that were acknowledged.
    """

    server: Server
    room: str
    acknowledged: list[float] = field(default_factory=list)
    seen: dict[int, float] = field(default_factory=dict)
    orders: int = 0
    _cookies: dict[str, str] = field(default_factory=dict)
    _client: httpx2.AsyncClient = field(
        default_factory=lambda: httpx2.AsyncClient(timeout=5, verify=False)
    )

    async def join(self) -> None:
        """Open the page and join the room."""
        page = await self._client.get(f"{self.server.here}/")
        self._cookies |= dict(page.cookies.items())
        answer = await self._post("/join", {"code": self.room})
        self._cookies |= dict(answer.cookies.items())
        self._client.cookies.clear()

    async def play(self, quarters: int) -> None:
        """Send a sheet in each quarter, as soon as it is seen."""
        for quarter in range(1, quarters + 1):
            await self._wait_for(quarter)
            await self._order(quarter)
        await self._wait_for(quarters, over=True)
        await self._client.aclose()

    async def _wait_for(self, quarter: int, *, over: bool = False) -> None:
        """Listen until a quarter has begun; connect again where the server was lost."""
        for _ in range(_TRIALS):
            with suppress(*_LOST):
                async with connect(
                    f"ws://127.0.0.1:{self.server.port}/ws",
                    additional_headers={"Cookie": self._cookie()},
                    origin=self.server.here,  # type: ignore[arg-type]
                    open_timeout=5,
                ) as socket:
                    async for text in socket:
                        view = json.loads(text)
                        await self._answer(view["seats"][0]["questions"])
                        if view["phase"] == "over" or (not over and _is(view, quarter)):
                            self.seen[quarter + over] = perf_counter()
                            return
            await asyncio.sleep(0.1 + 0.2 * random.random())
        raise AssertionError(f"quarter {quarter} was not seen")

    async def _order(self, quarter: int) -> None:
        body = {"id": f"order {quarter}", "quarter": quarter, "choices": {}}
        began = perf_counter()
        for _ in range(_TRIALS):
            with suppress(*_LOST):
                answer = await self._post("/order", body)
                if answer.status_code == 200:
                    self.acknowledged.append(perf_counter() - began)
                    self.orders += 1
                    return
                assert answer.status_code == 429, answer.text
            await asyncio.sleep(0.1 + 0.2 * random.random())
        raise AssertionError(f"the sheet of quarter {quarter} was not acknowledged")

    async def _answer(self, questions: list[dict[str, Any]]) -> None:
        for question in questions:
            if question["answer"] is None:
                body = {"id": question["id"], "question": question["id"], "option": 0}
                await self._post("/answer", body)

    async def _post(self, path: str, body: dict[str, Any]) -> Any:
        headers = {"Origin": self.server.here, "Cookie": self._cookie()}
        return await self._client.post(f"{self.server.here}{path}", json=body, headers=headers)

    def _cookie(self) -> str:
        return "; ".join(f"{name}={value}" for name, value in self._cookies.items())


def _is(view: dict[str, Any], quarter: int) -> bool:
    return bool(view["phase"] == "orders" and view["quarter"] == quarter)


async def press(server: Server, what: str, rooms: tuple[str, ...]) -> None:
    """Have the teacher press a button in all rooms."""
    headers = {"Origin": server.here, "Cookie": f"alliance-teacher={TOKEN}"}
    async with httpx2.AsyncClient(timeout=5, verify=False) as client:
        for room in rooms:
            body = {"room": room, "what": what, "id": f"{what} {room} {perf_counter()}"}
            for _ in range(_TRIALS):
                with suppress(*_LOST):
                    answer = await client.post(
                        f"{server.here}/teacher/act", json=body, headers=headers
                    )
                    if answer.status_code != 429 and "simulated" not in answer.text:
                        break
                await asyncio.sleep(0.1)
