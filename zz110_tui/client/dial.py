"""How a desk reaches a core: over the Unix socket beside the store, or over TLS. It gets a line of messages."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from zz110_tui.client.discover import short
from zz110_tui.core.trouble import Trouble

if TYPE_CHECKING:
    from websockets.asyncio.client import ClientConnection
    from websockets.asyncio.connection import Connection
    from websockets.protocol import Event

OPEN_S = 10.0
CLOSE_S = 1.0

RECEIVE_BYTES = 1 << 16


class LineEnded(Exception):
    """Nothing more comes, and nothing more can be sent."""


class Line(Protocol):
    """Messages both ways, in order: ``str`` for text, ``bytes`` for binary. Both methods raise LineEnded."""

    async def send(self, data: bytes, text: bool) -> None: ...

    def send_now(self, data: bytes, text: bool) -> bool:
        """Send without waiting, if nothing waits before it; False: not sent."""
        ...

    async def receive(self) -> str | bytes: ...

    def straight(self, hear: Callable[[str], bool]) -> None:
        """Offer each whole text message to ``hear`` when it comes in; what it does not take is for :meth:`receive`."""
        ...

    async def close(self) -> None:
        """Never raises; twice is once."""
        ...

    def abort(self) -> None:
        """End it at once: whoever is at the other end has not answered for a while."""
        ...


Dial = Callable[[Callable[[], None]], Awaitable[Line]]
"""Open a line; the argument is called whenever bytes come in. Raises Trouble where nobody can be reached."""


class WebSocketLine:
    def __init__(self, connection: ClientConnection) -> None:
        from websockets.protocol import State

        self._connection = connection
        self._open = State.OPEN

    async def send(self, data: bytes, text: bool) -> None:
        from websockets.exceptions import ConnectionClosed

        try:
            await self._connection.send(data, text=text)
        except ConnectionClosed as end:
            raise LineEnded(str(end)) from end

    def send_now(self, data: bytes, text: bool) -> bool:
        connection = self._connection
        protocol, transport = connection.protocol, connection.transport
        if (
            protocol.state is not self._open
            or connection.send_in_progress is not None
            or transport.is_closing()
            or transport.get_write_buffer_size()
        ):
            return False
        if text:
            protocol.send_text(data)
        else:
            protocol.send_binary(data)
        connection.send_data()
        return True

    def straight(self, hear: Callable[[str], bool]) -> None:
        watched: Any = self._connection  # made by :func:`usual`, where the library is first imported
        watched.on_text = hear

    async def receive(self) -> str | bytes:
        from websockets.exceptions import ConnectionClosed

        try:
            return await self._connection.recv()
        except ConnectionClosed as end:
            raise LineEnded(str(end)) from end

    async def close(self) -> None:
        # CPython fails on aborting a transport that has lost its connection with bytes still to be written, which is
        # what close() may come to; the connection is gone then.
        with contextlib.suppress(AttributeError):
            await self._connection.close()

    def abort(self) -> None:
        with contextlib.suppress(AttributeError):
            self._connection.transport.abort()


def over_socket(path: Path) -> Dial:
    """Dial the core that listens at a Unix socket."""

    async def dial(on_data: Callable[[], None]) -> Line:
        from websockets.asyncio.client import unix_connect

        try:
            with short(path) as name:
                return WebSocketLine(await unix_connect(name, "ws://zz110/link", **usual(on_data)))
        except Exception as fault:
            raise unreachable(str(path), fault) from fault

    return dial


def usual(on_data: Callable[[], None]) -> dict[str, Any]:
    """What every way of dialling has in common. The session has its own beats and limits."""
    from websockets.asyncio.client import ClientConnection

    class Watched(ClientConnection):
        on_text: Callable[[str], bool] | None = None

        def connection_made(self, transport: asyncio.BaseTransport) -> None:
            receive_little(transport)
            super().connection_made(transport)

        def data_received(self, data: bytes) -> None:
            on_data()
            super().data_received(data)

        def process_event(self, event: Event) -> None:
            if not taken(self, event, self.on_text):
                super().process_event(event)

    logger = logging.getLogger("zz110.client.websockets")
    logger.setLevel(logging.ERROR)  # below that it writes down frames with callers' data
    return {
        "logger": logger,
        "compression": None,
        "proxy": None,
        "open_timeout": OPEN_S,
        "close_timeout": CLOSE_S,
        "ping_interval": None,
        "max_size": None,
        "max_queue": 64,
        "user_agent_header": None,
        "create_connection": Watched,
    }


def receive_little(transport: Any) -> None:
    """Ask the system for at most :data:`RECEIVE_BYTES` at once. asyncio asks for four times as much into new memory,
    which the system has to give and take again for every message: 14 µs instead of 2. (Over TLS it keeps a buffer.)"""
    if hasattr(transport, "max_size"):
        transport.max_size = RECEIVE_BYTES


def taken(connection: Connection, event: Event, on_text: Callable[[str], bool] | None) -> bool:
    """Offer a whole text message to ``on_text`` as it comes in, where nothing waits before it. False: it goes the
    library's own way, which also is how bytes that are no text are refused."""
    from websockets.frames import Frame, Opcode

    if (
        on_text is None
        or not isinstance(event, Frame)
        or event.opcode is not Opcode.TEXT
        or not event.fin
        or connection.recv_messages.frames.queue
    ):
        return False
    try:
        text = str(event.data, "utf-8")
    except UnicodeDecodeError:
        return False
    return on_text(text)


def unreachable(where: str, fault: Exception) -> Trouble:
    """Nobody was reached, in words. A fault that is none of the network's is raised as it is."""
    from websockets.exceptions import InvalidHandshake

    if isinstance(fault, Trouble):
        return fault
    if not isinstance(fault, OSError | TimeoutError | InvalidHandshake | EOFError):
        raise fault
    reason = fault.strerror if isinstance(fault, OSError) and fault.strerror else str(fault) or type(fault).__name__
    return Trouble(
        "连不上核心 / the core cannot be reached",
        f"{where}: {reason}",
        "看核心是否在运行：zz110 serve / see whether the core is running: zz110 serve",
        exit_code=75,
    )
