"""History: every slip and every contact of a journal, indexed, in a file beside the store.

It is computed from the journal and is no truth of its own: it may be removed at any time, and is made again. Positions
are those of the journal, ``chain`` ties it to one past. Who fills it is ``service.historian``.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import apsw
import msgspec

from zz110_tui.core.alarms import Subject, SubjectKind
from zz110_tui.core.incidents import Incident, Report
from zz110_tui.core.matters import Matter, Matters, every, matters_of
from zz110_tui.core.records import dataclass
from zz110_tui.core.slips import ContactEnd, Slip
from zz110_tui.core.trouble import Trouble
from zz110_tui.store.faults import close_quietly, trouble_of
from zz110_tui.store.words import question

VERSION = 3
"""Goes up when the tables, or what is put into them, change: an older history is made again."""

BUSY_MS = 30_000
FOR_EVER = 1 << 62

TABLES = """
CREATE TABLE state (
    one      INTEGER PRIMARY KEY CHECK (one = 1),
    store    TEXT NOT NULL,
    version  INTEGER NOT NULL,
    position INTEGER NOT NULL,
    chain    BLOB NOT NULL,
    image    BLOB NOT NULL
) STRICT;
CREATE TABLE slip (
    number      INTEGER PRIMARY KEY,
    received_at INTEGER NOT NULL,
    figure      BLOB NOT NULL,
    incident    BLOB NOT NULL,
    reports     BLOB NOT NULL,
    told        BLOB NOT NULL
) STRICT;
CREATE INDEX slip_received ON slip (received_at);
CREATE TABLE contact (
    number      INTEGER PRIMARY KEY,
    received_at INTEGER NOT NULL,
    figure      BLOB NOT NULL,
    report      BLOB NOT NULL
) STRICT;
CREATE INDEX contact_received ON contact (received_at);
CREATE TABLE matter (
    subject   TEXT PRIMARY KEY,
    opened_at INTEGER NOT NULL,
    body      BLOB NOT NULL,
    told      BLOB NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX matter_opened ON matter (opened_at);
CREATE TABLE turn (
    since INTEGER PRIMARY KEY,
    squad TEXT NOT NULL
) STRICT;
CREATE VIRTUAL TABLE words USING fts5 (
    text, content = '', contentless_delete = 1, tokenize = "unicode61 remove_diacritics 0 tokenchars '_'"
);
"""

_encode = msgspec.json.encode
_figure = msgspec.json.Decoder(Slip).decode
_contact = msgspec.json.Decoder(ContactEnd).decode
_incident = msgspec.json.Decoder(Incident).decode
_report = msgspec.json.Decoder(Report).decode
_reports = msgspec.json.Decoder(tuple[Report, ...]).decode
_matters = msgspec.json.Decoder(Matters).decode
_told = msgspec.json.Decoder(tuple[int, ...]).decode


def history_of(store: Path) -> Path:
    return store.with_name(store.name + ".history")


@dataclass(frozen=True, slots=True)
class State:
    """Up to where the history is: ``chain`` is the journal's hash there, ``image`` the board."""

    store: str
    position: int
    chain: bytes
    image: bytes


@dataclass(frozen=True, slots=True)
class Kept:
    """A slip as it was last seen; ``told`` are the positions of everything that happened to it."""

    incident: Incident
    reports: tuple[Report, ...]
    told: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class NewSlip:
    """``tokens`` are what it is found by (``store.words``)."""

    figure: Slip
    kept: Kept
    tokens: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class KeptMatter:
    """An order, a warning or the like as it was last seen; ``told`` as of a slip (none of the roster, which stays on
    the board for ever)."""

    matter: Matter
    told: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Taken:
    """What changed. ``turns`` are (since when, which squad was on)."""

    slips: Sequence[NewSlip]
    contacts: Sequence[tuple[ContactEnd, Report]]
    matters: Sequence[KeptMatter] = ()
    turns: Sequence[tuple[int, str]] = ()


class History:
    """One open history. Raises Trouble for what the disk says. Not for several threads at once."""

    def __init__(self, path: Path | None) -> None:
        """Opened, and made if it is not there; one that is damaged or of another version is thrown away. None is one
        for this process alone, in a temporary file without a name."""
        self._named = path is not None
        path = path if path is not None else Path("(temporary)")
        self._path = path
        try:
            self._database = self._open()
        except (apsw.NotADBError, apsw.CorruptError):
            self._forget()
            self._database = self._open_again()
        except apsw.Error as fault:
            raise trouble_of(fault, path) from fault
        self._newest = self._one("SELECT max(number) FROM slip") or 0

    def _open_again(self) -> apsw.Connection:
        try:
            return self._open()
        except apsw.Error as fault:
            raise trouble_of(fault, self._path) from fault

    def _open(self) -> apsw.Connection:
        if self._named:
            _make_file(self._path)
        database = apsw.Connection(
            str(self._path) if self._named else "", flags=apsw.SQLITE_OPEN_READWRITE | apsw.SQLITE_OPEN_CREATE
        )
        try:
            database.set_busy_timeout(BUSY_MS)
            database.pragma("trusted_schema", False)
            database.pragma("journal_mode", "wal")
            database.pragma("synchronous", "NORMAL")
            database.pragma("cache_size", -65_536)
            version = database.pragma("user_version")
            if version != VERSION:
                if database.execute("SELECT 1 FROM sqlite_schema LIMIT 1").fetchall():
                    raise apsw.NotADBError("another version")
                with database:
                    database.execute(TABLES).fetchall()
                    database.pragma("user_version", VERSION)
        except BaseException:
            close_quietly(database)
            raise
        return database

    def _forget(self) -> None:
        for end in ("", "-wal", "-shm"):
            with suppress(FileNotFoundError):
                self._path.with_name(self._path.name + end).unlink()

    def close(self) -> None:
        close_quietly(self._database)

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Nobody else writes it meanwhile; whoever comes later waits."""
        if not self._named:
            yield
            return
        lock = os.open(self._path.with_name(self._path.name + ".lock"), os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield
        finally:
            os.close(lock)

    # -- filling ---------------------------------------------------------------------------------------------------

    def state(self) -> State | None:
        rows = self._all("SELECT store, position, chain, image FROM state WHERE version = ?", VERSION)
        return State(*rows[0]) if rows else None

    def clear(self) -> None:
        """Begin again with nothing."""
        with self._writing():
            for table in ("state", "slip", "contact", "matter", "turn", "words"):
                self._database.execute(f"DROP TABLE {table}").fetchall()
            self._database.execute(TABLES).fetchall()
        self._newest = 0

    def put(self, taken: Taken, state: State) -> None:
        """Take these over what is known of them, and be at ``state``: all or nothing."""
        slips = taken.slips
        with self._writing():
            again = [(new.figure.number,) for new in slips if new.figure.number <= self._newest]
            self._database.executemany("DELETE FROM words WHERE rowid = ?", again)
            self._database.executemany(
                "INSERT OR REPLACE INTO slip VALUES (?, ?, ?, ?, ?, ?)",
                [
                    (
                        new.figure.number,
                        new.figure.received_at,
                        _encode(new.figure),
                        _encode(new.kept.incident),
                        _encode(new.kept.reports),
                        _encode(new.kept.told),
                    )
                    for new in slips
                ],
            )
            self._database.executemany(
                "INSERT INTO words (rowid, text) VALUES (?, ?)",
                [(new.figure.number, " ".join(new.tokens)) for new in slips],
            )
            self._database.executemany(
                "INSERT OR REPLACE INTO contact VALUES (?, ?, ?, ?)",
                [(end.number, end.received_at, _encode(end), _encode(report)) for end, report in taken.contacts],
            )
            self._database.executemany(
                "INSERT OR REPLACE INTO matter VALUES (?, ?, ?, ?)",
                [
                    (str(m.matter.subject), m.matter.opened_at, _encode(matters_of([m.matter])), _encode(m.told))
                    for m in taken.matters
                ],
            )
            self._database.executemany("INSERT OR REPLACE INTO turn VALUES (?, ?)", taken.turns)
            self._database.execute(
                "INSERT OR REPLACE INTO state VALUES (1, ?, ?, ?, ?, ?)",
                (state.store, VERSION, state.position, state.chain, state.image),
            ).fetchall()
        self._newest = max([self._newest, *(new.figure.number for new in slips)])

    @contextmanager
    def _writing(self) -> Iterator[None]:
        try:
            with self._database:
                yield
        except apsw.Error as fault:
            raise trouble_of(fault, self._path) from fault

    # -- asking ----------------------------------------------------------------------------------------------------

    def figures(self, start: int = 0, end: int = FOR_EVER) -> tuple[tuple[Slip, ...], tuple[ContactEnd, ...]]:
        """The slips and contacts received from ``start`` on and before ``end`` (UTC ms), by number."""
        span = (start, end)
        slips = self._all("SELECT number, figure FROM slip WHERE received_at >= ? AND received_at < ?", *span)
        ends = self._all("SELECT number, figure FROM contact WHERE received_at >= ? AND received_at < ?", *span)
        return (
            tuple(_figure(row[1]) for row in sorted(slips)),
            tuple(_contact(row[1]) for row in sorted(ends)),
        )

    def turns(self, start: int = 0, end: int = FOR_EVER) -> tuple[tuple[int, str], ...]:
        """Since when which squad was on, in order: every change in a period, and the one that was in force before."""
        asked = (
            "SELECT since, squad FROM turn WHERE since < ? AND since >= "
            "coalesce((SELECT max(since) FROM turn WHERE since <= ?), 0) ORDER BY since"
        )
        return tuple(self._all(asked, end, start))

    def matters(self, start: int = 0, end: int = FOR_EVER) -> tuple[Matter, ...]:
        """Orders, warnings and the like that began in a period, each as it was last."""
        asked = "SELECT body FROM matter WHERE opened_at >= ? AND opened_at < ?"
        return tuple(matter for row in self._all(asked, start, end) for matter in every(_matters(row[0])))

    def matters_of(self, kind: SubjectKind) -> tuple[Matter, ...]:
        """All of one family, each as it was last."""
        # The semicolon is the sign after the colon: all subjects of the kind lie between the two.
        asked = "SELECT body FROM matter WHERE subject >= ? AND subject < ?"
        rows = self._all(asked, f"{kind}:", f"{kind};")
        return tuple(matter for row in rows for matter in every(_matters(row[0])))

    def matter(self, subject: Subject) -> KeptMatter | None:
        rows = self._all("SELECT body, told FROM matter WHERE subject = ?", str(subject))
        if not rows:
            return None
        ((body, told),) = rows
        (matter,) = every(_matters(body))
        return KeptMatter(matter, _told(told))

    def slip(self, number: int) -> Kept | None:
        rows = self._all("SELECT incident, reports, told FROM slip WHERE number = ?", number)
        if not rows:
            return None
        ((incident, reports, told),) = rows
        return Kept(_incident(incident), _reports(reports), _told(told))

    def find(self, text: str, limit: int, start: int = 0, end: int = FOR_EVER) -> tuple[int, ...]:
        """The numbers of slips received in a period in which all the words occur, newest first."""
        asked = question(text)
        if not asked:
            return ()
        if (start, end) == (0, FOR_EVER):
            rows = self._all("SELECT rowid FROM words WHERE words MATCH ? ORDER BY rowid DESC LIMIT ?", asked, limit)
            return tuple(row[0] for row in rows)
        span = "SELECT min(number), max(number) FROM slip WHERE received_at >= ? AND received_at < ?"
        ((low, high),) = self._all(span, start, end)
        if low is None:
            return ()
        rows = self._all(
            "SELECT words.rowid FROM words CROSS JOIN slip ON slip.number = words.rowid WHERE words MATCH ? AND "
            "words.rowid BETWEEN ? AND ? AND slip.received_at >= ? AND slip.received_at < ? "
            "ORDER BY words.rowid DESC LIMIT ?",
            asked,
            low,
            high,
            start,
            end,
            limit,
        )
        return tuple(row[0] for row in rows)

    def newest(self, limit: int, start: int = 0, end: int = FOR_EVER) -> tuple[int, ...]:
        """The numbers of the slips received last in a period, newest first."""
        asked = "SELECT number FROM slip WHERE received_at >= ? AND received_at < ? ORDER BY received_at DESC LIMIT ?"
        return tuple(row[0] for row in self._all(asked, start, end, limit))

    def incidents(self, start: int = 0, end: int = FOR_EVER, after: int = 0, limit: int = -1) -> Iterator[Incident]:
        """By number, from ``after`` + 1 on, those received in a period; all of them for a ``limit`` below 0."""
        rows = self._each(
            "SELECT incident FROM slip WHERE number > ? AND received_at >= ? AND received_at < ? ORDER BY number "
            "LIMIT ?",
            after,
            start,
            end,
            limit,
        )
        return (_incident(row[0]) for row in rows)

    def reports(self, start: int = 0, end: int = FOR_EVER, after: int = 0, limit: int = -1) -> Iterator[Report]:
        """By number, from ``after`` + 1 on, those received in a period; all of them for a ``limit`` below 0."""
        asked = (
            "SELECT report FROM contact WHERE number > ? AND received_at >= ? AND received_at < ? ORDER BY number "
            "LIMIT ?"
        )
        return (_report(row[0]) for row in self._each(asked, after, start, end, limit))

    def counts(self) -> tuple[int, int]:
        """How many slips and contacts there are."""
        return self._one("SELECT count(*) FROM slip"), self._one("SELECT count(*) FROM contact")

    def _each(self, sql: str, *values: object) -> Iterator[Any]:
        try:
            yield from self._database.execute(sql, values)
        except apsw.Error as fault:
            raise trouble_of(fault, self._path) from fault

    def _all(self, sql: str, *values: object) -> list[Any]:
        return list(self._each(sql, *values))

    def _one(self, sql: str) -> Any:
        return self._all(sql)[0][0]


def _make_file(path: Path) -> None:
    """Readable by its owner alone from the first moment: callers' data are in it."""
    try:
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600))
    except OSError as fault:
        raise _unwritable(path, fault) from fault


def _unwritable(path: Path, fault: OSError) -> Trouble:
    return Trouble(
        "历史写不了 / the history cannot be written",
        f"{path}: {fault.strerror}",
        "它放在库旁边，由日志算出；用核心的账号运行 zz110 history update / it stands beside the store and is "
        "computed from "
        "the journal: run zz110 history update as the core's account",
    )
