"""The list of users as a file beside the store (``STORE.users``, SQLite, mode 0600): who may come in, and who tried to.

A password is kept as its argon2id hash. The list is read while a core serves and may be changed meanwhile.
"""

from __future__ import annotations

import contextlib
import os
import secrets
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import apsw

from zz110_tui.core.desks import Duty
from zz110_tui.core.trouble import Trouble
from zz110_tui.server.people import Person
from zz110_tui.store.faults import trouble_of

APPLICATION_ID = 0x7A7A3155
"""``zz1U`` in the file's header."""

SCHEMA_VERSION = 1
BUSY_MS = 2_000
TRIES_KEPT = 100_000

TABLES = f"""
CREATE TABLE user (
    account    TEXT PRIMARY KEY,
    name       TEXT NOT NULL,
    duties     TEXT NOT NULL,
    password   TEXT NOT NULL,
    totp       TEXT NOT NULL,
    totp_step  INTEGER NOT NULL,
    disabled   INTEGER NOT NULL,
    generation INTEGER NOT NULL,
    changed    INTEGER NOT NULL
) STRICT;
CREATE TABLE try (
    number  INTEGER PRIMARY KEY AUTOINCREMENT,
    at      INTEGER NOT NULL,
    account TEXT NOT NULL,
    address TEXT NOT NULL,
    result  TEXT NOT NULL
) STRICT;
CREATE INDEX try_by_address ON try (address, at);
CREATE TABLE secret (one INTEGER PRIMARY KEY CHECK (one = 1), key BLOB NOT NULL) STRICT;
PRAGMA application_id = {APPLICATION_ID};
PRAGMA user_version = {SCHEMA_VERSION};
"""


@dataclass(frozen=True, slots=True)
class User:
    """``password`` is an argon2 hash, "" for one who only comes by the Unix socket. ``totp`` is base32, "" for none.

    ``generation`` goes up with every change that must end what was granted before; ``changed`` is UTC milliseconds.
    """

    account: str
    name: str
    duties: tuple[Duty, ...]
    password: str = ""
    totp: str = ""
    totp_step: int = 0
    disabled: bool = False
    generation: int = 1
    changed: int = 0


@dataclass(frozen=True, slots=True)
class Try:
    """An attempt to log in, and what came of it: ``ok``, ``wrong``, ``code`` (a wrong one), ``code_wanted`` (none was
    given yet), ``slow_down``."""

    at: int
    account: str
    address: str
    result: str


class UserFile:
    """Every method may be called from any thread, and raises Trouble where the file cannot be used."""

    def __init__(self, path: Path, *, create: bool = False) -> None:
        self.path = path
        self._lock = threading.Lock()
        self._connection: apsw.Connection | None = None
        if create:
            self._open(create=True)

    # -- reading ---------------------------------------------------------------------------------------------------

    def find(self, account: str) -> Person | None:
        """For the door: None also for one who is disabled."""
        user = self.get(account)
        return None if user is None or user.disabled else Person(user.account, user.name, user.duties)

    def get(self, account: str) -> User | None:
        rows = self._all(f"SELECT {_FIELDS} FROM user WHERE account = ?", account)
        return _user(rows[0]) if rows else None

    def all(self) -> tuple[User, ...]:
        return tuple(map(_user, self._all(f"SELECT {_FIELDS} FROM user ORDER BY account")))

    def tries(self, count: int) -> tuple[Try, ...]:
        """The last attempts to log in, oldest first."""
        rows = self._all("SELECT at, account, address, result FROM try ORDER BY number DESC LIMIT ?", count)
        return tuple(Try(*row) for row in reversed(rows))

    def failures(self, since: int, address: str, account: str = "") -> int:
        """How often an address failed since a time (UTC ms), with any account or with this one."""
        sql = "SELECT count(*) FROM try WHERE address = ? AND at >= ? AND result IN ('wrong', 'code')"
        rows = (
            self._all(f"{sql} AND account = ?", address, since, account) if account else self._all(sql, address, since)
        )
        return int(rows[0][0]) if rows else 0

    def key(self) -> bytes:
        """The secret that signs what a desk is given for coming back; it goes with the file."""
        rows = self._all("SELECT key FROM secret")
        return bytes(rows[0][0]) if rows else b""

    # -- writing ---------------------------------------------------------------------------------------------------

    def check(self, account: str, *, known: bool) -> None:
        """Raises Trouble unless the account is on the list, or is not: before somebody is asked for a password."""
        if (self.get(account) is not None) == known:
            return
        if known:
            raise Trouble("名单中没有这个账号 / this account is not on the list", account, "zz110 user list")
        raise Trouble(
            "这个账号已在名单中 / this account is on the list already",
            account,
            "改密码用 zz110 user passwd / zz110 user passwd changes a password",
        )

    def add(self, user: User) -> None:
        """Raises Trouble where the account is on the list already."""
        self.check(user.account, known=False)
        self._write("INSERT INTO user VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", *_row(user))

    def change(self, account: str, now: int, **changes: Any) -> User:
        """Change some fields of a user, and end everything that was granted to him before.

        Raises Trouble for an account that is not on the list.
        """
        self.check(account, known=True)
        user = self.get(account)
        assert user is not None
        fields = {name: getattr(user, name) for name in User.__dataclass_fields__}
        new = User(**{**fields, **changes, "generation": user.generation + 1, "changed": now})
        self._write(f"UPDATE user SET ({_FIELDS}) = (?, ?, ?, ?, ?, ?, ?, ?, ?) WHERE account = ?", *_row(new), account)
        return new

    def use_step(self, account: str, step: int) -> bool:
        """Take a one-time code's step for an account; False where it, or a later one, was taken before."""
        rows = self._write(
            "UPDATE user SET totp_step = ? WHERE account = ? AND totp_step < ? RETURNING 1", step, account, step
        )
        return bool(rows)

    def note(self, tried: Try) -> None:
        self._write(
            "INSERT INTO try (at, account, address, result) VALUES (?, ?, ?, ?)",
            tried.at,
            tried.account[:64],
            tried.address[:64],
            tried.result,
        )
        self._write("DELETE FROM try WHERE number <= (SELECT max(number) FROM try) - ?", TRIES_KEPT)

    def close(self) -> None:
        with self._lock:
            if self._connection is not None:
                self._connection.close()
                self._connection = None

    # -- the file --------------------------------------------------------------------------------------------------

    def _all(self, sql: str, *values: object) -> list[Any]:
        with self._lock, self._opened() as connection:
            return [] if connection is None else connection.execute(sql, values).fetchall()

    def _write(self, sql: str, *values: object) -> list[Any]:
        with self._lock, self._opened() as connection:
            if connection is None:
                raise Trouble(
                    "还没有用户名单 / there is no list of users yet",
                    str(self.path),
                    "用 zz110 user add 建立 / make it with zz110 user add",
                )
            return connection.execute(sql, values).fetchall()

    @contextlib.contextmanager
    def _opened(self) -> Iterator[apsw.Connection | None]:
        """The open file; None where there is none. It is looked for again each time until it is there."""
        try:
            if self._connection is None and self.path.is_file():
                self._open(create=False)
            yield self._connection
        except apsw.Error as fault:
            raise trouble_of(fault, self.path) from fault

    def _open(self, *, create: bool) -> None:
        try:
            if create:
                with contextlib.suppress(FileExistsError):
                    os.close(os.open(self.path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
            connection = apsw.Connection(str(self.path), flags=apsw.SQLITE_OPEN_READWRITE)
            connection.set_busy_timeout(BUSY_MS)
            connection.pragma("trusted_schema", False)
            if (
                connection.pragma("application_id") == 0
                and not connection.execute("SELECT 1 FROM sqlite_schema").fetchall()
            ):
                with connection:
                    connection.execute(TABLES).fetchall()
                    connection.execute("INSERT INTO secret VALUES (1, ?)", (secrets.token_bytes(32),)).fetchall()
            if (
                connection.pragma("application_id") != APPLICATION_ID
                or connection.pragma("user_version") > SCHEMA_VERSION
            ):
                connection.close()
                raise Trouble(
                    "这不是用户名单，或由更新的 zz110 写成 / this is no list of users, or a newer zz110 wrote it",
                    str(self.path),
                    "移走它，或升级 zz110 / move it away, or upgrade zz110",
                )
        except apsw.Error as fault:
            raise trouble_of(fault, self.path) from fault
        except OSError as fault:
            raise Trouble(
                "用户名单写不了 / the list of users cannot be written",
                f"{self.path}: {fault.strerror}",
                "检查目录权限 / check the folder's rights",
                exit_code=73,
            ) from fault
        self._connection = connection


_FIELDS = "account, name, duties, password, totp, totp_step, disabled, generation, changed"


_DUTIES = {duty.value for duty in Duty}


def _row(user: User) -> tuple[object, ...]:
    return (
        user.account,
        user.name,
        " ".join(user.duties),
        user.password,
        user.totp,
        user.totp_step,
        int(user.disabled),
        user.generation,
        user.changed,
    )


def _user(row: tuple[Any, ...]) -> User:
    account, name, duties, password, totp, step, disabled, generation, changed = row
    # A duty that a newer zz110 wrote is none that this one could grant.
    known = tuple(Duty(duty) for duty in duties.split() if duty in _DUTIES)
    return User(account, name, known, password, totp, step, bool(disabled), generation, changed)
