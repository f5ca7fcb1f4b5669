"""What both sides of a link have in common: limits, marks in the history, and the machine of beats and endings.

Sans-IO: a session is given what came in and the time, and says what happened and what has to go out. It opens no
socket, reads no clock and starts no task; ``server`` and ``client.remote`` drive it, and tests drive it step by step.
Times are monotonic milliseconds of the driver; only the values called ``clock`` are UTC.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from zz110_tui.wire import frames
from zz110_tui.wire.goodbyes import Goodbye, goodbye

PART_BYTES = 256 << 10
"""Size of one binary message of an image: small enough that a beat is never long behind it."""

NO_HASH = bytes(32)


@dataclass(frozen=True, slots=True)
class Mark:
    """A place in a journal and the hash of everything up to it: two that are equal have the same history."""

    position: int = 0
    hash: bytes = NO_HASH


@dataclass(frozen=True, slots=True)
class Limits:
    """What a session puts up with. Sizes in bytes, spans in milliseconds.

    A desk gives its core up after 2.5 s of silence, because somebody looks at what it shows and has to be told within
    3 s. A core waits longer for a
    desk: a suspended terminal costs it nothing but a socket, and the desk resumes where it was anyway.
    """

    hello_bytes: int = 16 << 10
    frame_bytes: int = 1 << 20
    in_flight: int = 64
    frames_per_s: int = 1_000
    burst: int = 2_000
    hello_ms: int = 5_000
    beat_ms: int = 1_000
    silent_ms: int = 10_000


DESK_LIMITS = Limits(frame_bytes=64 << 20, silent_ms=2_500, hello_ms=10_000)
"""A desk trusts its core with more: a day filed at once is one large frame."""


class Outgoing(NamedTuple):
    """One message to send; ``text`` False is a binary one."""

    data: bytes
    text: bool = True


@dataclass(frozen=True, slots=True)
class Ended:
    """The link is over. What is still in :meth:`Session.take` may be sent; nothing more will come."""

    goodbye: Goodbye


class Session:
    """Beats, silence, the goodbye, and the queue of what goes out: the same for both sides."""

    def __init__(self, limits: Limits, now: int) -> None:
        self.limits = limits
        self.over: Goodbye | None = None
        self._out: list[Outgoing] = []
        self._began = now
        self._heard = now
        self._sent = now
        self._greeted = False

    # -- out -------------------------------------------------------------------------------------------------------

    def take(self, now: int) -> list[Outgoing]:
        """What has to go out now, in order; taken once."""
        out, self._out = self._out, []
        if out:
            self._sent = now
        return out

    def _send(self, frame: frames.Frame) -> None:
        if self.over is None:
            self._out.append(Outgoing(frames.encode(frame)))

    def end(self, code: str, **values: object) -> Ended:
        """Say goodbye with a reason of ours; later calls change nothing."""
        return self.over_with(goodbye(code, **values))

    def over_with(self, reason: Goodbye) -> Ended:
        if self.over is None:
            self._send(reason.frame())
            self.over = reason
        return Ended(self.over)

    def cut(self) -> Ended:
        """The transport broke: nothing can be said any more."""
        if self.over is None:
            self.over = goodbye("cut")
            self._out.clear()
        return Ended(self.over)

    def _ended_by_peer(self, reason: Goodbye) -> Ended:
        if self.over is None:
            self.over = reason
        return Ended(self.over)

    # -- time ------------------------------------------------------------------------------------------------------

    def next_tick(self) -> int:
        """When :meth:`tick` is to be called at the latest."""
        if not self._greeted:
            return self._began + self.limits.hello_ms
        return min(self._sent + self.limits.beat_ms, self._heard + self.limits.silent_ms + 1)

    def tick(self, now: int, clock: int) -> Ended | None:
        """Time passed: beat when nothing was sent for a while, give up when nothing was heard for too long."""
        if self.over is not None:
            return Ended(self.over)
        if not self._greeted:
            if now - self._began >= self.limits.hello_ms:
                return self.end("late_hello", seconds=self.limits.hello_ms // 1000)
            return None
        if now - self._heard > self.limits.silent_ms:
            return self.end("silent", seconds=f"{self.limits.silent_ms / 1000:g}")
        if now - self._sent >= self.limits.beat_ms:
            self._send(frames.Beat(clock))
        return None

    def ended(self) -> Goodbye | None:
        """Why the link is over; None while it is not."""
        return self.over

    def heard_at(self) -> int:
        """When the other side was heard last."""
        return self._heard

    def noise(self, now: int) -> None:
        """Bytes came in that are not a whole message yet (a large one on a thin line): somebody is there."""
        self._heard = max(self._heard, now)
