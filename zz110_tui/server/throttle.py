"""How much of one kind is written down before it is only counted: nobody fills a disk by knocking at a door."""

from __future__ import annotations

from dataclasses import dataclass, field

WINDOW_MS = 60_000
OF_ONE = 10
"""Notes of one kind from one source that are written down in one window …"""

OF_ALL = 120
"""… and of all kinds and sources together. At 200 bytes that is 35 MB a day, however hard somebody knocks."""

Key = tuple[str, str, str]
"""Event, account, address."""

MOST_KEYS = 1_000
"""Sources that are counted apart; those beyond are counted together."""


@dataclass(slots=True)
class Throttle:
    _began: int = 0
    _all: int = 0
    _of: dict[Key, int] = field(default_factory=dict)
    _more: dict[Key, int] = field(default_factory=dict)

    def takes(self, key: Key, now: int) -> bool:
        """Whether one more is to be written down at ``now`` (UTC ms); if not, it is counted.

        Call :meth:`passed` first: it gives the counts of a window that is over.
        """
        seen = self._of.get(key, 0)
        if self._all < OF_ALL and seen < OF_ONE:
            self._all += 1
            self._of[key] = seen + 1
            return True
        if key not in self._more and len(self._more) >= MOST_KEYS:
            key = (key[0], "", "")
        self._more[key] = self._more.get(key, 0) + 1
        return False

    def passed(self, now: int) -> list[tuple[Key, int]]:
        """How many more there were of what, once their window is over."""
        if now - self._began < WINDOW_MS:
            return []
        more = list(self._more.items())
        self._began, self._all = now, 0
        self._of.clear()
        self._more.clear()
        return more
