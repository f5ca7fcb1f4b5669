"""The calls file: imported calls in one SQLite file of our own, by source id, so that nothing is in it twice.

The order of reading is by time and then by source id, whatever the order of import was: a replay of the same calls is
the same replay.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from hashlib import blake2b
from pathlib import Path
from types import TracebackType
from typing import Any

import apsw

from zz110_tui.config.problems import both
from zz110_tui.core.incidents import Channel
from zz110_tui.core.places import Point
from zz110_tui.core.trouble import Trouble
from zz110_tui.drill.rows import CallRecord

APPLICATION_ID = 0x7A7A6331  # "zzc1"
FORMAT = 1
BUSY_MS = 5_000
SQLITE_MAGIC = b"SQLite format 3\x00"

_SCHEMA = """
CREATE TABLE calls (
    source TEXT PRIMARY KEY,
    received_ms INTEGER NOT NULL,
    dispatched_ms INTEGER NOT NULL,
    arrived_ms INTEGER NOT NULL,
    closed_ms INTEGER NOT NULL,
    lon REAL,
    lat REAL,
    place TEXT NOT NULL,
    type TEXT NOT NULL,
    words TEXT NOT NULL,
    category TEXT NOT NULL,
    channel TEXT NOT NULL,
    text TEXT NOT NULL,
    content BLOB NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX calls_by_time ON calls (received_ms, source);
"""
_COLUMNS = (
    "source, received_ms, dispatched_ms, arrived_ms, closed_ms, lon, lat, place, type, words, category, channel, text"
)


def is_calls_file(path: Path) -> bool:
    """Whether a file is a database at all; one that is not a calls file is refused when it is opened."""
    with path.open("rb") as file:
        return file.read(len(SQLITE_MAGIC)) == SQLITE_MAGIC


class CallsFile:
    """An open calls file. Use it in a ``with`` statement."""

    def __init__(self, path: Path, *, create: bool = False) -> None:
        """Raises Trouble when there is none (and ``create`` is not asked for), or when it is something else."""
        self.path = path
        if not path.exists() and not create:
            raise _trouble(path, both("没有这个文件", "there is no such file"))
        try:
            self._db = apsw.Connection(str(path))
            self._db.set_busy_timeout(BUSY_MS)
            self._check(create)
        except apsw.Error as fault:
            raise _trouble(path, str(fault)) from fault

    def _check(self, create: bool) -> None:
        found = self._db.pragma("application_id"), self._db.pragma("user_version")
        if found == (APPLICATION_ID, FORMAT):
            return
        empty = self._db.pragma("schema_version") == 0
        if not (empty and create):
            self._db.close()
            raise _trouble(self.path, both("不是警情记录文件", "is no calls file of this version"))
        with self._db:
            self._db.pragma("application_id", APPLICATION_ID)
            self._db.pragma("user_version", FORMAT)
            self._db.execute(_SCHEMA)

    def __enter__(self) -> CallsFile:
        return self

    def __exit__(self, kind: type[BaseException] | None, fault: BaseException | None, tb: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        self._db.close()

    # -- writing ---------------------------------------------------------------------------------------------------

    def add(self, calls: Sequence[CallRecord]) -> tuple[int, list[int]]:
        """Add what is not there yet, all of it or (after a fault) nothing.

        Returns how many were added, and the numbers (from 0) of those whose source id is there with other content: they
        are not stored.
        Raises Trouble when the file cannot be written.
        """
        fresh: dict[str, bytes] = {}
        rows: list[tuple[Any, ...]] = []
        clashes: list[int] = []
        try:
            with self._db:
                known = self._contents([call.source for call in calls])
                for number, call in enumerate(calls):
                    content = content_of(call)
                    there = known.get(call.source) or fresh.get(call.source)
                    if there is None:
                        fresh[call.source] = content
                        rows.append((*_row_of(call), content))
                    elif there != content:
                        clashes.append(number)
                marks = ",".join("?" * 14)
                self._db.executemany(f"INSERT INTO calls ({_COLUMNS}, content) VALUES ({marks})", rows)
        except apsw.Error as fault:
            raise _trouble(self.path, str(fault)) from fault
        return len(rows), clashes

    def _contents(self, sources: Sequence[str]) -> dict[str, bytes]:
        found: dict[str, bytes] = {}
        for start in range(0, len(sources), 500):
            part = sources[start : start + 500]
            marks = ",".join("?" * len(part))
            found.update(self._db.execute(f"SELECT source, content FROM calls WHERE source IN ({marks})", part))
        return found

    # -- reading ---------------------------------------------------------------------------------------------------

    def count(self, start_ms: int | None = None, end_ms: int | None = None) -> int:
        where, values = _span(start_ms, end_ms)
        return next(int(n) for (n,) in self._db.execute(f"SELECT count(*) FROM calls {where}", values))

    def span(self) -> tuple[int, int]:
        """The first and the last time of a call (UTC ms), 0 and 0 for none."""
        rows = self._db.execute("SELECT min(received_ms), max(received_ms) FROM calls")
        return next((int(first or 0), int(last or 0)) for first, last in rows)

    def read(self, start_ms: int | None = None, end_ms: int | None = None) -> Iterator[CallRecord]:
        """Calls received from ``start_ms`` on and before ``end_ms``, by time and then by source id."""
        where, values = _span(start_ms, end_ms)
        for row in self._db.execute(f"SELECT {_COLUMNS} FROM calls {where} ORDER BY received_ms, source", values):
            yield _call_of(row)


def content_of(call: CallRecord) -> bytes:
    """A fingerprint of what a call says, without our own reading of its type, which may change with a mapping."""
    times = (call.received_ms, call.dispatched_ms, call.arrived_ms, call.closed_ms)
    said = (times, call.point, call.place, call.words, call.text)
    return blake2b(repr(said).encode("utf-8", "surrogatepass"), digest_size=12).digest()


def _span(start_ms: int | None, end_ms: int | None) -> tuple[str, list[int]]:
    bounds = [("received_ms >= ?", start_ms), ("received_ms < ?", end_ms)]
    given = [(said, value) for said, value in bounds if value is not None]
    where = "WHERE " + " AND ".join(said for said, _ in given) if given else ""
    return where, [value for _, value in given]


def _row_of(call: CallRecord) -> tuple[Any, ...]:
    return (
        call.source,
        call.received_ms,
        call.dispatched_ms,
        call.arrived_ms,
        call.closed_ms,
        call.point.lon if call.point else None,
        call.point.lat if call.point else None,
        call.place,
        call.type,
        call.words,
        call.category,
        call.channel.value,
        call.text,
    )


def _call_of(row: tuple[Any, ...]) -> CallRecord:
    source, received, dispatched, arrived, closed, lon, lat, place, kind, words, category, channel, text = row
    where = None if lon is None else Point(lon, lat)
    return CallRecord(
        source, received, dispatched, arrived, closed, where, place, kind, words, category, Channel(channel), text
    )


def _trouble(path: Path, cause: str) -> Trouble:
    return Trouble(
        both(f"{path.name} 不能用作警情记录文件", f"{path.name} cannot be used as a calls file"),
        cause,
        both(
            "用 zz110 calls import 生成一个；目标文件要可写，且不能是别的文件",
            "make one with zz110 calls import; the target has to be writable and nothing else",
        ),
        exit_code=66,
    )
