"""The tables of a SQLite store, and how to tell one from any other file (``docs/journal.md``)."""

from __future__ import annotations

import os
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

import apsw

from zz110_tui.store.faults import newer_store, not_a_store, wrong_kind
from zz110_tui.store.journal import Archived, Base, Stamp, StoreKind

APPLICATION_ID = 0x7A7A3131
"""``zz11`` in the file's header."""

SCHEMA_VERSION = 1

ARCHIVED_VERSION = 2
"""A store whose older entries were moved to an archive: a program that knows only 1 must not open it."""

SEALED_VERSION = 3
"""An archive: it may be read, and nothing is ever added."""

BASE_TABLE = f"""
CREATE TABLE base (
    one      INTEGER PRIMARY KEY CHECK (one = 1),
    position INTEGER NOT NULL,
    chain    BLOB NOT NULL CHECK (length(chain) = 32),
    checksum BLOB NOT NULL,
    image    BLOB NOT NULL
) STRICT;
CREATE TABLE archive (
    first INTEGER PRIMARY KEY,
    last  INTEGER NOT NULL,
    chain BLOB NOT NULL,
    file  TEXT NOT NULL
) STRICT;
PRAGMA user_version = {ARCHIVED_VERSION};
"""

TABLES = f"""
CREATE TABLE stamp (
    one     INTEGER PRIMARY KEY CHECK (one = 1),
    kind    TEXT NOT NULL CHECK (kind IN ('live', 'drill')),
    id      TEXT NOT NULL,
    created INTEGER NOT NULL
) STRICT;
CREATE TABLE entry (
    position INTEGER PRIMARY KEY,
    payload  BLOB NOT NULL,
    hash     BLOB NOT NULL CHECK (length(hash) = 32)
) STRICT;
CREATE TABLE command (
    id    TEXT PRIMARY KEY,
    first INTEGER NOT NULL,
    last  INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE snapshot (
    position INTEGER PRIMARY KEY,
    chain    BLOB NOT NULL,
    checksum BLOB NOT NULL,
    image    BLOB NOT NULL
) STRICT;
CREATE TRIGGER entry_is_never_changed BEFORE UPDATE ON entry
    BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
CREATE TRIGGER entry_is_never_removed BEFORE DELETE ON entry
    BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
PRAGMA application_id = {APPLICATION_ID};
PRAGMA user_version = {SCHEMA_VERSION};
"""


def is_empty(connection: apsw.Connection) -> bool:
    """Nothing was ever made in this file, or its making was cut short: a store may be made in it."""
    if connection.pragma("application_id") != 0:
        return False
    return not connection.execute("SELECT 1 FROM sqlite_schema LIMIT 1").fetchall()


def make(connection: apsw.Connection, stamp: Stamp) -> None:
    """All tables in one transaction: a store is there whole or not at all."""
    with connection:
        connection.execute(TABLES).fetchall()
        connection.execute("INSERT INTO stamp VALUES (1, ?, ?, ?)", (stamp.kind, stamp.id, stamp.created))


def new_stamp(kind: StoreKind, created: int) -> Stamp:
    return Stamp(kind, os.urandom(16).hex(), created)


def put_base(connection: apsw.Connection, base: Base, archives: Sequence[Archived]) -> None:
    """The board that the entries of this store begin from, and where those before it are; in the caller's
    transaction."""
    connection.execute(BASE_TABLE).fetchall()
    head = base.head
    connection.execute(
        "INSERT INTO base VALUES (1, ?, ?, ?, ?)",
        (head.position, head.hash, sha256(base.image).digest(), base.image),
    )
    connection.executemany(
        "INSERT INTO archive VALUES (?, ?, ?, ?)", [(a.first, a.last, a.hash, a.file) for a in archives]
    )


def check(connection: apsw.Connection, path: Path, kind: StoreKind | None) -> Stamp:
    """The stamp of the store. Raises Trouble for a foreign file, a newer one, or one of the other kind."""
    if connection.pragma("application_id") != APPLICATION_ID:
        raise not_a_store(path)
    version = connection.pragma("user_version")
    if version > SEALED_VERSION:
        raise newer_store(path, version, SEALED_VERSION)
    (has, store_id, created), *_ = connection.execute("SELECT kind, id, created FROM stamp")
    if kind is not None and has != kind:
        raise wrong_kind(path, has, kind)
    return Stamp(has, store_id, created)
