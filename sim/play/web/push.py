"""Sockets: each sees the newest view of what it may see, and nothing else is sent to it.

Nothing queues up. What changes marks every socket; a socket that is ready sends the view as it is
then. One that was slow or asleep sees the newest view alone.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from time import time
from typing import Any

from starlette.websockets import WebSocket, WebSocketDisconnect

MOST_SOCKETS = 200
MOST_VIEWERS = 20
"""Sockets of projectors, which anybody in the network may open."""
VIEWER = "projector:"
"""How the name of such a visitor begins."""
_SOON = 0.02
"""Seconds in which changes are gathered: forty phones that join at once are one change."""
REPLACED, GONE, FULL = 4001, 4003, 4008
"""Why a socket was closed: opened elsewhere, no longer a member of the class, too many."""

View = Callable[[], dict[str, Any] | None]
"""Makes what a socket sees; None once it may see nothing."""


@dataclass
class _Subscriber:
    socket: WebSocket
    view: View
    room: str
    changed: asyncio.Event = field(default_factory=asyncio.Event)
    replaced: bool = False


@dataclass
class Hub:
    """The open sockets, one a visitor: the newest takes the place of an older one."""

    _open: dict[str, _Subscriber] = field(default_factory=dict)
    _due: set[str] = field(default_factory=set)

    def __len__(self) -> int:
        """Return the number of open sockets."""
        return len(self._open)

    def __contains__(self, who: str) -> bool:
        """Return whether a visitor has a socket open."""
        return who in self._open

    def announce(self, room: str = "") -> None:
        """Have the sockets of a room, or all, send their view again.

        Soon, not at once: what changes meanwhile goes with it.
        """
        if not self._due:
            asyncio.get_running_loop().call_later(_SOON, self._flush)
        self._due.add(room)

    def _flush(self) -> None:
        for subscriber in self._open.values():
            if subscriber.room in self._due or not subscriber.room or "" in self._due:
                subscriber.changed.set()
        self._due.clear()

    async def serve(self, socket: WebSocket, who: str, view: View, room: str = "") -> None:
        """Send the view of a visitor until the socket is closed, or another takes its place.

        Args:
            socket: the socket.
            who: names the visitor.
            view: makes what it sees.
            room: the code of the room that it sees; empty for one that sees all.
        """
        await socket.accept()
        if self._is_full(who):
            await socket.close(FULL)
            return
        subscriber = self._take_place(who, _Subscriber(socket, view, room))
        listening = asyncio.create_task(_listen(socket, subscriber))
        try:
            await self._send(subscriber, listening)
        finally:
            listening.cancel()
            if self._open.get(who) is subscriber:
                del self._open[who]
                self.announce(room)

    def _is_full(self, who: str) -> bool:
        viewers = sum(each.startswith(VIEWER) for each in self._open)
        if who.startswith(VIEWER):
            return viewers >= MOST_VIEWERS
        return who not in self._open and len(self._open) - viewers >= MOST_SOCKETS

    def _take_place(self, who: str, subscriber: _Subscriber) -> _Subscriber:
        if older := self._open.get(who):
            older.replaced = True
            older.changed.set()
        self._open[who] = subscriber
        subscriber.changed.set()
        self.announce(subscriber.room)
        return subscriber

    async def _send(self, subscriber: _Subscriber, listening: asyncio.Task[None]) -> None:
        last: dict[str, Any] | None = None
        with suppress(WebSocketDisconnect, RuntimeError):  # closed by the other end
            while not listening.done():
                await subscriber.changed.wait()
                subscriber.changed.clear()
                if listening.done():
                    return
                seen = None if subscriber.replaced else subscriber.view()
                if seen is None:
                    await subscriber.socket.close(REPLACED if subscriber.replaced else GONE)
                    return
                if seen != last:
                    last = seen
                    await subscriber.socket.send_json(seen | {"now": time()})


async def _listen(socket: WebSocket, subscriber: _Subscriber) -> None:
    """Wait until the other end closes the socket; what it says is not read: it speaks by POST."""
    with suppress(WebSocketDisconnect, RuntimeError, asyncio.CancelledError):
        while True:
            await socket.receive_text()
    subscriber.changed.set()
