"""What goes to the terminal, one frame at a time.

A frame is made when the one before it has been taken, never earlier: on a slow line what happens meanwhile is gathered
into the next frame instead of queueing behind the last one. "Taken" is first that the system took the bytes; and, where
the terminal answers questions, that it says so itself (``CSI 5 n``, which a terminal answers after everything before
it), because a network in between takes many bytes that nobody has seen yet.
"""

from __future__ import annotations

import os
import termios
import threading
import time
from collections import deque
from collections.abc import Callable

FENCE = "\x1b[5n"
FENCE_ANSWER = "\x1b[0n"
WINDOW_BYTES, NARROW_BYTES = 600, 250
"""While less than this is on its way to the terminal, the next frame need not wait; the second on a slow line."""
SLOW_BYTES_A_S = 24_000
"""On a line that carries less, a key is felt to wait behind a whole screen."""
ANSWER_S = 5.0
SLOWEST_BYTES_A_S = 100
"""An answer is given up after this time and what a very slow line needs for what is on its way. A terminal that has
never answered is not asked again."""
MEASURED_BYTES = 250
"""A frame that is smaller says nothing about what the line carries."""
_LATELY = 0.7
"""What is left of an earlier measure when the next one is made."""
THIN_BYTES_A_S, WIDE_BYTES_A_S = 2_000, 4_000
"""A line that carries less than the first is thin, until it carries more than the second."""
CLOSE_S = 1.0
"""How long the last bytes may take at the end, before what the terminal does not take is thrown away."""


class Outlet:
    """``on_taken`` is called, in the writer's thread, each time everything given so far has been written;
    ``on_gone`` once, when the terminal is no more."""

    def __init__(
        self,
        fileno: int,
        encode: Callable[[str], bytes],
        *,
        on_taken: Callable[[], None],
        on_gone: Callable[[], None],
    ) -> None:
        self._fileno = fileno
        self._encode = encode
        self._on_taken, self._on_gone = on_taken, on_gone
        self._waiting: deque[bytes] = deque()
        self._change = threading.Condition()
        self._writing = self._closed = self._gone = False
        self._asks = False
        self._fences: deque[tuple[int, float]] = deque()
        self._unanswered = 0
        self.written = 0
        """Bytes written so far."""
        self.latest_s = 0.0
        """How long the terminal took to answer for the last frame; 0 before it answered one."""
        self._busy_s = 0.0
        self._answered_at = 0.0
        self._carried = self._carrying_s = self._rate = 0.0
        self.thin = False
        """Whether the line was found to carry less than :data:`THIN_BYTES_A_S`."""
        self._least_s = float("inf")
        self._thread = threading.Thread(target=self._run, daemon=True, name="zz110-outlet")
        self._thread.start()

    # -- the loop's side ---------------------------------------------------------------------------------------------

    @property
    def ready(self) -> bool:
        """Whether a frame given now would reach the terminal without waiting behind another."""
        with self._change:
            if self._waiting or self._writing:
                return False
        if self._fences and self.waiting_s() > ANSWER_S + self._unanswered / SLOWEST_BYTES_A_S:
            self.ask(self.latest_s > 0.0)
        return self._unanswered < (NARROW_BYTES if self.slow else WINDOW_BYTES)

    @property
    def slow(self) -> bool:
        """Whether a key behind a large frame would be felt to wait."""
        return 0.0 < self._rate < SLOW_BYTES_A_S

    @property
    def asks(self) -> bool:
        return self._asks

    def ask(self, asks: bool) -> None:
        """Whether each frame ends with a question, so that its answer tells when the frame was seen."""
        self._asks = asks
        self._fences.clear()
        self._unanswered = 0

    def frame(self, text: str) -> None:
        if self._asks:
            text += FENCE
        data = self._encode(text)
        if self._asks:
            self._fences.append((len(data), time.monotonic()))
            self._unanswered += len(data)
        self._put(data)

    def write(self, text: str) -> None:
        """Anything else: modes, the bell."""
        self._put(self._encode(text))

    def answered(self) -> None:
        """The terminal has answered one question: that frame, and all before it, has been seen."""
        if self._fences:
            size, at = self._fences.popleft()
            self._unanswered -= size
            now = time.monotonic()
            self.latest_s = now - at
            least = min(self._least_s, self.latest_s)
            if self._least_s == float("inf") and size >= MEASURED_BYTES:
                least = 0.0  # a whole screen as the first frame: how long an answer takes at least is not known yet
            else:
                self._least_s = least
            busy = max(0.0, now - max(at + least, self._answered_at))
            self._busy_s += busy
            self._answered_at = now
            self._measure(size, busy)
            if size >= MEASURED_BYTES:
                self.thin = self._rate < (WIDE_BYTES_A_S if self.thin else THIN_BYTES_A_S)
            self._on_taken()

    def _measure(self, size: int, busy_s: float) -> None:
        """What the line carries, by the frames that say something about it."""
        if size < MEASURED_BYTES:
            return
        self._carried = _LATELY * self._carried + size
        self._carrying_s = _LATELY * self._carrying_s + max(busy_s, 1e-4)
        self._rate = self._carried / self._carrying_s

    @property
    def busy_s(self) -> float:
        """For how long the line has been busy with frames, all in all, with what is on its way until now."""
        if not self._fences:
            return self._busy_s
        least = 0.0 if self._least_s == float("inf") else self._least_s
        return self._busy_s + max(0.0, time.monotonic() - max(self._fences[0][1] + least, self._answered_at))

    def waiting_s(self) -> float:
        """For how long the oldest frame on its way has been waiting for the terminal's answer; 0 if none is."""
        return time.monotonic() - self._fences[0][1] if self._fences else 0.0

    def close(self) -> None:
        """Write what waits; what the terminal does not take in time is thrown away."""
        with self._change:
            self._closed = True
            self._change.notify_all()
        self._thread.join(CLOSE_S)
        if self._thread.is_alive():
            try:
                termios.tcflush(self._fileno, termios.TCOFLUSH)
            except termios.error:
                return
            self._thread.join(CLOSE_S)

    # -- the thread's side -------------------------------------------------------------------------------------------

    def _put(self, data: bytes) -> None:
        with self._change:
            if not self._gone:
                self._waiting.append(data)
                self._change.notify_all()

    def _run(self) -> None:
        while True:
            with self._change:
                while not self._waiting and not self._closed:
                    self._change.wait()
                if not self._waiting:
                    return
                data = b"".join(self._waiting)
                self._waiting.clear()
                self._writing = True
            began = time.monotonic()
            taken = self._write_all(data)
            if not self._asks:
                took = time.monotonic() - began
                self._busy_s += took
                self._measure(len(data), took)
            with self._change:
                self._writing = False
                self._gone = not taken
            if not taken:
                self._on_gone()
                return
            self._on_taken()

    def _write_all(self, data: bytes) -> bool:
        """Whether the terminal is still there."""
        view = memoryview(data)
        while view:
            try:
                count = os.write(self._fileno, view)
            except InterruptedError:
                continue
            except OSError:
                return False
            self.written += count
            view = view[count:]
        return True
