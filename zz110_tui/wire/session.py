"""What both sides of a link have in common: limits, marks in the history, and the machine of beats and endings.

Sans-IO: a session is given what came in and the time, and says what happened and what has to go out. It opens no
socket, reads no clock and starts no task; ``server`` and ``client.remote`` drive it, and tests drive it step by step.
Times are monotonic milliseconds of the driver; only the values called ``clock`` are UTC.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import NamedTuple

from zz110_tui.wire import frames
from zz110_tui.wire.goodbyes import Goodbye, goodbye

PART_BYTES = 256 << 10
"""Size of one binary message of an image: small enough that a beat is never long behind it."""

NO_HASH = bytes(32)

MOST_UNPROVED = 64
"""Beats that are remembered until they are answered."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A place in a journal and the hash of everything up to it: two that are equal have the same history."""

    position: int = 0
    hash: bytes = NO_HASH


@dataclass(frozen=True, slots=True)
class Limits:
    """What a session puts up with. Sizes in bytes, spans in milliseconds.

    A desk gives its core up after 2.5 s in which nothing was heard, or nothing of its own was seen to arrive, because
    somebody looks at what it shows and has to be told within 3 s. A core waits longer for a desk: a suspended terminal
    costs it nothing but a socket, and the desk resumes where it was anyway.
    """

    hello_bytes: int = 16 << 10
    frame_bytes: int = 1 << 20
    in_flight: int = 64
    questions: int = 4
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


OWN_SLEEP_MS = 1_000
"""A side that was not told the time for longer was asleep itself: what it did not hear meanwhile was not silence."""


class Session:
    """Beats, silence, the goodbye, and the queue of what goes out: the same for both sides.

    From version 3 of the frames on each side numbers its beats, and the other says which came: a line that is dead in
    the direction in which a side sends is known to it as soon as one that is dead in the other.
    """

    def __init__(self, limits: Limits, now: int) -> None:
        self.limits = limits
        self.over: Goodbye | None = None
        self._out: list[Outgoing] = []
        self._began = now
        self._heard = now
        self._sent = now
        self._ticked = now
        self._greeted = False
        self._numbered = False
        self._beats = 0
        self._beaten = now
        self._proved = now
        self._unproved: deque[tuple[int, int]] = deque()

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
        beat = self._beaten if self._numbered else self._sent
        return min(beat + self.limits.beat_ms, self._heard + self.limits.silent_ms + 1)

    def tick(self, now: int, clock: int) -> Ended | None:
        """Time passed: beat, and give up when nothing was heard for too long.

        Unnumbered beats go out when nothing else was sent for a while, numbered ones whatever else is sent.
        """
        if self.over is not None:
            return Ended(self.over)
        asleep = max(0, now - self._ticked - OWN_SLEEP_MS)
        self._ticked = now
        self._heard = min(now, self._heard + asleep)
        self._proved = min(now, self._proved + asleep)
        if not self._greeted:
            if now - self._began >= self.limits.hello_ms:
                return self.end("late_hello", seconds=self.limits.hello_ms // 1000)
            return None
        if now - self._heard > self.limits.silent_ms:
            return self.end("silent", seconds=f"{self.limits.silent_ms / 1000:g}")
        if self._numbered and now - self._beaten >= self.limits.beat_ms:
            self._beat(now, clock)
        elif not self._numbered and now - self._sent >= self.limits.beat_ms:
            self._send(frames.Beat(clock))
        return None

    def _agreed(self, version: int, now: int) -> None:
        """Both speak this version of the frames."""
        self._numbered = version >= frames.NUMBERED
        self._proved = now
        # The first beat at once: it is the first that can be answered.
        self._beaten = now - self.limits.beat_ms

    def _beat(self, now: int, clock: int) -> None:
        self._beats += 1
        self._beaten = now
        self._unproved.append((self._beats, now))
        if len(self._unproved) > MOST_UNPROVED:
            self._unproved.popleft()
        self._send(frames.Beat(clock, self._beats))

    def _pulse(self, frame: frames.Beat | frames.Heard) -> Ended | None:
        """A beat of the other side, which is answered; or one of ours arrived, and so did all that was sent before."""
        if isinstance(frame, frames.Beat):
            if frame.n:
                self._send(frames.Heard(frame.n))
            return None
        if frame.n > self._beats:
            return self.end("out_of_order", what=f"heard {frame.n}")
        while self._unproved and self._unproved[0][0] <= frame.n:
            self._proved = max(self._proved, self._unproved.popleft()[1])
        return None

    def unproved(self, now: int) -> int:
        """Milliseconds since the newest thing was sent of which we know that it arrived; 0 where nobody says so."""
        return now - self._proved if self._numbered else 0

    def doubt(self, now: int) -> int:
        """Milliseconds for which one direction of the line, or both, was not seen to work."""
        return max(now - self._heard, self.unproved(now))

    def ended(self) -> Goodbye | None:
        """Why the link is over; None while it is not."""
        return self.over

    def heard_at(self) -> int:
        """When the other side was heard last."""
        return self._heard

    def noise(self, now: int) -> None:
        """Bytes came in that are not a whole message yet (a large one on a thin line): somebody is there."""
        self._heard = max(self._heard, now)
