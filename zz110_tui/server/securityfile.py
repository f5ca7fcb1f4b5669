"""The security record as a file beside the store (``STORE.security``, SQLite, mode 0600): only ever added to.

Each note is one line of compact JSON; ``hash_n = SHA-256(hash_{n-1} || note_n)`` as in the journal, so that a changed,
removed or swapped note is found, and a cut tail by a head that was kept elsewhere. It holds accounts, addresses and
codes, and nothing that a caller or a slip said.
"""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import apsw

from zz110_tui.core.records import dataclass
from zz110_tui.core.trouble import Trouble
from zz110_tui.store.chain import link
from zz110_tui.store.faults import trouble_of
from zz110_tui.store.journal import NO_HASH, Head

APPLICATION_ID = 0x7A7A3153
"""``zz1S`` in the file's header."""

SCHEMA_VERSION = 1
BUSY_MS = 10_000

TABLES = f"""
CREATE TABLE note (number INTEGER PRIMARY KEY, said BLOB NOT NULL, hash BLOB NOT NULL) STRICT;
CREATE TRIGGER note_stays BEFORE DELETE ON note BEGIN SELECT raise(ABORT, 'notes are only added'); END;
CREATE TRIGGER note_is_as_it_is BEFORE UPDATE ON note BEGIN SELECT raise(ABORT, 'notes are only added'); END;
PRAGMA application_id = {APPLICATION_ID};
PRAGMA user_version = {SCHEMA_VERSION};
"""


def security_of(store: Path) -> Path:
    """Where the security record of a store is."""
    return store.with_name(store.name + ".security")


@dataclass(frozen=True, slots=True)
class Note:
    """``number`` counts from 1; ``said`` always has ``t`` (UTC ms) and ``event``."""

    number: int
    said: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Judged:
    """``head`` is the last good note; ``wrong`` is the number of the first that is not (0: all are)."""

    head: Head
    wrong: int = 0


class SecurityFile:
    """Raises Trouble where the file cannot be used. Not for two threads at once."""

    def __init__(self, path: Path, *, create: bool = False) -> None:
        self.path = path
        if not create and not path.is_file():
            raise Trouble(
                "还没有安全记录 / there is no security record yet",
                str(path),
                "它由 zz110 serve 建立 / zz110 serve makes it",
            )
        with self._faults():
            if create:
                with contextlib.suppress(FileExistsError):
                    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
            flags = apsw.SQLITE_OPEN_READWRITE if create else apsw.SQLITE_OPEN_READONLY
            self._connection = apsw.Connection(str(path), flags=flags)
            self._connection.set_busy_timeout(BUSY_MS)
            self._connection.pragma("trusted_schema", False)
            if create:
                self._connection.pragma("synchronous", "FULL")
                if not self._connection.execute("SELECT 1 FROM sqlite_schema").fetchall():
                    with self._connection:
                        self._connection.execute(TABLES).fetchall()
            ours = self._connection.pragma("application_id") == APPLICATION_ID
        if not ours:
            self._connection.close()
            raise Trouble(
                "这不是安全记录 / this is no security record",
                str(path),
                "移走它；核心会另建一份 / move it away; the core makes a new one",
            )

    @contextlib.contextmanager
    def _faults(self) -> Iterator[None]:
        try:
            yield
        except apsw.Error as fault:
            raise trouble_of(fault, self.path) from fault
        except OSError as fault:
            raise Trouble(
                "安全记录写不了 / the security record cannot be written",
                f"{self.path}: {fault.strerror}",
                "检查目录权限和磁盘 / check the folder's rights and the disk",
                exit_code=73,
            ) from fault

    def head(self) -> Head:
        rows: list[Any]
        with self._faults():
            rows = list(self._connection.execute("SELECT number, hash FROM note ORDER BY number DESC LIMIT 1"))
        if not rows:
            return Head()
        number, hashed = rows[0]
        return Head(number, bytes(hashed))

    def append(self, said: Sequence[dict[str, Any]]) -> None:
        """Add notes; durable when it returns. Others may add to the same file: a core, and whoever reads beside it."""
        with self._faults():
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                self._add(said)
                self._connection.execute("COMMIT")
            except BaseException:
                with contextlib.suppress(apsw.Error):
                    self._connection.execute("ROLLBACK")
                raise

    def _add(self, said: Sequence[dict[str, Any]]) -> None:
        head = self.head()
        number, before = head.position, head.hash
        rows: list[tuple[int, bytes, bytes]] = []
        for each in said:
            number += 1
            payload = json.dumps(each, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")
            before = link(before, payload)
            rows.append((number, payload, before))
        with self._faults():
            self._connection.executemany("INSERT INTO note VALUES (?, ?, ?)", rows)

    def last(self, count: int, since: int = 0) -> list[Note]:
        """The last notes from a time on (UTC ms), oldest first."""
        rows: list[Any]
        with self._faults():
            rows = self._connection.execute(
                "SELECT number, said FROM note WHERE json_extract(CAST(said AS TEXT), '$.t') >= ? "
                "ORDER BY number DESC LIMIT ?",
                (since, count),
            ).fetchall()
        return [Note(number, json.loads(bytes(said))) for number, said in reversed(rows)]

    def judge(self, pins: Sequence[Head] = ()) -> Judged:
        """Follow the chain from the first note; ``pins`` are heads that were kept elsewhere."""
        head = Head(0, NO_HASH)
        wanted = {pin.position: pin.hash for pin in pins}
        with self._faults():
            rows: Any = self._connection.execute("SELECT number, said, hash FROM note ORDER BY number")
            for number, said, hashed in rows:
                right = link(head.hash, bytes(said))
                if number != head.position + 1 or right != bytes(hashed) or wanted.pop(number, right) != right:
                    return Judged(head, head.position + 1)
                head = Head(number, right)
        return Judged(head, head.position + 1 if wanted else 0)

    def close(self) -> None:
        self._connection.close()
