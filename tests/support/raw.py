"""A WebSocket without our client behind it: what anybody may send to a core, well-behaved or not."""

from __future__ import annotations

import contextlib
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from websockets.asyncio.client import ClientConnection, unix_connect
from websockets.exceptions import ConnectionClosed

from tests.support.talking import hello


class Raw:
    def __init__(self, socket: ClientConnection) -> None:
        self.socket = socket

    async def say(self, message: str | bytes) -> None:
        await self.socket.send(message)

    async def hear(self) -> dict[str, Any]:
        """The next frame, binary messages and beats passed over: on a busy machine one comes anywhere."""
        while True:
            message = await self.socket.recv()
            if isinstance(message, str):
                frame: dict[str, Any] = json.loads(message)
                if frame.get("k") != "beat":
                    return frame

    async def enter(self, **changes: Any) -> dict[str, Any]:
        """Say hello and hear the answer."""
        await self.say(hello(**changes))
        return await self.hear()

    async def last(self) -> tuple[str, int | None]:
        """The code of the goodbye, "" when there was none, and the WebSocket's close code."""
        code = ""
        try:
            while True:
                frame = await self.hear()
                if frame["k"] == "bye":
                    code = frame["code"]
        except ConnectionClosed:
            return code, self.socket.close_code


@asynccontextmanager
async def raw(path: Path, **settings: Any) -> AsyncIterator[Raw]:
    socket = await unix_connect(
        str(path), "ws://zz110/link", compression=None, max_size=None, ping_interval=None, close_timeout=1, **settings
    )
    try:
        yield Raw(socket)
    finally:
        # CPython 3.11 fails on closing a connection that was cut while it was being written to.
        with contextlib.suppress(AttributeError):
            await socket.close()
