"""The WebSocket under a member: counted before it has said anything, watched while it is open, cut when it must be."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable, Sequence
from typing import Any

from websockets.asyncio.server import ServerConnection
from websockets.exceptions import InvalidState
from websockets.protocol import Event, State

from zz110_tui.client.dial import receive_little, taken
from zz110_tui.wire.session import Outgoing

WHOLE_TEXT = 0x81
"""The first byte of a text frame that is a whole message."""

LATE_S = 1.0
"""Whoever ends sooner without a word was only looking whether somebody is here (``client.discover``)."""


class Connection(ServerConnection):
    """``strangers`` counts those that have not said who they are; whoever comes when there are too many is cut.

    ``asked`` is set when a whole request has come in. ``on_text`` is offered each whole text message when it comes in;
    what it does not take is queued for whoever iterates over the connection.
    """

    def __init__(self, *args: Any, strangers: Strangers, **settings: Any) -> None:
        super().__init__(*args, **settings)
        self.on_data: Callable[[], None] | None = None
        self.on_text: Callable[[str], bool] | None = None
        self.asked = False
        self._strangers = strangers
        self._address = ""
        self._began = 0.0
        self._cut: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._address = address_of(transport)
        self._began = self.loop.time()
        welcome = self._strangers.come(self, self._address)
        receive_little(transport)
        super().connection_made(transport)
        if not welcome:
            self.abort()

    def connection_lost(self, exc: Exception | None) -> None:
        self._strangers.gone(self)
        if not self.asked and self.loop.time() - self._began > LATE_S:
            # Not one whole request in all that time: dripping, or holding the place on purpose.
            self._strangers.note("late_handshake", address=self._address)
        if self._cut is not None:
            self._cut.cancel()
        super().connection_lost(exc)

    def known(self) -> None:
        """It is no stranger any more."""
        self._strangers.gone(self)

    def data_received(self, data: bytes) -> None:
        if self.on_data is not None:
            self.on_data()
        super().data_received(data)

    def process_event(self, event: Event) -> None:
        if not taken(self, event, self.on_text):
            super().process_event(event)

    async def close(self, code: int = 1000, reason: str = "") -> None:
        # CPython (bpo: _SelectorTransport._force_close) fails on aborting a transport that has lost its connection
        # with bytes still to be written. The connection is gone then, which is all that was wanted.
        with contextlib.suppress(AttributeError):
            await super().close(code, reason)

    async def send_all(self, messages: Sequence[Outgoing]) -> None:
        """Send messages in order, with one call of the system for all of them. Raises ConnectionClosed."""
        # A connection that is closing takes no frames: send() below says so in the usual way.
        with contextlib.suppress(InvalidState):
            for message in messages[:-1]:
                if message.text:
                    self.protocol.send_text(message.data)
                else:
                    self.protocol.send_binary(message.data)
        await self.send(messages[-1].data, text=messages[-1].text)

    def send_now(self, messages: Sequence[Outgoing]) -> bool:
        """Send text messages at once, if nothing waits before them and the connection is open; False: not sent.

        What a task and the library's own way of sending cost is most of what a frame costs.
        """
        if (
            self.protocol.state is not State.OPEN
            or self.send_in_progress is not None
            or self.transport.is_closing()
            or self.transport.get_write_buffer_size()
        ):
            return False
        self.transport.write(b"".join([piece for message in messages for piece in (text_head(message), message.data)]))
        return True

    def send_data(self) -> None:
        """Hand over what the protocol has ready as one piece; websockets itself does it frame by frame."""
        pieces = self.protocol.data_to_send()
        if len(pieces) > 1 and all(pieces):
            self.transport.write(b"".join(pieces))
            return
        # The end of the stream is an empty piece: what that means is the library's own affair.
        self.protocol.writes = [*pieces, *self.protocol.writes]
        super().send_data()

    def abort(self) -> None:
        """End it at once, whatever is still to be sent."""
        with contextlib.suppress(AttributeError):
            self.transport.abort()

    def waiting_bytes(self) -> int:
        """What the other side has not taken in yet."""
        return self.transport.get_write_buffer_size()

    def abort_after(self, seconds: float) -> None:
        """Cut the connection if it is still there then."""
        if self._cut is None:
            self._cut = self.loop.call_later(seconds, self.abort)


def text_head(message: Outgoing) -> bytes:
    """What comes before a text message of a server: one whole frame, not masked (RFC 6455, 5.2)."""
    size = len(message.data)
    if size < 126:
        return bytes((WHOLE_TEXT, size))
    if size < 65_536:
        return bytes((WHOLE_TEXT, 126)) + size.to_bytes(2, "big")
    return bytes((WHOLE_TEXT, 127)) + size.to_bytes(8, "big")


class Strangers:
    """Connections that have not said who they are: few altogether, and fewer from one address."""

    def __init__(self, most: int, most_of_one: int, note: Callable[..., None]) -> None:
        self.turned_away = 0
        self.note = note
        self._most = most
        self._most_of_one = most_of_one
        self._here: dict[Connection, str] = {}

    def __len__(self) -> int:
        return len(self._here)

    def come(self, connection: Connection, address: str) -> bool:
        """Whether there is room for one more."""
        of_one = sum(1 for other in self._here.values() if other == address) if address else 0
        if len(self._here) >= self._most or of_one >= self._most_of_one:
            self.turned_away += 1
            self.note("turned_away", address=address)
            return False
        self._here[connection] = address
        return True

    def gone(self, connection: Connection) -> None:
        self._here.pop(connection, None)


def address_of(transport: asyncio.BaseTransport) -> str:
    """The other machine's address; "" over a Unix socket."""
    peer = transport.get_extra_info("peername")
    return str(peer[0]) if isinstance(peer, tuple) and peer else ""
