"""The journal in memory: for drills, replays and tests. It keeps every promise but one: it ends with the process."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence

from zz110_tui.core.facts import Entry
from zz110_tui.core.trouble import Trouble
from zz110_tui.store.batch import check_snapshot, closed, doubled_command, make_batch
from zz110_tui.store.journal import SNAPSHOTS_KEPT, Head, Row, Stamp, StoreKind
from zz110_tui.wire.codec import encode_entry


class MemoryJournal:
    """Keeps the entries themselves (their bytes are made again when asked for) and the hash of each."""

    blocking = False
    broken: Trouble | None = None
    warnings: tuple[Trouble, ...] = ()

    def __init__(self, kind: StoreKind = "drill") -> None:
        self.stamp = Stamp(kind, "memory", 0)
        self.base = Head()
        self._entries: list[Entry] = []
        self._hashes: list[bytes] = []
        self._commands: dict[str, tuple[int, int]] = {}
        self._snapshots: list[tuple[int, bytes]] = []
        self._lock = threading.Lock()
        self._closed = False

    @property
    def head(self) -> Head:
        self._check_open()
        last = len(self._entries)
        return Head(last, self._hashes[last - 1]) if last else Head()

    def append(self, entries: Sequence[Entry]) -> Sequence[Row]:
        with self._lock:
            head = self.head
            batch = make_batch(head, entries)
            for command, _, _ in batch.commands:
                if command in self._commands:
                    raise doubled_command(command)
            self._hashes += [row.hash for row in batch.rows]
            self._commands.update((command, (first, last)) for command, first, last in batch.commands)
            # Last, and in one step: a reader in another thread sees all of it or nothing.
            self._entries += entries
            return batch.rows

    def read(self, after: int = 0, limit: int | None = None) -> Iterator[Entry]:
        self._check_open()
        position = max(after, 0)
        last = None if limit is None else position + max(limit, 0)
        while position < len(self._entries) and position != last:
            yield self._entries[position]
            position += 1
            self._check_open()

    def rows(self, after: int = 0, limit: int | None = None) -> Iterator[Row]:
        for entry in self.read(after, limit):
            yield Row(entry.position, encode_entry(entry), self._hashes[entry.position - 1])

    def find_commands(self, ids: Sequence[str]) -> dict[str, tuple[int, int]]:
        self._check_open()
        return {command: self._commands[command] for command in ids if command in self._commands}

    def save_snapshot(self, position: int, image: bytes) -> None:
        with self._lock:
            check_snapshot(position, self.head)
            kept = [snapshot for snapshot in self._snapshots if snapshot[0] != position]
            self._snapshots = sorted([*kept, (position, bytes(image))])[-SNAPSHOTS_KEPT:]

    def latest_snapshot(self) -> tuple[int, bytes] | None:
        self._check_open()
        return self._snapshots[-1] if self._snapshots else None

    def base_with_image(self) -> None:
        return None

    tired = False

    def rest(self) -> None:
        self._check_open()

    def close(self) -> None:
        self._closed = True

    def _check_open(self) -> None:
        if self._closed:
            raise closed()
