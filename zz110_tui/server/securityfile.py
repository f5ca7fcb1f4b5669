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
from zz110_tui.server.securitychain import NoteRow, judge
from zz110_tui.store.chain import Verdict, link
from zz110_tui.store.faults import trouble_of
from zz110_tui.store.journal import Head

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

    def judge(self, pins: Sequence[Head] = ()) -> Verdict:
        """Follow the chain from the first note; ``pins`` are heads that were kept elsewhere."""
        return judge(self._notes(), pins)

    def _notes(self) -> Iterator[NoteRow]:
        with self._faults():
            rows: Any = self._connection.execute("SELECT number, said, hash FROM note ORDER BY number")
            yield from (NoteRow(number, bytes(said), bytes(hashed)) for number, said, hashed in rows)

    def hash_at(self, number: int) -> bytes | None:
        rows: list[Any]
        with self._faults():
            rows = list(self._connection.execute("SELECT hash FROM note WHERE number = ?", (number,)))
        return bytes(rows[0][0]) if rows else None

    def close(self) -> None:
        self._connection.close()


class RecordOf:
    """The record of a store as its signed heads see it: opened for each question, empty where it is not there."""

    def __init__(self, store: Path) -> None:
        self._path = security_of(store)

    def head(self) -> Head:
        with self._opened() as file:
            return file.head() if file is not None else Head()

    def hash_at(self, number: int) -> bytes | None:
        with self._opened() as file:
            return file.hash_at(number) if file is not None else None

    def judge(self, pins: Sequence[Head] = ()) -> Verdict:
        with self._opened() as file:
            return file.judge(pins) if file is not None else judge((), pins)

    @property
    def there(self) -> bool:
        return self._path.is_file()

    @contextlib.contextmanager
    def _opened(self) -> Iterator[SecurityFile | None]:
        file = SecurityFile(self._path) if self.there else None
        try:
            yield file
        finally:
            if file is not None:
                file.close()
