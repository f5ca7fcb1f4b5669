"""Who writes the security record: a thread of its own, so that neither a slow disk nor a crowd at the door holds the
room up. A note is on the disk a moment after it was made; what cannot be written is kept in memory and tried again."""

from __future__ import annotations

import threading
from collections import Counter, deque
from collections.abc import Callable
from typing import Any

from zz110_tui.core.cleaning import clean
from zz110_tui.core.trouble import Trouble
from zz110_tui.server.record import Record
from zz110_tui.server.securityfile import SecurityFile
from zz110_tui.server.throttle import Key, Throttle

KEPT = {
    "started",
    "stopped",
    "login",
    "entered",
    "refused_entry",
    "refused_origin",
    "refused",
    "read",
    "oversize",
    "too_slow",
    "turned_away",
    "late_handshake",
    "users_unreadable",
    "store_failed",
    "metrics_refused",
}
"""Events that are kept; of ``ended`` those that are neither a goodbye nor a broken line."""

HARMLESS_ENDS = {"left", "cut", "closing"}
RETRY_S = 1.0
PENDING = 10_000
MOST_LETTERS = 200


class Keeper:
    """A :class:`Record` that passes everything on to another one and keeps what matters. ``clock`` is UTC ms."""

    def __init__(self, file: SecurityFile, through: Record, clock: Callable[[], int]) -> None:
        self.counts: Counter[str] = Counter()
        self.failing = False
        self._file = file
        self._through = through
        self._clock = clock
        self._throttle = Throttle()
        self._pending: deque[dict[str, Any]] = deque(maxlen=PENDING)
        self._lock = threading.Condition()
        self._closing = False
        self._thread = threading.Thread(target=self._write, name="zz110-security", daemon=True)
        self._thread.start()

    def note(self, event: str, **values: object) -> None:
        """May be called from any thread."""
        self._through.note(event, **values)
        if event not in KEPT and (event != "ended" or values.get("code") in HARMLESS_ENDS):
            return
        now = self._clock()
        key: Key = (event, str(values.get("account", "")), _source(str(values.get("address", ""))))
        with self._lock:
            self.counts[event] += 1
            self._tell_passed(now)
            if self._throttle.takes(key, now):
                shown = {name: _plain(value) for name, value in values.items()}
                self._pending.append({"t": now, "event": event, **shown})
                self._lock.notify()

    def _tell_passed(self, now: int) -> None:
        for (event, account, address), more in self._throttle.passed(now):
            self._pending.append({"t": now, "event": event, "account": account, "address": address, "more": more})
            self._lock.notify()

    def close(self) -> None:
        """Write what is still to be written."""
        with self._lock:
            self._tell_passed(self._clock() + 60_000)
            self._closing = True
            self._lock.notify()
        self._thread.join(10)
        self._file.close()

    def _write(self) -> None:
        while True:
            with self._lock:
                while not self._pending and not self._closing:
                    self._lock.wait()
                said = list(self._pending)
                self._pending.clear()
            if not said:
                return
            try:
                self._file.append(said)
                self.failing = False
            except Trouble as trouble:
                if not self.failing:
                    self._through.note("security_record_failed", title=trouble.title, cause=trouble.cause)
                self.failing = True
                with self._lock:
                    if self._closing:
                        return
                    self._pending.extendleft(reversed(said))
                    self._lock.wait(RETRY_S)


def _source(address: str) -> str:
    """Where from, for counting: a process of this machine is told by its account, not by its ever new number."""
    return "" if address.startswith("pid ") else address


def _plain(value: object) -> object:
    return clean(value)[:MOST_LETTERS] if isinstance(value, str) else value
